import pytest

from mockpin_transformer.conversion_events import BUILDERS, build_latest, build_legacy
from mockpin_transformer.errors import LanguageInvalid

USER = {"em": ["h"]}
REQUIRED = {"event_name": "lead", "action_source": "web", "event_time": "2023", "event_id": "e1"}


def test_the_least_event():
    assert build_latest(REQUIRED, USER) == {
        "event_name": "lead",
        "action_source": "web",
        "event_time": 1672531200,
        "event_id": "e1",
        "partner_name": "ss-segment",
        "user_data": USER,
        "custom_data": {"np": "ss-segment"},
    }


def test_each_generation_reads_its_own_fields():
    payload = {
        **REQUIRED,
        "custom_data": {"order_id": "old", "contents": [{"id": "old"}]},
        "custom_data_2": {"order_id": "new"},
        "contents": [{"id": "new"}],
        "app_name": "old",
        "app_info": {"app_name": "new"},
        "device_brand": "old",
        "device_info": {"brand": "new"},
    }
    latest, legacy = build_latest(payload, USER), build_legacy(payload, USER)
    assert latest["custom_data"] == {"contents": [{"id": "new"}], "order_id": "new", "np": "ss-segment"}
    assert legacy["custom_data"] == {"contents": [{"id": "old"}], "order_id": "old", "np": "ss-segment"}
    assert list(latest)[-2:] == ["app_info", "device_info"]
    assert list(legacy)[-2:] == ["app_name", "device_brand"]


def test_amounts_are_text_and_counts_are_numbers():
    payload = {
        **REQUIRED,
        "custom_data_2": {"value": 1e21, "predicted_ltv": 10, "num_items": 3},
        "contents": [{"quantity": 2, "item_price": 9.5}],
    }
    assert build_latest(payload, USER)["custom_data"] == {
        "value": "1e+21",
        "contents": [{"quantity": 2, "item_price": "9.5"}],
        "num_items": 3,
        "predicted_ltv": "10",
        "np": "ss-segment",
    }


def test_an_app_or_device_without_members_is_not_sent():
    payload = {**REQUIRED, "app_info": {"install_time": "soon"}, "device_info": {}}
    assert not {"app_info", "device_info"} & build_latest(payload, USER).keys()


def test_an_install_time_is_sent_in_seconds():
    payload = {**REQUIRED, "app_info": {"install_time": "2023", "app_name": ""}}
    assert build_latest(payload, USER)["app_info"] == {"install_time": 2023, "app_name": ""}


@pytest.mark.parametrize("language", ["english", "", "e"])
def test_a_language_is_two_characters_long(language):
    with pytest.raises(LanguageInvalid, match=f'Received invalid value: "{language}"'):
        build_latest({**REQUIRED, "device_info": {"languages": ["en", "12", "😀", language]}}, USER)


def test_only_the_latest_format_has_a_builder_of_its_own():
    assert {"latest": build_latest} == BUILDERS
