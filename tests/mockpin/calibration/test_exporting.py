import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.calibration.exporting import describe_event, export_probe
from mockpin.calibration.probes import BASE_EVENT, read_variant

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
EVENTS = st.dictionaries(
    st.sampled_from([*BASE_EVENT, "opt_out"]),
    st.dictionaries(st.sampled_from(["em", "value", "x"]), VALUES.filter(lambda value: value is not None)),
)


@given(EVENTS, st.integers(-10_000, 10_000).filter(bool))
def test_an_exported_event_is_built_again(event, age):
    described = describe_event({**event, "event_time": 1_000_000 - age, "event_id": "own"}, 1_000_000)
    built = read_variant(described).build(1_000_000)
    assert built.pop("event_time") == 1_000_000 - age
    assert built.pop("event_id").startswith("mockpin-calibrate-")
    assert built == event


def request(*differing):
    """A request of thirty events, of which the shadowed service judged some otherwise."""
    events = [{"event_time": 90, "event_id": str(number)} for number in range(30)]
    shadow = {"disagreements": [{"index": index} for index in differing]}
    return {
        "id": "7",
        "received_at": 100.4,
        "body": {"data": events},
        "shadow": shadow,
    }


def test_a_probe_asks_about_the_events_that_were_judged_otherwise():
    probe = export_probe(request(2, 25))
    assert (probe["order"], probe["reading"], probe["settings"]) == (1007, "verdicts", [])
    assert probe["question"] == "What do the events of request 7 of shadow mode get?"
    assert [event["age"] for event in probe["events"]] == [10, 10]


def test_where_only_the_status_differs_the_first_twenty_events_are_asked_about():
    assert len(export_probe(request(None))["events"]) == 20


def test_an_event_of_its_moment_or_without_a_time_has_no_age():
    assert [describe_event(event, 90)["age"] for event in ({"event_time": 90}, {})] == [0, 0]
    assert describe_event({"event_time": 95}, 90)["ahead"] == 5


def test_a_time_that_is_not_a_number_is_asked_about_as_it_was_sent():
    described = describe_event({"event_time": "soon"}, 90)
    assert (described["changes"]["event_time"], "age" in described) == ("soon", False)
    assert read_variant(described).build(1_000_000)["event_time"] == "soon"


@pytest.mark.parametrize(
    ("body", "index"),
    [({}, None), ({"data": {}}, None), ({"data": None}, None), ({"data": [1, []]}, None), ({"data": [1]}, 0)],
)
def test_of_a_request_without_events_nothing_is_asked_about(body, index):
    assert export_probe({**request(index), "body": body})["events"] == []
