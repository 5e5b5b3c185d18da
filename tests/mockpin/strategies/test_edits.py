"""Edits leave what they are given as it was."""

from hypothesis import given
from hypothesis import strategies as st

from mockpin.strategies.edits import appending, changing, dropping, renaming, repeating, setting

VALUE = {"data": [{"a": 1, "b": {"c": 2}}]}


def test_setting_replaces_what_is_there():
    assert setting("/data/0/a", 9)(VALUE) == {"data": [{"a": 9, "b": {"c": 2}}]}


def test_setting_makes_the_objects_on_the_way():
    assert setting("/x/y", 1)({}) == {"x": {"y": 1}}


def test_dropping_removes_a_member_and_does_not_mind_its_absence():
    assert dropping("/data/0/b")(VALUE) == {"data": [{"a": 1}]}
    assert dropping("/data/0/z")(VALUE) == VALUE


def test_changing_applies_a_function():
    assert changing("/data/0/b/c", str)(VALUE) == {"data": [{"a": 1, "b": {"c": "2"}}]}


def test_renaming_keeps_the_value():
    assert renaming("/data", "events")(VALUE) == {"events": VALUE["data"]}


def test_appending_adds_to_the_end_of_a_list():
    assert appending("/data", 7)(VALUE) == {"data": [*VALUE["data"], 7]}


@given(st.integers(1, 30))
def test_repeating_makes_a_list_exactly_so_long(count):
    assert len(repeating("/data", count)(VALUE)["data"]) == count


def test_no_edit_touches_the_original():
    before = {"data": [{"a": 1, "b": {"c": 2}}]}
    for edit in (
        setting("/data/0/a", 2),
        dropping("/data/0/b"),
        appending("/data", 1),
        repeating("/data", 3),
    ):
        edit(before)
    assert before == VALUE


def test_a_pointer_may_name_members_with_slashes_and_tildes():
    assert setting("/a~1b~0c", 1)({}) == {"a/b~c": 1}
