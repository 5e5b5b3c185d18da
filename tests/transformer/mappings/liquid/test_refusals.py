import pytest

from mockpin_transformer.mappings.liquid.refusals import (
    DISABLED_FILTERS,
    REFUSED_FILTERS,
    UNSUPPORTED_FILTERS,
    FilterRefused,
)


@pytest.mark.parametrize("name", [*DISABLED_FILTERS, *UNSUPPORTED_FILTERS])
def test_a_refused_filter_says_its_name_whatever_it_is_given(name):
    with pytest.raises(FilterRefused, match=f'filter "{name}" is '):
        REFUSED_FILTERS[name]("secret@example.com", 1, named=2)
