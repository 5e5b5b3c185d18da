"""The same events give the same observations, however they come in."""

import json

import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.observations.in_files import FileFacts
from mockpin.observations.in_history import read_facts
from mockpin.observations.relation import Facts
from mockpin_validator.archive import Judging, divide_file, judge_parts
from tests.mockpin.observations.shop import checkout, make_orders
from tests.mockpin.sending import NOW, Sending

KEY = b"a key of the run"
#: What only an emulator knows: when an event came, and by whom.
ARRIVAL = ("clock-off-by-hours", "same-time-for-a-batch", "event-failed")


def told(observations):
    return [
        (seen.rule, seen.event_name, seen.detail, seen.events, seen.total, len(seen.examples))
        for seen in observations
        if seen.rule not in ARRIVAL
    ]


def observe_history(events, size):
    sending = Sending()
    for first in range(0, len(events), size):
        sending.post(*events[first : first + size])
    with Facts() as facts:
        facts.add(read_facts(sending.records(), sending.exchanges()))
        observations = facts.observe()
    sending.emulator.close()
    return told(observations)


def observe_files(events, folder, *, files, jobs=1):
    names = [folder / f"{number}.jsonl" for number in range(files)]
    for number, name in enumerate(names):
        name.write_text("".join(f"{json.dumps(event)}\n" for event in events[number::files]), "utf-8")
    judging = Judging(now=NOW, fact_of=FileFacts(KEY))
    with Facts() as facts:
        parts = [part for name in names for part in divide_file(str(name))]
        for _, tally in judge_parts(parts, judging, jobs=jobs):
            facts.add(tally.facts)
        return told(facts.observe())


def mistaken(seed, orders, twins, doubled):
    events = [checkout(order) for order in make_orders(orders, seed=seed, now=NOW)]
    for at in twins:
        events[at % orders]["event_id"] = "twin"
    return events + [{**events[at % orders], "event_id": f"again-{at}"} for at in doubled]


PLACES = st.lists(st.integers(0, 39), max_size=4, unique=True)


@settings(max_examples=5, deadline=None)
@given(
    seed=st.integers(0, 99), orders=st.integers(1, 40), twins=PLACES, doubled=PLACES, size=st.integers(1, 40)
)
def test_one_request_and_many_are_told_the_same(seed, orders, twins, doubled, size):
    events = mistaken(seed, orders, twins, doubled)
    whole = observe_history(events, 1000)
    note("something is observed" if whole else "nothing is observed")
    assert observe_history(events, size) == whole


@settings(max_examples=5, deadline=None)
@given(orders=st.integers(1, 40), twins=PLACES, doubled=PLACES, files=st.integers(1, 5))
def test_files_are_told_what_a_history_is_told(tmp_path_factory, orders, twins, doubled, files):
    events = mistaken(files, orders, twins, doubled)
    whole = observe_history(events, 1000)
    note("something is observed" if whole else "nothing is observed")
    assert observe_files(events, tmp_path_factory.mktemp("files"), files=files) == whole


def test_an_example_of_a_file_names_its_line(tmp_path):
    path = tmp_path / "export.jsonl"
    events = mistaken(1, 6, (), (2,))
    path.write_text("".join(f"{json.dumps(event)}\n" for event in events), "utf-8")
    with Facts() as facts:
        for _, tally in judge_parts(divide_file(str(path)), Judging(now=NOW, fact_of=FileFacts(KEY))):
            facts.add(tally.facts)
        (seen,) = facts.observe()
    assert [str(example) for example in seen.examples] == [f"{path}:3", f"{path}:7"]


def test_one_process_needs_no_key():
    events = mistaken(2, 6, (), (2,))
    rows = [[FileFacts(key)(event, [], "f", 1) for event in events] for key in (KEY, None)]
    told = [[[other.em == row.em for other in made] for row in made] for made in rows]
    assert told[0] == told[1]
    assert rows[0][0].em != rows[1][0].em


def test_what_is_not_an_object_is_no_fact():
    assert FileFacts(KEY)([], [], "f", 1) is None


@pytest.mark.parametrize("email", ["jane@example.com", "jane%40example.com"])
def test_no_fact_holds_an_address(email):
    event = checkout(next(make_orders(1, seed=1, now=NOW)))
    event |= {"event_id": email, "event_name": email, "user_data": {"em": [email]}}
    event["custom_data"]["order_id"] = email
    assert "jane" not in str(FileFacts(KEY)(event, [], "export.jsonl", 1))
