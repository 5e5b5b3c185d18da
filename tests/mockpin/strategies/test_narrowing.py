"""What may narrow a strategy."""

import pytest

from mockpin.strategies.narrowing import NarrowingInvalid, check_names


@pytest.mark.parametrize("names", ["checkout", "", [], ()])
def test_a_text_and_nothing_are_not_a_list_of_names(names):
    with pytest.raises(
        NarrowingInvalid, match=r"^event_names cannot be .*: give a list of at least one name"
    ):
        check_names("event_names", names)


def test_a_name_beside_the_known_ones_is_refused_with_the_one_meant():
    with pytest.raises(
        NarrowingInvalid, match=r"^event_names cannot be 'chekout': did you mean checkout"
    ) as said:
        check_names("event_names", ["lead", "chekout"], ["checkout", "lead"])
    assert (said.value.keyword, said.value.value) == ("event_names", "chekout")


@pytest.mark.parametrize(("names", "known"), [(["a"], ()), (("a", "b"), ["b", "a"]), ({"a"}, {"a": 1})])
def test_known_names_and_any_names_where_none_are_known_are_taken(names, known):
    check_names("events", names, known)
