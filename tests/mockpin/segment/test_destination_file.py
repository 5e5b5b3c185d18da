import json
from pathlib import Path

import pytest

from mockpin.segment.destination_file import (
    DestinationInvalid,
    build_destination,
    list_warnings,
    read_destination,
    read_usable,
)
from mockpin_transformer import PRESETS

SETTINGS = {"ad_account_id": "549755885175", "conversion_token": "pina_secret"}


def load(tmp_path, form):
    file = tmp_path / "destination.json"
    file.write_text(form if isinstance(form, str) else json.dumps(form))
    return build_destination(read_destination(file), settings=SETTINGS)


def problems(tmp_path, form):
    with pytest.raises(DestinationInvalid) as caught:
        load(tmp_path, form)
    return str(caught.value)


def test_an_empty_form_means_all_presets_and_the_emulators_own_account(tmp_path):
    destination = load(tmp_path, {})
    assert [subscription.name for subscription in destination.subscriptions] == list(PRESETS)
    assert destination.settings.ad_account_id == "549755885175"


def test_an_empty_trigger_stays_empty_and_is_doubted_with_its_place():
    form = {"subscriptions": [{"preset": "Lead"}, {"trigger": "", "mapping": {}}]}
    assert [
        str(subscription.trigger) for subscription in build_destination(form, settings=SETTINGS).subscriptions
    ][1] == ""
    (doubt,) = list_warnings(form)
    assert doubt.startswith("/subscriptions/1/trigger: at character 1: An empty trigger is for no event")


def test_the_presets_are_not_doubted():
    assert list(list_warnings({})) == []


def test_a_preset_can_be_changed_in_part(tmp_path):
    said = {"preset": "Checkout", "mapping": {"event_name": "lead"}, "enabled": False}
    (subscription,) = load(tmp_path, {"subscriptions": [said]}).subscriptions
    assert subscription.name == "Checkout"
    assert str(subscription.trigger) == str(PRESETS["Checkout"].trigger)
    assert subscription.mapping.raw == {**PRESETS["Checkout"].mapping.raw, "event_name": "lead"}
    assert not subscription.enabled


def test_a_subscription_of_ones_own_has_trigger_and_mapping(tmp_path):
    said = {"name": "Quote", "trigger": 'event = "Quote"', "mapping": {"event_name": "lead"}}
    (subscription,) = load(tmp_path, {"subscriptions": [said]}).subscriptions
    assert (subscription.name, str(subscription.trigger)) == ("Quote", 'event = "Quote"')


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ("{", "is not JSON"),
        ([], "is not of type 'object'"),
        ({"subscription": []}, "'subscription' was unexpected"),
        ({"subscriptions": [{"name": "x"}]}, "/subscriptions/0: 'trigger' is a required property"),
        (
            {"subscriptions": [{"preset": "Chekout"}]},
            "/subscriptions/0/preset is not one of Add Payment",
        ),
        (
            {"subscriptions": [{"trigger": "a = 1", "mapping": {"a": {"@nope": 1}}}]},
            "/subscriptions/0/mapping",
        ),
        ({"subscriptions": [{"preset": "Checkout"}] * 51}, "50"),
        ({"normalization": "none"}, "/normalization"),
    ],
)
def test_a_form_that_cannot_be_used_says_where_and_why(tmp_path, form, problem):
    assert problem in problems(tmp_path, form)


def test_a_problem_with_the_settings_does_not_show_the_token(tmp_path):
    text = problems(tmp_path, {"settings": {"ad_account_id": "1", "conversion_token": ["pina_secret"]}})
    assert "pina_secret" not in text


def test_a_usable_file_is_read_as_it_stands(tmp_path):
    path = tmp_path / "destination.json"
    path.write_text('{"subscriptions": [{"preset": "Lead"}]}')
    assert read_usable(path) == {"subscriptions": [{"preset": "Lead"}]}


def test_a_device_without_an_end_is_refused():
    with pytest.raises(OSError, match="it is a device and not a file"):
        read_destination(Path("/dev/zero"))
