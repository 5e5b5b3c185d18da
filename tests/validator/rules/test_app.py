"""App events: their app and device, in the latest fields or the legacy ones."""

import pytest

from mockpin_validator import validate
from mockpin_validator.rules.app import RULES
from tests.validator.events import CLEAN, NOW, changed
from tests.validator.rules.examples import check_example, list_examples

LEGACY = {
    "app_id": "app_info.app_id",
    "app_name": "app_info.app_name",
    "app_version": "app_info.app_version",
    "device_brand": "device_info.brand",
    "device_carrier": "device_info.carrier",
    "device_model": "device_info.model",
    "device_type": "device_info.type",
    "os_version": "device_info.os_version",
}


def about(rule, event):
    return [finding for finding in validate(event, now=NOW) if finding.rule == rule]


def app(**fields):
    """The clean app event without what it says of app and device, and with these fields."""
    bare = {name: ... for name in (*LEGACY, "app_info", "device_info") if name in CLEAN["app"]}
    return changed(CLEAN["app"], **{**bare, **fields})


def test_an_app_event_that_names_neither_app_nor_device_is_told_both():
    assert [finding.fix for finding in about("app-details-missing", app())] == [
        "Send app_info.",
        "Send device_info.",
    ]


@pytest.mark.parametrize("fields", [{"app_id": "1"}, {"app_info": {"app_id": "1"}}])
def test_the_latest_field_or_the_legacy_one_will_do(fields):
    assert [finding.fix for finding in about("app-details-missing", app(**fields))] == ["Send device_info."]


@pytest.mark.parametrize("action_source", ["web", "offline"])
def test_an_event_outside_apps_need_not_name_an_app(action_source):
    event = changed(action_source=action_source)
    assert about("app-details-missing", event) == about("mobile-advertising-id-missing", event) == []


@pytest.mark.parametrize(("maids", "number"), [(["0" * 63 + "1"], 0), ([], 1), (..., 1)])
def test_an_app_event_has_the_advertising_id(maids, number):
    event = changed(CLEAN["app"], user_data__hashed_maids=maids)
    assert len(about("mobile-advertising-id-missing", event)) == number


def test_a_web_event_that_names_an_app_is_told_all_the_names_at_once():
    (finding,) = about("app-details-elsewhere", changed(app_name="Shop", app_version="1.2"))
    assert finding.path == "/data/0/app_name"
    assert "(app_name, app_version)" in finding.message


@pytest.mark.parametrize(("field", "latest"), LEGACY.items())
def test_a_legacy_field_gets_the_name_of_its_successor(field, latest):
    (finding,) = about("legacy-field", app(**{field: "1"}))
    assert (finding.path, finding.fix) == (f"/data/0/{field}", f"Send {latest} instead.")


@pytest.mark.parametrize(("field", "latest"), LEGACY.items())
@pytest.mark.parametrize(("value", "number"), [("1", 0), ("2", 1)])
def test_a_legacy_field_beside_its_successor_must_say_the_same(field, latest, value, number):
    block, name = latest.split(".")
    event = app(**{field: "1", block: {name: value}})
    assert about("legacy-field", event) == []
    assert len(about("legacy-field-disagrees", event)) == number


def test_an_empty_successor_field_does_not_contradict():
    assert about("legacy-field-disagrees", app(app_id="1", app_info={"app_name": "Shop"})) == []


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
