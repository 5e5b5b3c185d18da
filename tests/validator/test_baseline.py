"""Findings that are known and accepted."""

from collections import Counter

import pytest

from validator.archive.tally import Kind, Sighting, Tally
from validator.baseline import Baseline, BaselineUnreadable, Group
from validator.finding import Finding


def tally(**counts):
    kinds = Counter({Kind("f", rule, "error", "/data/*"): count for rule, count in counts.items()})
    findings = (Finding(rule, "error", "/data/4", "m", "f", "s", "inferred", 1, 1) for rule in counts)
    return Tally(kinds=kinds, sightings=tuple(Sighting("f", each) for each in findings))


def test_what_is_in_the_baseline_no_longer_counts():
    left = Baseline.of(tally(old=3)).leave_new(tally(old=3, new=1))
    assert left.rules() == {"new": {"error": 1}}
    assert [each.finding.rule for each in left.sightings] == ["new"]


def test_of_a_group_that_has_grown_all_findings_count():
    assert Baseline.of(tally(old=3)).leave_new(tally(old=4)).rules() == {"old": {"error": 4}}


def test_what_is_found_less_often_is_told():
    assert list(Baseline.of(tally(old=3, gone=1)).gone(tally(old=3))) == [Group("f", "gone", "/data/*")]


def test_files_are_named_from_the_baselines_folder_however_they_are_reached(tmp_path, monkeypatch):
    (tmp_path / "events").mkdir()
    given = [str(tmp_path / "events/a.json"), "events/a.json", "./events/../events/a.json"]
    monkeypatch.chdir(tmp_path)
    kinds = [Counter({Kind(file, "r", "error", "/data/*"): 1}) for file in given]
    texts = {Baseline.of(Tally(kinds=each), tmp_path / "known").text for each in kinds}
    assert len(texts) == 1
    known = Baseline.read(texts.pop(), tmp_path / "known")
    assert [*known.counts] == [Group("../events/a.json", "r", "/data/*")]
    assert [known.leave_new(Tally(kinds=each)).kinds for each in kinds] == [Counter()] * 3


def test_standard_input_keeps_its_name(tmp_path):
    kinds = Counter({Kind("-", "r", "error", "/data/*"): 1})
    assert [*Baseline.of(Tally(kinds=kinds), tmp_path).counts] == [Group("-", "r", "/data/*")]


def test_a_document_that_cannot_be_read_is_never_accepted():
    assert Baseline.of(tally(unreadable=1)).counts == {}


def test_it_reads_what_it_writes():
    baseline = Baseline.of(tally(b=1, a=2))
    assert Baseline.read(baseline.text) == baseline
    assert baseline.text == Baseline.of(tally(a=2, b=1)).text


@pytest.mark.parametrize(
    "text", [b"{", b"[]", b"null", b'{"version": 1}', b'{"version": 1, "findings": [{"file": "f"}]}']
)
def test_another_file_is_refused(text):
    with pytest.raises(BaselineUnreadable, match="it is no"):
        Baseline.read(text)


def test_a_baseline_of_another_version_is_refused():
    with pytest.raises(BaselineUnreadable, match="version 1"):
        Baseline.read(b'{"version": 2, "findings": []}')
