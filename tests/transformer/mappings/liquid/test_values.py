import math

import pytest

from mockpin_transformer.mappings.liquid.values import (
    as_list,
    as_number,
    items_of,
    javascript_number,
    print_value,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ([1, None, ["x", 2.5]], "1x2.5"), (range(1, 4), "123"), ({}, "[object Object]")],
)
def test_a_value_is_printed(value, text):
    assert print_value(value) == text


def test_numbers_are_read_of_anything():
    assert [javascript_number(value) for value in (True, " 0x10 ", [5], None)] == [1, 16, 5, 0]
    assert math.isnan(javascript_number({}))
    assert [math.copysign(1, as_number(value)) for value in ("x", -0.0)] == [1, 1]


def test_lists_are_made_of_anything():
    assert [as_list(value) for value in (None, "x", range(2))] == [[], ["x"], [0, 1]]
    assert items_of("😀") == "\ud83d\ude00"
