"""The files behind --baseline."""

from collections import Counter
from pathlib import Path

import pytest

from mockpin.cli.shared import baselines
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin_validator.archive import Tally
from mockpin_validator.archive.baseline import Baseline
from mockpin_validator.archive.tally import Mistake


def test_without_a_file_nothing_is_known():
    assert baselines.read(None, updating=False) == Baseline()


def test_what_is_written_is_read(tmp_path):
    path = tmp_path / "known.json"
    baselines.write(path, Tally(), [])
    assert baselines.read(path, updating=False) == Baseline()
    assert [entry.name for entry in tmp_path.iterdir()] == ["known.json"]


def test_what_is_known_of_a_file_that_was_not_judged_stays(tmp_path):
    path = tmp_path / "known.json"
    mistakes = Counter({Mistake(str(tmp_path / "a.jsonl"), "r", "error", "/data/*"): 1})
    baselines.write(path, Tally(mistakes=mistakes), [str(tmp_path / "a.jsonl")])
    baselines.write(path, Tally(), [str(tmp_path / "b.jsonl")])
    known = baselines.read(path, updating=False)
    assert [*known.counts] == [("a.jsonl", "r", "/data/*")]
    assert list(baselines.suggest_renewal(known, Tally(), [str(tmp_path / "b.jsonl")])) == []
    (said,) = baselines.suggest_renewal(known, Tally(), [str(tmp_path / "a.jsonl")])
    assert said.startswith("1 of the baseline's entries are found less often now")


def test_a_baseline_that_cannot_be_used_is_written_anew(tmp_path):
    path = tmp_path / "known.json"
    path.write_text("{")
    baselines.write(path, Tally(), [])
    assert baselines.read(path, updating=False) == Baseline()


def test_of_a_baseline_that_cannot_be_written_nothing_is_left(tmp_path):
    (tmp_path / "known.json").mkdir()
    with pytest.raises(OutputUnwritable, match=r"known\.json cannot be written: Is a directory"):
        baselines.write(tmp_path / "known.json", Tally(), [])
    assert [entry.name for entry in tmp_path.iterdir()] == ["known.json"]


def test_a_file_that_is_not_a_baseline_is_refused_by_name(tmp_path):
    path = tmp_path / "known.json"
    path.write_text("{}")
    with pytest.raises(
        InputUnreadable, match=r"known\.json cannot be used, it is not a baseline of version 1"
    ):
        baselines.read(path, updating=False)


def test_a_device_without_an_end_is_refused_as_a_baseline():
    with pytest.raises(InputUnreadable, match=r"/dev/full cannot be read \(it is a device and not a file\)"):
        baselines.read(Path("/dev/full"), updating=False)
