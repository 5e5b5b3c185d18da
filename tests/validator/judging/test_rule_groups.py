"""Groups of rules: which rules share a check, and what the check says of an event."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator import RULES, Policy
from mockpin_validator.judging.context import ALONE, Context
from mockpin_validator.judging.rule import is_never_quiet
from mockpin_validator.judging.rule_groups import divide_rules, group_rules
from tests.validator.events import CLEAN, NOW, changed, spoiled_events, valid_events

CONTEXT = Context(NOW, Policy(), ALONE)
SECTIONS = divide_rules(tuple(RULES.values()))


def is_quiet(rule, event):
    (group,) = group_rules([rule])
    return group.is_quiet(event, CONTEXT)


def test_all_rules_are_grouped_in_their_order():
    groups = group_rules(RULES.values())
    assert [rule for group in groups for rule in group.rules] == list(RULES.values())
    assert len(groups) < len(RULES)


def test_neighbours_with_one_clean_schema_or_one_quick_check_are_a_group():
    names = ("language-form", "ip-address-form", "ip-address-not-public", "event-time-late")
    first, *alike, last = (RULES[name] for name in names)
    late = replace(last, name="later-still")
    groups = group_rules([first, *alike, last, late])
    assert [group.rules for group in groups] == [(first,), tuple(alike), (last, late)]


def test_the_check_of_a_clean_schema_is_true_for_what_it_accepts():
    rule = RULES["language-form"]
    assert is_quiet(rule, CLEAN["web"])
    assert not is_quiet(rule, changed(language="English"))


def test_the_check_of_a_rule_without_a_schema_is_its_own():
    rule = RULES["event-time-too-old"]
    assert is_quiet(rule, changed(event_time=NOW))
    assert not is_quiet(rule, changed(event_time=1))
    assert not is_quiet(replace(rule, quiet=is_never_quiet), changed(event_time=NOW))


def test_sections_have_all_groups_in_their_order():
    groups = group_rules(RULES.values())
    assert [group.rules for section in SECTIONS for group in section.groups] == [
        group.rules for group in groups
    ]


def test_neighbours_with_clean_schemas_are_a_section_and_so_are_neighbours_without():
    names = ("event-time-late", "event-id-constant", "language-form", "partner-name-form", "match-key-recipe")
    sections = divide_rules(tuple(RULES[name] for name in names))
    assert [[group.rules[0].name for group in section.groups] for section in sections] == [
        [*names[:2]], [*names[2:4]], [names[4]]
    ]  # fmt: skip


def test_a_section_without_schemas_is_never_quiet():
    (section,) = divide_rules((RULES["event-time-too-old"],))
    assert not section.is_quiet(changed(event_time=NOW), CONTEXT)


@given(st.one_of(valid_events(most=1), valid_events(), spoiled_events()))
def test_a_section_with_schemas_is_quiet_exactly_if_its_groups_are(event):
    for section in SECTIONS:
        if section.groups[0].rules[0].clean is not None:
            assert section.is_quiet(event, CONTEXT) == all(
                group.is_quiet(event, CONTEXT) for group in section.groups
            )


def test_judges_of_the_same_rules_share_their_sections():
    assert divide_rules(tuple(RULES.values())) is SECTIONS
