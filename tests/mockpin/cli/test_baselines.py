"""The files behind --baseline."""

import pytest

from mockpin.cli import baselines
from mockpin.cli.errors import InputUnreadable
from validator.archive import Tally
from validator.baseline import Baseline


def test_without_a_file_nothing_is_known():
    assert baselines.read(None, updating=False) == Baseline()


def test_what_is_written_is_read(tmp_path):
    path = tmp_path / "known.json"
    baselines.write(path, Tally())
    assert baselines.read(path, updating=False) == Baseline()
    assert [each.name for each in tmp_path.iterdir()] == ["known.json"]


def test_a_file_that_is_no_baseline_is_refused_by_name(tmp_path):
    path = tmp_path / "known.json"
    path.write_text("{}")
    with pytest.raises(InputUnreadable, match=r"known\.json cannot be used, it is no baseline of version 1"):
        baselines.read(path, updating=False)
