import pytest

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import UNDEFINED
from tests.transformer.mappings.directives.resolving import resolve, resolve_in_list


def choose(**operand):
    return {"@if": {"then": "then", "else": "else"} | operand}


@pytest.mark.parametrize("value", ["", 0, False, [], {}, "x"])
def test_what_is_there_and_not_null_exists(value):
    assert resolve(choose(exists={"@path": "a"}), a=value) == "then"


def test_null_and_missing_do_not_exist():
    assert resolve(choose(exists={"@path": "a"}), a=None) == "else"
    assert resolve(choose(exists={"@path": "a"})) == "else"


@pytest.mark.parametrize("value", ["", 0, -0.0, False, None, [], [None], [""], [[]]])
def test_these_are_blank(value):
    assert resolve(choose(blank={"@path": "a"}), a=value) == "else"


@pytest.mark.parametrize("value", [" ", "0", {}, [0], [None, None], True, 1])
def test_these_are_not_blank(value):
    assert resolve(choose(blank={"@path": "a"}), a=value) == "then"


def test_exists_wins_over_blank_even_when_it_is_null():
    assert resolve(choose(exists=None, blank="x")) == "else"


@pytest.mark.parametrize("otherwise", [0, False, "", None])
def test_a_falsy_else_counts_as_absent(otherwise):
    assert resolve({"@if": {"exists": {"@path": "a"}, "then": 1, "else": otherwise}}) is UNDEFINED


@pytest.mark.parametrize("otherwise", [[], {}])
def test_an_empty_container_is_a_good_else(otherwise):
    assert resolve({"@if": {"exists": {"@path": "a"}, "then": 1, "else": otherwise}}) == otherwise


@pytest.mark.parametrize("then", [0, False, "", None])
def test_a_falsy_then_is_given(then):
    assert resolve({"@if": {"exists": "x", "then": then, "else": 1}}) == then


def test_a_missing_then_gives_nothing():
    assert resolve({"@if": {"exists": "x", "else": 1}}) is UNDEFINED


@pytest.mark.parametrize("operand", [{}, {"exists": 0}, {"exists": "", "blank": None}, {"true": 1}])
def test_without_a_condition_it_fails(operand):
    with pytest.raises(DirectiveFailed, match=r'^@if requires an "exists" key or a "blank" key$'):
        resolve({"@if": operand})


def test_only_the_branch_taken_can_fail():
    assert resolve({"@if": {"exists": "x", "then": 1, "else": {"@if": {}}}}) == 1


def test_in_a_list_the_operand_may_be_no_object():
    with pytest.raises(DirectiveFailed, match=r'^@if requires an object with an "exists" key$'):
        resolve_in_list({"@if": 5})


def test_a_literal_runs_the_directives_in_it():
    assert resolve({"@literal": [{"@path": "a"}, "{{a}}"]}, a=1) == [1, "{{a}}"]


def test_null_is_excluded_through_objects_but_not_in_lists():
    mapping = {"@excludeWhenNull": {"@path": "a"}}
    assert resolve({"k": mapping}, a=None) == {}
    assert resolve(mapping, a={"b": None, "c": {"d": None}, "e": [None, {"f": None}]}) == {
        "c": {},
        "e": [None, {"f": None}],
    }
