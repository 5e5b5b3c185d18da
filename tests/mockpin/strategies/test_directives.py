"""Segment mappings as the strategies make them."""

import contextlib

import pytest
from hypothesis import Phase, find, given, settings

from mockpin.strategies import mappings, segment_events
from mockpin.strategies.directives import OPERANDS, raw_values
from mockpin.strategies.narrowing import NarrowingInvalid
from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.mappings.mapping import parse_mapping


@given(mappings(), segment_events())
@settings(max_examples=60)
def test_a_mapping_parses_and_resolves_or_says_why_not(mapping, event):
    parsed = parse_mapping(mapping)
    with contextlib.suppress(DirectiveFailed):
        parsed.resolve(event)


def keys(value):
    if isinstance(value, dict):
        return set(value) | set().union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


@given(mappings(directives=["@path", "@case"], max_depth=2))
@settings(max_examples=20)
def test_a_mapping_is_narrowed_to_some_directives(mapping):
    assert {key for key in keys(mapping) if key.startswith("@")} <= {"@path", "@case"}


def test_an_unknown_directive_is_the_caller_s_mistake():
    with pytest.raises(NarrowingInvalid, match="directives cannot be '@pathh': did you mean @path"):
        mappings(directives=["@pathh"])
    with pytest.raises(
        NarrowingInvalid, match="fields cannot be 'event_name': give a list of at least one name"
    ):
        mappings(fields="event_name")


#: How something is looked for of which any example will do.
ANY = settings(phases=[Phase.generate], max_examples=1000)


@pytest.mark.parametrize("name", OPERANDS)
def test_every_directive_is_drawn_and_can_be_parsed(name):
    strategy = mappings(directives=[name], fields=["user_data"], max_depth=1)
    drawn = find(strategy, lambda mapping: name in keys(mapping), settings=ANY)
    assert drawn.keys() == {"user_data"}
    parse_mapping(drawn)


@given(raw_values())
@settings(max_examples=30)
def test_a_raw_value_stays_as_it_is(value):
    assert parse_mapping({"field": value}).resolve({}) == {"field": value}


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    named = isinstance(value, dict) and any(key.startswith("@") for key in value)
    return named + max(map(depth, inner), default=0)


def test_directives_nest_as_deeply_as_was_asked_for():
    strategy = mappings(directives=["@excludeWhenNull"], fields=["user_data"], max_depth=2)
    assert depth(find(strategy, lambda mapping: depth(mapping) == 2, settings=ANY)) == 2


@given(mappings(directives=["@excludeWhenNull"], fields=["user_data"], max_depth=1))
@settings(max_examples=30)
def test_directives_nest_no_deeper_than_was_asked_for(mapping):
    assert depth(mapping) <= 1
