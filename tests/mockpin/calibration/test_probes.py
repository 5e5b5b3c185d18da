import pytest

from mockpin.calibration.probes import (
    BASE_EVENT,
    EventVariant,
    lay_over,
    load_probes,
    make_probe,
    read_variant,
)
from mockpin.calibration.readings import READINGS
from mockpin.emulator.settings.settings import Settings


def test_an_event_is_the_base_event_with_changes_an_age_and_an_id_of_its_own():
    variant = EventVariant({"user_data": {"em": ["x"], "click_id": None}, "event_name": "lead"}, age=2.4)
    first, second = variant.build(100.0), variant.build(100.0)
    assert (first["event_name"], first["event_time"]) == ("lead", 98)
    assert first["user_data"] == {
        name: value for name, value in {**BASE_EVENT["user_data"], "em": ["x"]}.items() if name != "click_id"
    }
    assert first["custom_data"] == BASE_EVENT["custom_data"]
    assert first["event_id"].startswith("mockpin-calibrate-")
    assert len(first["event_id"]) == len("mockpin-calibrate-") + 12
    assert first["event_id"] != second["event_id"]


def test_building_an_event_leaves_the_base_event_as_it_was():
    EventVariant({"user_data": {"em": None}}).build(0)
    assert "em" in BASE_EVENT["user_data"]


@pytest.mark.parametrize(
    ("below", "changes", "event"),
    [
        ({"a": 1}, {"a": None}, {}),
        ({}, {"a": None}, {}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
        ({"a": 1}, {"a": {"b": 3}}, {"a": {"b": 3}}),
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
        ({}, {"a": [1]}, {"a": [1]}),
    ],
)
def test_changes_merge_objects_and_replace_other_values(below, changes, event):
    assert lay_over(below, changes) == event


@pytest.mark.parametrize(
    ("written", "age"), [({}, 2), ({"age": "1h"}, 3600), ({"ahead": "1h"}, -3600), ({"age": 5}, 5)]
)
def test_a_file_writes_an_age_or_a_time_ahead(written, age):
    assert read_variant({**written, "changes": {"a": 1}}) == EventVariant({"a": 1}, age)


def test_what_a_file_adds_to_a_probe_is_an_option_of_its_reading():
    written = {"question": "q", "about": "a", "settings": ["s"], "reading": "r", "events": [{}], "order": 1}
    probe = make_probe("n", {**written, "sizes": [1]})
    assert (probe.name, probe.question, probe.about, probe.settings) == ("n", "q", "a", ["s"])
    assert (probe.reading, probe.variants, probe.options) == (
        "r",
        [EventVariant({})],
        {"order": 1, "sizes": [1]},
    )


def test_the_probes_come_in_their_order_and_each_has_a_reading():
    probes = load_probes()
    orders = [probe.options["order"] for probe in probes]
    assert orders == sorted(orders)
    assert {probe.reading for probe in probes} <= READINGS.keys()


def test_every_setting_that_a_request_can_show_has_its_probe():
    asked = {name for probe in load_probes() for name in probe.settings}
    invisible = {
        "deduplication_window", "late_after", "ldp_states",  # no answer depends on them
        "body_limit", "history", "keep_alive", "history_bytes",  # the emulator's own
    }  # fmt: skip
    assert {setting["name"] for setting in Settings().describe()} - asked <= invisible


WRITTEN = {
    "events": [{}],
    "question": "Which?",
    "about": "It.",
    "settings": ["test_batch"],
    "reading": "verdict",
}


@pytest.mark.parametrize("member", [{"question": 5}, {"about": None}, {"settings": [5]}])
def test_a_probe_whose_texts_are_none_is_refused(member):
    with pytest.raises(TypeError, match=r"^mine: the question, about and the settings should be texts"):
        make_probe("mine", {**WRITTEN, **member})
    assert make_probe("mine", {**WRITTEN, "limit": 3}).options == {"limit": 3}
