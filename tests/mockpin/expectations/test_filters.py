"""The type says what the table of filters says."""

from typing import get_args, get_type_hints

import pytest

from mockpin.expectations.filters import Filters
from mockpin.expectations.matching import FILTERS

TYPES = get_type_hints(Filters)


def test_type_and_table_have_the_same_filters():
    assert list(TYPES) == list(FILTERS)


@pytest.mark.parametrize("name", FILTERS)
def test_type_and_table_allow_the_same_values(name):
    choices = get_args(TYPES[name])
    assert choices == FILTERS[name].choices
    assert choices or TYPES[name] is FILTERS[name].kind
