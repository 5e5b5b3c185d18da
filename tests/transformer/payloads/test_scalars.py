import math

import pytest

from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.payloads.scalars import COERCIONS, UNWRAPPED_COERCIONS, plain_number

ACCEPTED = [
    ("string", 5, "5"),
    ("string", 1e21, "1e+21"),
    ("string", True, "true"),
    ("string", None, ""),
    ("number", "1.50", 1.5),
    ("number", " 0x1F ", 31),
    ("number", "  ", 0),
    ("number", None, 0),
    ("number", True, 1),
    ("number", "Infinity", math.inf),
    ("integer", "2.0", 2),
    ("integer", "Infinity", None),
    ("boolean", "true", True),
    ("boolean", 1, True),
    ("boolean", 0, False),
    ("boolean", None, False),
    ("string or null", None, None),
    ("string or null", 5, "5"),
    ("string or number", 1.5, 1.5),
    ("string or number", True, "true"),
    ("string or number", math.inf, "Infinity"),
]
REFUSED = [
    ("string", {}),
    ("number", "1,5"),
    ("number", ""),
    ("number", "NaN"),
    ("number", math.inf),
    ("number", []),
    ("integer", 2.5),
    ("integer", "2.5"),
    ("boolean", "yes"),
    ("boolean", 2),
    ("boolean", []),
    ("string or null", []),
    ("string or number", {}),
]


@pytest.mark.parametrize(("kind", "value", "expected"), ACCEPTED)
def test_a_value_is_made_to_fit(kind, value, expected):
    found = COERCIONS[kind](value)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_that_does_not_fit_is_refused(kind, value):
    assert COERCIONS[kind](value) is UNDEFINED


def test_out_of_an_array_of_one_a_union_takes_only_what_needs_coercion():
    text_or_null, text_or_number = (
        UNWRAPPED_COERCIONS["string or null"],
        UNWRAPPED_COERCIONS["string or number"],
    )
    assert [text_or_null(value) for value in ("x", "", 5)] == [UNDEFINED, None, "5"]
    assert [text_or_number(value) for value in ("x", "12", 5)] == [UNDEFINED, 12, "5"]


def test_a_number_without_a_fraction_becomes_an_int():
    assert [plain_number(value) for value in (100.0, -0.0, 2.5, 2**53 + 1)] == [100, 0, 2.5, 2**53]
