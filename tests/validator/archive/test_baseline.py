"""Findings that are known and accepted."""

from collections import Counter
from dataclasses import replace

import pytest

from mockpin_validator.archive.baseline import HERE, Baseline, BaselineUnreadable
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import Mistake, Tally
from mockpin_validator.judging.finding import Finding


def accepting(found, folder=HERE, here=HERE):
    """The baseline that accepts what was found, written for the first time."""
    return Baseline(folder=folder, here=here).renewed(found, ())


def tally(**counts):
    mistakes = Counter({Mistake("f", rule, "error", "/data/*"): count for rule, count in counts.items()})
    findings = (Finding(rule, "error", "/data/4", "m", "f", "s", "inferred", 1, 1) for rule in counts)
    return Tally(mistakes=mistakes, findings=tuple(PlacedFinding("f", finding) for finding in findings))


def test_what_is_in_the_baseline_no_longer_counts():
    left = accepting(tally(old=3)).leave_new(tally(old=3, new=1))
    assert left.rules() == {"new": {"error": 1}}
    assert [finding.finding.rule for finding in left.findings] == ["new"]


def test_of_a_group_that_has_grown_all_findings_count():
    assert accepting(tally(old=3)).leave_new(tally(old=4)).rules() == {"old": {"error": 4}}


def test_what_is_found_less_often_is_told():
    assert list(accepting(tally(old=3, gone=1)).gone(tally(old=3), ["f"])) == [("f", "gone", "/data/*")]


def test_what_is_known_of_a_file_that_was_not_judged_stays():
    known = Baseline({("g", "old", "/data/*"): 2, ("f", "gone", "/data/*"): 1})
    assert list(known.gone(tally(), ["f"])) == [("f", "gone", "/data/*")]
    assert known.renewed(tally(new=1), ["f"]).counts == {
        ("g", "old", "/data/*"): 2,
        ("f", "new", "/data/*"): 1,
    }


def test_files_are_named_from_the_baselines_folder_however_they_are_reached(tmp_path):
    given = [str(tmp_path / "events/a.json"), "events/a.json", "./events/../events/a.json"]
    mistakes = [Counter({Mistake(file, "r", "error", "/data/*"): 1}) for file in given]
    texts = {accepting(Tally(mistakes=mistake), tmp_path / "known", tmp_path).text for mistake in mistakes}
    assert len(texts) == 1
    known = replace(Baseline.read(texts.pop(), tmp_path / "known"), here=tmp_path)
    assert [*known.counts] == [("../events/a.json", "r", "/data/*")]
    assert [known.leave_new(Tally(mistakes=mistake)).mistakes for mistake in mistakes] == [Counter()] * 3


def test_standard_input_keeps_its_name(tmp_path):
    mistakes = Counter({Mistake("-", "r", "error", "/data/*"): 1})
    assert [*accepting(Tally(mistakes=mistakes), tmp_path).counts] == [("-", "r", "/data/*")]


def test_a_document_that_cannot_be_read_is_never_accepted():
    assert accepting(tally(unreadable=1)).counts == {}


def test_it_reads_what_it_writes():
    baseline = accepting(tally(b=1, a=2))
    assert Baseline.read(baseline.text) == baseline
    assert baseline.text == accepting(tally(a=2, b=1)).text


@pytest.mark.parametrize(
    "text",
    [
        b"{", b"[]", b"null", b'{"version": 1}', b'{"version": 1, "findings": [{"file": "f"}]}',
        b'{"version": 1, "findings": [{"file": 1, "rule": "r", "path": "p", "count": 1}]}',
        b'{"version": 1, "findings": [{"file": "f", "rule": [], "path": "p", "count": 1}]}',
        b'{"version": 1, "findings": [{"file": "f", "rule": "r", "path": "p", "count": "1"}]}',
    ],
)  # fmt: skip
def test_another_file_is_refused(text):
    with pytest.raises(BaselineUnreadable, match="it is no"):
        Baseline.read(text)


def test_a_baseline_of_another_version_is_refused():
    with pytest.raises(BaselineUnreadable, match="version 1"):
        Baseline.read(b'{"version": 2, "findings": []}')
