import json

import pytest

from mockpin.emulator.settings.calibrations import (
    Calibration,
    CalibrationInvalid,
    read_calibration,
    write_calibration,
)
from mockpin.emulator.settings.settings import read_settings

PROBE = {"name": "mixed-batch", "question": "Which status?", "observed": "200", "exchanges": []}
CALIBRATION = Calibration(
    "https://api.pinterest.com",
    "sha256:1234",
    "2026-11-25",
    "0.1.0",
    {"mixed_batch_status": "200"},
    [PROBE],
    [],
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "calibration.json"
    write_calibration(CALIBRATION, path)
    return path


def test_what_is_written_is_read_again(path):
    assert read_calibration(path) == CALIBRATION
    assert [each.name for each in path.parent.iterdir()] == ["calibration.json"]


def test_settings_that_it_decides_name_it_as_their_evidence():
    settings = read_settings({"max_event_age": "3d"}, {"max_event_age": "flag"}, calibration=CALIBRATION)
    described = {each["name"]: each for each in settings.describe()}
    observed = described["mixed_batch_status"]
    assert (observed["value"], observed["origin"]) == ("200", "calibration")
    assert (observed["grade"], observed["date"]) == ("observed on your account", "2026-11-25")
    assert "https://api.pinterest.com" in observed["source"]
    assert described["max_event_age"]["origin"] == "flag"
    assert described["warnings"]["grade"] == "observed"


def test_a_flag_beats_the_calibration():
    settings = read_settings(
        {"mixed_batch_status": "422"}, {"mixed_batch_status": "flag"}, calibration=CALIBRATION
    )
    described = {each["name"]: each for each in settings.describe()}
    assert described["mixed_batch_status"]["origin"] == "flag"
    assert described["mixed_batch_status"]["grade"] == "documented"


def change(path, **changes):
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"settings": {"mixed_batch_status": "422"}}, "it was changed after `mockpin calibrate` wrote it"),
        ({"version": 2}, "its format is version 2, this mockpin reads 1. Update mockpin."),
        ({"format": "other"}, "`mockpin calibrate` did not write it"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_the_reason(path, changes, reason):
    change(path, **changes)
    with pytest.raises(CalibrationInvalid) as raised:
        read_calibration(path)
    assert reason in str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"a"', "{}"])
def test_a_file_that_is_not_a_calibration_is_refused(path, text):
    path.write_text(text)
    with pytest.raises(CalibrationInvalid):
        read_calibration(path)


def test_a_part_that_is_missing_is_named_as_such():
    content = Calibration("", "", "", "", {}, [{"name": "a"}], []).to_dict()
    with pytest.raises(CalibrationInvalid, match="a part of it is missing"):
        Calibration.from_dict(content, "f")


def test_a_file_that_cannot_be_written_leaves_the_old_one(path):
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_calibration(Calibration("", "", "", "", {}, [object()], []), path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["calibration.json"]
