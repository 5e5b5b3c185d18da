"""Calibrations on the command line."""

import pytest

from mockpin.calibration.calibrating import BehaviourDrift
from mockpin.cli.shared.calibrations import (
    check_settings,
    open_calibration,
    show_drift,
    show_probes,
    show_table,
    tell_effect,
    tell_missing,
    to_json,
)
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.emulator.settings.calibrations import Calibration, write_calibration
from mockpin.emulator.settings.settings import read_settings


def probe(agrees):
    return {
        "name": "p", "question": "Why?", "emulated": "422", "observed": "200", "agrees": agrees,
        "settings": [], "reproduced": True, "exchanges": [],
    }  # fmt: skip


def calibrate(*probes, **settings):
    return Calibration("https://x.test", "sha256:0", "2026-11-01", "0.2.0", settings, list(probes), [])


def test_a_file_gives_the_calibration_that_was_written(tmp_path):
    written = calibrate(probe(True), test_batch="7")
    write_calibration(written, tmp_path / "c.json")
    assert open_calibration(tmp_path / "c.json") == written


def test_a_file_that_is_not_a_calibration_is_unreadable_input(tmp_path):
    (tmp_path / "c.json").write_text("{}")
    with pytest.raises(InputUnreadable, match=r"c\.json is not a calibration that can be used"):
        open_calibration(tmp_path / "c.json")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"of_tomorrow": "1"}, "c.json has the setting of_tomorrow, which this mockpin does not have."),
        ({"test_batch": "none"}, "c.json: "),
    ],
)
def test_a_setting_or_a_value_of_another_version_is_unreadable_input(settings, sentence, tmp_path):
    write_calibration(calibrate(**settings), tmp_path / "c.json")
    with pytest.raises(InputUnreadable) as unreadable:
        open_calibration(tmp_path / "c.json")
    assert sentence in str(unreadable.value)
    assert check_settings(calibrate(test_batch="7"), tmp_path) is None


def test_the_settings_that_a_calibration_changes_are_told_with_their_default():
    calibration = calibrate(test_batch="7", mixed_batch_status="422", warnings="2024")
    settings = read_settings({"warnings": "off"}, calibration=calibration)
    told = sorted(tell_effect(calibration, settings))
    assert len(told) == 2
    assert told[0] == "test_batch is 7, observed on your account on 2026-11-01; the default is 20"
    assert told[1].startswith("warnings is off by ")
    assert told[1].endswith("; on 2026-11-01, 2024 was observed")


@pytest.mark.parametrize(("agrees", "mark"), [(True, "agrees"), (False, "differs"), (None, "unknown")])
def test_the_table_of_probes_marks_whether_they_agree(agrees, mark):
    table = show_probes(calibrate(probe(agrees)))
    for text in ("question", "emulated", "observed", "Why?", "422", "200", mark):
        assert text in table


def test_the_table_of_drift_has_what_was_recorded_and_what_is_now():
    table = show_drift([BehaviourDrift("p", "Why?", recorded="200", now="[red]422")])
    for text in ("question", "recorded", "now", "Why?", "200", "[red]422"):
        assert text in table


def test_a_table_ends_without_a_line_feed_and_has_no_colours_in_a_pipe():
    table = show_table(("head",), [("cell",)])
    assert not table.endswith("\n")
    assert "\x1b" not in table


def test_json_has_the_settings_and_of_a_probe_what_the_table_shows():
    assert to_json(calibrate(probe(True), test_batch="7"), file="c.json") == {
        "settings": {"test_batch": "7"},
        "probes": [{"name": "p", "question": "Why?", "emulated": "422", "observed": "200", "agrees": True}],
        "file": "c.json",
    }


def test_missing_probes_are_told_on_standard_error(capsys):
    tell_missing({"p": "not asked"})
    assert capsys.readouterr() == ("", "missing: p: not asked\n")
