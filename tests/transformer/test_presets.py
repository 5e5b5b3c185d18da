import pytest

from mockpin_transformer.payloads.fields import EVENT_NAMES
from mockpin_transformer.presets import PRESETS, SEED_PRESETS
from mockpin_transformer.subscription import Subscription


def test_there_are_sixteen_today_and_eight_of_the_generation_before():
    assert (len(PRESETS), len(SEED_PRESETS)) == (16, 8)
    assert SEED_PRESETS.keys() < PRESETS.keys()


@pytest.mark.parametrize("preset", [*PRESETS.values(), *SEED_PRESETS.values()])
def test_every_trigger_can_be_read_and_every_mapping_names_its_event(preset):
    assert preset.trigger.error is None
    assert preset.mapping.raw["event_name"] in EVENT_NAMES


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_subscription_of_its_name(name):
    preset = PRESETS[name]
    assert preset.subscription == Subscription(preset.trigger, preset.mapping, name)
    assert preset.subscription is preset.subscription  # its mapping is parsed once


def test_checkout_fired_on_checkout_before_it_fired_on_an_order_completed():
    events = [{"type": "track", "event": text} for text in ("Checkout", "Order Completed")]
    assert [SEED_PRESETS["Checkout"].trigger.matches(event) for event in events] == [True, False]
    assert [PRESETS["Checkout"].trigger.matches(event) for event in events] == [False, True]


def test_a_page_call_is_a_page_visit():
    assert PRESETS["Page Visit"].trigger.matches({"type": "page"})
    assert PRESETS["Page Visit"].mapping.raw["event_name"] == "page_visit"


def test_the_seeds_mappings_leave_products_and_privacy_to_the_customer():
    mapping = SEED_PRESETS["Checkout"].mapping.raw
    assert mapping["custom_data"].keys() == {"value", "search_string", "order_id", "currency"}
    assert not {"data_format", "contents", "app_info"} & mapping.keys()
