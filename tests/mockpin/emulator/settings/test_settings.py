import math
from dataclasses import fields

import pytest

from mockpin.emulator.pipeline.rate_limit import Limit
from mockpin.emulator.settings.calibrations import Calibration
from mockpin.emulator.settings.setting import SettingInvalid
from mockpin.emulator.settings.settings import FIELDS, Settings, read_settings
from mockpin_validator.judging.policy import Policy

CALIBRATION = Calibration(
    "https://api.pinterest.com", "sha256:1", "2026-11-25", "0.1.0", {"mixed_batch_status": "200"},
    [{"name": "mixed-batch", "question": "Which status?", "observed": "200", "exchanges": []}], [],
)  # fmt: skip
DEFAULTS = {
    "deduplication_window": 86400, "mixed_batch_status": 422, "unknown_event_name": "warn",
    "unknown_action_source": "fail", "warnings": "2026", "max_event_age": 604800, "future_tolerance": 60,
    "unhashed": {"em": "fail", "external_id": "warn", "*": "warn"}, "late_after": 3600, "ldp_states": ("CA",),
    "rate_limit": Limit(120_000, 60), "test_batch": 20, "body_limit": 10_000_000, "history": 100_000,
    "history_bytes": math.inf,
    "keep_alive": True, "user_data_minimum": "refuse", "event_id_missing": "refuse",
    "unknown_ad_account": 403,
}  # fmt: skip


def test_the_defaults_are_those_that_were_argued_for():
    assert {name: getattr(Settings(), name) for name in FIELDS} == DEFAULTS


def test_every_setting_carries_its_evidence():
    for setting in Settings().describe():
        assert setting["grade"] in ("documented", "observed", "inferred", "ours")
        assert all(setting[key] for key in ("about", "values", "source", "date", "origin"))


@pytest.mark.parametrize("name", FIELDS)
def test_a_setting_is_shown_as_it_is_read(name):
    shown = {setting["name"]: setting["value"] for setting in Settings().describe()}
    assert getattr(read_settings({name: shown[name]}), name) == DEFAULTS[name]


@pytest.mark.parametrize(("name", "text"), [
    ("deduplication_window", "soon"), ("mixed_batch_status", "201"), ("unknown_event_name", "maybe"),
    ("unhashed", "em"), ("unhashed", "em:perhaps"), ("ldp_states", "California"), ("ldp_states", ""),
    ("rate_limit", "many"), ("rate_limit", "0/min"), ("test_batch", "0"),
    ("body_limit", "big"), ("body_limit", ""), ("history", "-1"),
    ("keep_alive", "yes"), ("warnings", "2025"), ("body_limit", "-1MB"), ("body_limit", "nan"),
    ("body_limit", "0"), ("body_limit", "0.1B"), ("deduplication_window", "24"), ("late_after", " 90 "),
    ("max_event_age", "99999999999999999999d"), ("unhashed", "email:fail"),
    ("user_data_minimum", "400"), ("event_id_missing", "ignore"),
    ("unknown_ad_account", "401"),
])  # fmt: skip
def test_a_value_that_a_setting_cannot_have_is_refused_with_what_it_takes(name, text):
    with pytest.raises(SettingInvalid, match=f"{name} cannot be .*: it takes "):
        read_settings({name: text})


@pytest.mark.parametrize(("name", "text", "value"), [
    ("deduplication_window", "48h", 172_800), ("rate_limit", "5/min", Limit(5, 60)),
    ("rate_limit", "off", None), ("ldp_states", "CA,CO", ("CA", "CO")), ("unhashed", "*:fail", {"*": "fail"}),
    ("keep_alive", "off", False), ("warnings", "off", "off"), ("max_event_age", "0.5s", 0.5),
    ("body_limit", "2KB", 2000), ("history", "5", 5), ("mixed_batch_status", "200", 200),
    ("future_tolerance", "0", 0), ("unhashed", "ph:fail", {**DEFAULTS["unhashed"], "ph": "fail"}),
])  # fmt: skip
def test_a_setting_is_given_as_a_value_or_as_a_flag_writes_it(name, text, value):
    assert Settings(**{name: text}) == Settings(**{name: value}) == read_settings({name: text})
    assert getattr(Settings(**{name: text}), name) == value


@pytest.mark.parametrize(("name", "value"), [
    ("deduplication_window", None), ("deduplication_window", -1), ("mixed_batch_status", 500),
    ("unknown_event_name", "fial"), ("warnings", 2025), ("unhashed", {"em": "nope"}),
    ("unhashed", {"foo": "fail"}), ("unhashed", 5), ("ldp_states", 5), ("ldp_states", ("California",)),
    ("rate_limit", 5), ("rate_limit", Limit(5, window=7)), ("rate_limit", Limit(0)),
    ("history", 0), ("history", 2.5),
    ("body_limit", 2.5), ("body_limit", None),
])  # fmt: skip
def test_a_value_that_would_break_the_emulator_is_refused_at_once(name, value):
    with pytest.raises(SettingInvalid, match=f"{name} cannot be .*: it takes "):
        Settings(**{name: value})


def test_a_setting_knows_where_it_came_from():
    settings = read_settings({"history": "5"}, {"history": "environment"})
    origins = {setting["name"]: setting["origin"] for setting in settings.describe()}
    assert (origins["history"], origins["warnings"]) == ("environment", "default")


def test_settings_that_a_calibration_decides_name_it_as_their_evidence():
    settings = read_settings({"max_event_age": "3d"}, {"max_event_age": "flag"}, calibration=CALIBRATION)
    described = {setting["name"]: setting for setting in settings.describe()}
    observed = described["mixed_batch_status"]
    assert (observed["value"], observed["origin"]) == ("200", "calibration")
    assert (observed["grade"], observed["date"]) == ("observed on your account", "2026-11-25")
    assert "https://api.pinterest.com" in observed["source"]
    assert described["max_event_age"]["origin"] == "flag"
    assert described["warnings"]["grade"] == "observed"


def test_a_flag_beats_a_calibration():
    settings = read_settings(
        {"mixed_batch_status": "422"}, {"mixed_batch_status": "flag"}, calibration=CALIBRATION
    )
    described = {setting["name"]: setting for setting in settings.describe()}
    assert described["mixed_batch_status"]["origin"] == "flag"
    assert described["mixed_batch_status"]["grade"] == "documented"


def test_the_policy_has_every_contested_point_of_the_validator():
    settings = read_settings({"unhashed": "*:fail", "warnings": "off", "ldp_states": "ca, co"})
    assert {field.name for field in fields(Policy)} <= set(FIELDS)
    assert settings.policy.verdict_on_unhashed("em") == "fail"
    assert settings.policy.ldp_states == ("CA", "CO")


def test_the_settings_and_the_policy_have_the_same_defaults():
    assert Settings().policy == Policy()


def test_settings_are_values():
    assert Settings() == read_settings({}, {})
