import pytest

from tests.transformer.mappings.liquid.rendering import render


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 7 | divided_by: 2 }}", "3.5"),
        ("{{ 7 | divided_by: 2, true }}", "3"),
        ("{{ 1 | divided_by: 0 }}{{ -1 | divided_by: 0 }}{{ 0 | divided_by: 0 }}", "Infinity-InfinityNaN"),
        ("{{ 1 | divided_by: -0.0 }}{{ -0.0 | plus: 0 }}", "Infinity0"),
        ("{{ -7 | modulo: 3 }}{{ 7 | modulo: 0 }}", "2NaN"),
        ("{{ 0.1 | plus: 0.2 }}", "0.30000000000000004"),
        ("{{ '3' | minus: 1 }}{{ 'x' | times: 2 }}", "20"),
        ("{{ 1.2 | ceil }}{{ 1.8 | floor }}{{ -3 | abs }}", "213"),
        ("{{ 1 | divided_by: 0 | floor }}{{ 7 | modulo: 0 | abs }}", "Infinity0"),
        ("{{ 5 | at_least: 7 }}{{ 5 | at_most: 3 }}", "73"),
    ],
)
def test_numbers_are_doubles(template, text):
    assert render(template) == text


def test_rounding_goes_a_trifle_too_far_as_liquidjs_does():
    assert render("{{ 2.5 | round }} {{ 1.005 | round: 2 }} {{ -2.5 | round }}") == "3 1.01 -3"
    assert render("{{ n | round }}", n=2**53) == "9007199254740994"
