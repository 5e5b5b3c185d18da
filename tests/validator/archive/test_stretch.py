"""Documents added up."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.judging import Judging, inspect
from mockpin_validator.archive.lines import Document
from mockpin_validator.archive.stretch import Keeper, Stretch
from mockpin_validator.judging.finding import Finding

NOW = 1_790_000_000
GOOD = {
    "event_name": "lead",
    "action_source": "web",
    "event_time": NOW - 60,
    "event_id": "e1",
    "user_data": {"em": ["0" * 63 + "1"]},
}
PLAIN = GOOD | {"user_data": {"em": ["jane@example.com"]}}
FINDING = Finding("a-rule", "error", "/data/0", "It is wrong.", "Mend it.", "us", "inferred")
JUDGING = Judging(now=NOW)


def added(*documents, keeper=None):
    """The tally of documents: JSON values, or texts that are none."""
    stretch = Stretch("events.jsonl", keeper or Keeper())
    for number, each in enumerate(documents, start=1):
        text = each if isinstance(each, bytes) else orjson.dumps(each)
        document = Document(text, number)
        stretch.add(document, inspect(document, JUDGING, "events.jsonl"))
    return stretch.tally()


def test_what_was_added_is_counted():
    tally = added({"data": [GOOD, PLAIN]}, GOOD, b"no JSON", b" \n")
    assert (tally.lines, tally.events, tally.failed, tally.unreadable) == (4, 3, 1, 1)
    assert tally.size == len(orjson.dumps({"data": [GOOD, PLAIN]})) + len(orjson.dumps(GOOD)) + 9


def test_a_document_that_spans_lines_counts_with_all_of_them():
    stretch = Stretch("f", Keeper())
    document = Document(b"{\n}\n", 5, 2)
    stretch.add(document, inspect(document, JUDGING, "f"))
    assert stretch.tally().lines == 2


@pytest.mark.parametrize(("most", "kept"), [(0, 0), (2, 2), (9, 3)])
def test_of_a_rule_the_first_findings_are_kept_and_all_are_counted(most, kept):
    tally = added(PLAIN, PLAIN, PLAIN, keeper=Keeper(most))
    about = [each.finding for each in tally.sightings if each.finding.rule == "match-key-not-hashed"]
    assert [each.line for each in about] == [1, 2, 3][:kept]
    assert tally.rules()["match-key-not-hashed"] == {"error": 3}


def test_one_keeper_keeps_count_over_all_that_its_process_judges():
    keeper = Keeper(most=1)
    assert added(PLAIN, keeper=keeper).count("error") == 1
    assert [each for each in added(PLAIN, keeper=keeper).sightings if each.finding.severity == "error"] == []
    assert keeper.seen["match-key-not-hashed"] == 2


def test_a_keeper_counts_each_rule_by_itself():
    keeper = Keeper(most=1)
    other = Finding("another-rule", *[getattr(FINDING, name) for name in FINDING.__slots__[1:7]])
    assert [keeper.keeps(each) for each in (FINDING, FINDING, other)] == [True, False, True]


def test_what_all_events_of_a_name_have_in_common_is_told():
    (habit,) = added(GOOD, GOOD, GOOD).habits.values()
    assert (habit.events, habit.event_id != b"", habit.opted_out) == (3, True, False)
    (habit,) = added(GOOD, GOOD | {"event_id": "e2"}).habits.values()
    assert (habit.events, habit.event_id) == (2, b"")


DOCUMENTS = st.lists(
    st.sampled_from([GOOD, PLAIN, {"data": [GOOD, PLAIN]}, [], b"no JSON", {"data": 3}]), max_size=4
)


@settings(max_examples=40)
@given(DOCUMENTS, DOCUMENTS)
def test_two_stretches_add_up_to_one(one, two):
    both, apart = added(*one, *two), added(*one) + added(*two)
    assert (both.lines, both.size, both.events, both.failed, both.unreadable) == (
        apart.lines, apart.size, apart.events, apart.failed, apart.unreadable,
    )  # fmt: skip
    assert (both.kinds, both.quality, both.habits) == (apart.kinds, apart.quality, apart.habits)
