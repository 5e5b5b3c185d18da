import pytest
from liquid.exceptions import LiquidSyntaxError

from transformer.mappings.liquid_environment import DISABLED_TAGS, make_environment
from transformer.mappings.liquid_filters import FILTERS

ENVIRONMENT = make_environment()


def test_what_is_printed_is_printed_as_javascript_prints_it():
    template = ENVIRONMENT.from_string("{{ n }} {{ list }} {{ o }} {{ yes }}<{{ missing }}>")
    assert template.render(n=1e-7, list=[1, None], o={}, yes=True) == "1e-7 1 [object Object] true<>"


@pytest.mark.parametrize("name", DISABLED_TAGS)
def test_a_disabled_tag_is_refused_when_it_is_read(name):
    with pytest.raises(LiquidSyntaxError, match=f'tag "{name}" is disabled'):
        ENVIRONMENT.from_string("{% " + name + " x %}")


def test_the_other_tags_work():
    template = ENVIRONMENT.from_string("{% assign a = 'x' %}{% unless b %}{{ a }}{% endunless %}")
    assert template.render() == "x"


def test_the_filters_are_segments_and_an_unknown_one_changes_nothing():
    assert set(ENVIRONMENT.filters) == set(FILTERS)
    assert ENVIRONMENT.from_string("{{ 'x' | nobody_knows_this }}").render() == "x"
