"""The one check for clean events: the same answer as many checks, in fewer steps."""

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.contract.gate import gate
from mockpin_validator.contract.request import ALL_DEMANDS, event_schema
from mockpin_validator.judging.clean_gate import (
    build_clean_gate,
    join_alternatives,
    merge_clean_schemas,
    simplify,
)
from mockpin_validator.rules import RULES
from tests.validator.events import CLEAN, spoiled_events, valid_events
from tests.validator.judging.test_schema_merging import FRAGMENTS, instances

OBJECTS = [fragment for fragment in FRAGMENTS if isinstance(fragment, dict)]
TYPED = [
    {"properties": {"a": {"type": kind, "minimum": 2, "minItems": 2}}}
    for kind in ("array", "number", ["integer"])
]
CHOICES = [*TYPED, {"properties": {"a": {"enum": [0, 1, 2, []], "minimum": 1, "type": ["integer", "array"]}}}]
SOME = st.sampled_from([*FRAGMENTS, *CHOICES])
ALTERNATIVES = st.builds(lambda *each: {"anyOf": [*each]}, st.sampled_from(OBJECTS[:4]), SOME, SOME)
BESIDE = st.builds(lambda one, other: {**one, **other}, st.sampled_from(OBJECTS), ALTERNATIVES)


def accepts(schema, instance):
    return jsonschema_rs.Draft202012Validator(schema).is_valid(instance)


@given(st.lists(st.one_of(ALTERNATIVES, SOME), max_size=5), instances)
def test_joined_alternatives_accept_what_all_the_schemas_accept(schemas, instance):
    joined = all(accepts(alternative, instance) for alternative in join_alternatives(schemas))
    assert joined == all(accepts(schema, instance) for schema in schemas)


def test_a_first_alternative_of_several_schemas_is_checked_once():
    first, *others = ({"required": [name]} for name in "abcd")
    schemas = [{"anyOf": [first, others[0]]}, True, {"anyOf": [first, *others[1:]]}]
    rest = {"required": ["b"], "anyOf": others[1:]}
    assert join_alternatives(schemas) == [True, {"anyOf": [first, rest]}]


@given(st.one_of(SOME, ALTERNATIVES, BESIDE), instances)
def test_a_simplified_schema_accepts_the_same(schema, instance):
    assert accepts(simplify(schema), instance) == accepts(schema, instance)


def test_choices_are_the_only_check_of_their_value():
    schema = {"enum": ["a", "b", 1], "type": "string", "not": {"pattern": "b"}}
    assert simplify({"items": schema}) == {"items": {"enum": ["a"]}}


def test_keywords_about_other_types_are_left_out():
    schema = {"type": ["string"], "minLength": 1, "minItems": 1, "minimum": 1}
    assert simplify({"items": schema}) == {"items": {"type": ["string"], "minLength": 1}}
    assert simplify({"type": "array", "items": {}, "pattern": "x"}) == {"type": "array", "items": {}}
    assert simplify({"type": "number", "minimum": 1}) == {"type": "number", "minimum": 1}


def test_what_all_alternatives_ask_for_is_asked_beside_them():
    one, other = ({"type": "object", "properties": {"x": {}}, "required": [name]} for name in "ab")
    assert simplify({"anyOf": [one, other]}) == {
        "type": "object",
        "properties": {"x": {}},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    }


IN_FORCE = [rule for rule in RULES.values() if rule.severity["faithful"]]
IS_CLEAN = build_clean_gate(event_schema(ALL_DEMANDS), IN_FORCE)
IS_ACCEPTED, HAS_NO_FINDING = gate(event_schema(ALL_DEMANDS)), gate(merge_clean_schemas(IN_FORCE))


def test_a_clean_event_passes():
    assert IS_CLEAN(CLEAN["web"])


@given(st.one_of(valid_events(most=1), valid_events(), spoiled_events()))
def test_only_what_the_schema_and_the_rules_accept_passes(event):
    assert IS_CLEAN(event) == (IS_ACCEPTED(event) and HAS_NO_FINDING(event))
