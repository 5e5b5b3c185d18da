"""Matched pairs that disagree."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order

COLUMNS = {
    "pair-values-differ": ("value", 5.0, 5.01),
    "pair-currencies-differ": ("currency", "EUR", "USD"),
    "pair-products-differ": ("products", 1, 2),
    "pair-emails-differ": ("em", 1, 2),
    "pair-external-ids-differ": ("external_id", 1, 2),
    "pair-orders-differ": ("order_id", "a", "b"),
    "pair-times-differ": ("event_time", 1000.0, 4600.0),
    "pair-limits-differ": ("limited", 1, 0),
}


def pairs(column, tag, server, *, differing=1, equal=2):
    """Events of both sides, of which so many differ in a column."""
    for number in range(differing + equal):
        yield order(number, source="tag", **{column: tag})
        yield order(number, **{column: server if number < differing else tag})


@pytest.mark.parametrize("rule", COLUMNS)
def test_a_pair_of_three_that_disagrees_is_told(rule):
    assert measure(rule, pairs(*COLUMNS[rule])) == (1, 3)
    assert measure(rule, pairs(*COLUMNS[rule], equal=1)) is None
    assert measure(rule, pairs(*COLUMNS[rule], equal=19)) == (1, 20)
    assert measure(rule, pairs(*COLUMNS[rule], equal=20)) is None
    assert measure(rule, pairs(*COLUMNS[rule], differing=0, equal=3)) is None


@pytest.mark.parametrize("rule", COLUMNS)
@pytest.mark.parametrize("number", [1, 2])
def test_pairs_that_all_disagree_are_told_be_they_ever_so_few(rule, number):
    assert measure(rule, pairs(*COLUMNS[rule], differing=number, equal=0)) == (number, number)


@pytest.mark.parametrize(
    ("rule", "column", "tag", "server"),
    [
        ("pair-values-differ", "value", 5.0, 5.004),
        ("pair-times-differ", "event_time", 1000.0, 4599.0),
        ("pair-currencies-differ", "currency", "EUR", None),
        ("pair-emails-differ", "em", None, 2),
    ],
)
def test_values_that_are_nearly_equal_or_unknown_do_not_disagree(rule, column, tag, server):
    assert measure(rule, pairs(column, tag, server, differing=3)) is None


@pytest.mark.parametrize(("limited", "told"), [(0, None), (1, (1, 1))])
def test_pairs_that_ask_for_no_limits_do_not_disagree_on_them(limited, told):
    alone = [order(90, limited=limited, source="tag"), order(90)]
    assert measure("pair-limits-differ", [*pairs("limited", 0, 0, equal=30), *alone]) == told


def test_a_disagreement_is_a_warning_about_a_wrong_value():
    told = {observation.rule: observation for observation in observe(pairs("value", 5.0, 9.0))}
    assert (told["pair-values-differ"].severity, told["pair-values-differ"].effect) == ("warning", "wrong")
