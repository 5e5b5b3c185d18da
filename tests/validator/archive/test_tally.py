"""What was found, counted."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.tally import (
    MOST_KEPT,
    MOST_KINDS,
    Kind,
    Sighting,
    Tally,
    kept,
    kind_of,
    limited,
)
from mockpin_validator.judging.finding import Finding
from mockpin_validator.match_quality.quality import quality

FINDING = Finding(
    "a-rule", "error", "/data/3/user_data/em/0", "It is wrong.", "Mend it.", "us", "inferred", 7, 1
)
SIGHTING = Sighting("events.jsonl", FINDING)


def tally(number=1):
    return Tally(
        lines=2,
        size=20,
        events=number,
        failed=1,
        kinds=Counter({kind_of("events.jsonl", FINDING): number}),
        sightings=(SIGHTING,) * number,
        quality=quality([{"event_name": "lead"}] * number),
    )


def test_a_kind_forgets_which_event_it_was():
    assert kind_of("f", FINDING) == Kind("f", "a-rule", "error", "/data/*/user_data/em/*")


def test_tallies_add_up():
    both = tally(1) + tally(2)
    assert (both.lines, both.size, both.events, both.failed, len(both.sightings)) == (4, 40, 3, 2, 3)
    assert both.count("error") == 3
    assert both.count("warning") == 0
    assert both.rules() == {"a-rule": {"error": 3}}
    assert both.quality.events == 3


def test_only_the_first_findings_of_a_rule_are_kept_and_all_are_counted():
    both = tally(MOST_KEPT) + tally(5)
    assert len(both.sightings) == MOST_KEPT
    assert both.count("error") == MOST_KEPT + 5
    assert len(list(kept(both.sightings, 3))) == 3


def test_too_many_kinds_are_counted_without_their_paths():
    kinds = Counter({Kind("f", "r", "error", f"/{number}x"): 1 for number in range(MOST_KINDS + 1)})
    assert limited(kinds) == {Kind("f", "r", "error", ""): MOST_KINDS + 1}


def test_findings_move_down_with_what_comes_before_them():
    assert tally().shifted(10).sightings[0].finding.line == 17
    assert tally().shifted(0) == tally()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_the_order_of_adding_up_does_not_matter(one, two, three):
    assert (tally(one) + tally(two)) + tally(three) == tally(one) + (tally(two) + tally(three))
