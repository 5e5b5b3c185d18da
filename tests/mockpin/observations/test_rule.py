"""An observation, and the places that show it."""

import pytest

from mockpin.observations.rule import ExamplePlace, Observation, complete

SERVER = "http://x.test"


@pytest.mark.parametrize(
    ("place", "text", "link", "number", "members"),
    [
        (ExamplePlace(event=12), "#12", None, 12, {"event": 12}),
        (ExamplePlace(event=0), "#0", None, 0, {"event": 0}),
        (ExamplePlace(request=3), "request 3", None, None, {"request": 3}),
        (ExamplePlace(file="a.jsonl", line=2), "a.jsonl:2", None, None, {"file": "a.jsonl", "line": 2}),
        (
            ExamplePlace(event=12, server=SERVER),
            "#12 of http://x.test",
            "http://x.test/__mockpin/ui/events/12",
            {"event": 12, "server": SERVER},
            {"event": 12, "server": SERVER},
        ),
        (
            ExamplePlace(request=3, server=SERVER),
            "request 3 of http://x.test",
            "http://x.test/__mockpin/ui/requests/3",
            {"request": 3, "server": SERVER},
            {"request": 3, "server": SERVER},
        ),
    ],
)
def test_a_place_has_a_name_a_page_and_its_members(place, text, link, number, members):
    assert (str(place), place.link, place.number, place.to_dict()) == (text, link, number, members)


def test_an_observation_has_its_share_and_its_examples():
    observation = Observation("r", "error", "lost", "s", "f", 3, 12, examples=(ExamplePlace(event=1),))
    assert observation.share == 0.25
    assert observation.to_dict()["examples"] == [{"event": 1}]
    assert (observation.to_dict()["rule"], observation.to_dict()["times"]) == ("r", 1)
    assert Observation("r", "error", "lost", "s", "f", 3, 0).share == 0


def write(sentence, events=1, total=1234, **members):
    usual = {"event_name": "checkout", "detail": "em", "source": "api", **members}
    return complete(Observation("r", "error", "lost", sentence, "{name}?", events, total, **usual))


@pytest.mark.parametrize(
    ("sentence", "events", "text"),
    [
        ("{n} of {total} {name}.", 1234, "1,234 of 1,234 checkout events."),
        ("{events} of {total}.", 1, "1 of 1,234."),
        ("{events} failed.", 1, "1 event failed."),
        ("{events} failed.", 2, "2 events failed."),
        ("{lost}.", 2, "2 events came."),
        ("{calls}.", 1, "1 Segment call."),
        ("{title}, {detail}.", 1, "Checkout, em."),
        ("{share}.", 617, "50 %."),
    ],
)
def test_words_in_braces_are_filled_in(sentence, events, text):
    assert write(sentence, events).sentence == text


@pytest.mark.parametrize(
    ("source", "text"),
    [("api", "The API."), ("tag", "The tag."), ("segment", "Segment."), ("", "The sender.")],
)
def test_a_source_is_called_by_its_name(source, text):
    assert write("{source}.", source=source).sentence == text


def test_an_event_without_a_name_is_unnamed():
    assert write("All {name}.", event_name="").sentence == "All unnamed events."


def test_the_fix_is_filled_in_too():
    assert write("s").fix.startswith("checkout events")
