"""What was found, counted."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import (
    Mistake,
    Tally,
    choose_findings,
    keep_first,
    limit_mistakes,
    make_mistake,
    shift_lines,
)
from mockpin_validator.judging.finding import Finding
from mockpin_validator.match_quality.quality import quality

FINDING = Finding(
    "a-rule", "error", "/data/3/user_data/em/0", "It is wrong.", "Mend it.", "us", "inferred", 7, 1
)
PLACED_FINDING = PlacedFinding("events.jsonl", FINDING)


def tally(number=1):
    return Tally(
        lines=2,
        size=20,
        events=number,
        failed=1,
        mistakes=Counter({make_mistake("events.jsonl", FINDING): number}),
        findings=(PLACED_FINDING,) * number,
        quality=quality([{"event_name": "lead"}] * number),
    )


def test_a_group_forgets_which_event_it_was():
    assert make_mistake("f", FINDING) == Mistake(
        "f", "a-rule", "error", "/data/*/user_data/em/*", "It is wrong.", "Mend it."
    )


def test_tallies_add_up():
    both = tally(1) + tally(2)
    assert (both.lines, both.size, both.events, both.failed, len(both.findings)) == (4, 40, 3, 2, 3)
    assert both.count("error") == 3
    assert both.count("warning") == 0
    assert both.rules() == {"a-rule": {"error": 3}}
    assert both.quality.events == 3


def test_an_empty_tally_adds_nothing():
    assert Tally() + tally() == tally()


def test_only_the_first_findings_of_a_rule_are_chosen_also_of_several_parts():
    keeps = keep_first(3)
    parts = tally(2), tally(2), tally(1)
    assert [len(list(choose_findings(part.findings, keeps))) for part in parts] == [2, 1, 0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("'eur' is no currency.", "'€' is no currency.", True),
        ("The event time 17,000 lies 3.5 days ahead.", "The event time 18 lies 4 days ahead.", True),
        ("event_id is missing.", "event_name is missing.", False),
    ],
)
def test_findings_that_differ_by_values_alone_are_one_mistake(one, other, same):
    mistakes = {make_mistake("f", replace(FINDING, message=message)) for message in (one, other)}
    assert (len(mistakes) == 1) == same


def test_every_group_keeps_two_findings_however_many_its_rule_has():
    other = replace(FINDING, path="/data/0/user_data/ph/0")
    findings = [*[PLACED_FINDING] * 5, *[PlacedFinding("f", other)] * 5]
    assert [placed.finding.path for placed in choose_findings(findings, keep_first(4))][-2:] == [
        other.path
    ] * 2


@pytest.mark.parametrize(
    ("path", "field"),
    [("/data/*/user_data/em/*", "user_data.em"), ("/data/*", ""), ("", ""), ("/event_id", "event_id")],
)
def test_a_mistake_names_its_field_as_the_api_does(path, field):
    assert Mistake("", "a-rule", "error", path).field == field


def test_what_is_not_among_the_examples_is_hidden():
    assert Mistake("", "a-rule", "error", "", times=3, examples=(PLACED_FINDING,)).hidden == 2


def test_too_many_kinds_are_counted_without_their_paths():
    mistakes = Counter({Mistake("f", "r", "error", f"/{number}x"): 1 for number in range(10_001)})
    assert limit_mistakes(mistakes) == {Mistake("f", "r", "error", ""): 10_001}


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_the_order_of_adding_up_does_not_matter(one, two, three):
    assert (tally(one) + tally(two)) + tally(three) == tally(one) + (tally(two) + tally(three))


def test_as_many_mistakes_as_are_kept_apart_stay_so():
    mistakes = Counter(dict.fromkeys(range(10_000), 1))
    assert limit_mistakes(mistakes) is mistakes


def test_a_finding_moves_down_by_lines_where_it_has_one():
    assert shift_lines(PlacedFinding("f", replace(FINDING, line=3)), 4).finding.line == 7
    assert shift_lines(PlacedFinding("f", replace(FINDING, line=None)), 4).finding.line is None
