"""Segment mappings as the strategies make them."""

import contextlib

import pytest
from hypothesis import given, settings

from mockpin.strategies import mappings, segment_events
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
