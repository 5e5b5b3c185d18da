import json

import pytest

from mockpin.emulator.settings.calibrations import (
    Calibration,
    CalibrationInvalid,
    read_calibration,
    write_calibration,
)

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
    assert [entry.name for entry in path.parent.iterdir()] == ["calibration.json"]


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


def test_a_device_without_an_end_is_refused():
    with pytest.raises(CalibrationInvalid, match="it cannot be read: it is a device and not a file"):
        read_calibration("/dev/zero")
