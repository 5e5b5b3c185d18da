"""Values that are wrong on a part of the events."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


def priced(number, *, wrong, factor=100.0, cost=10.0, **columns):
    """Orders of which the first so many have a value that is a multiple of what their products cost."""
    for index in range(number):
        value = cost * factor if index < wrong else cost
        yield order(index, **{"worth": cost, "value": value, "products": None, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (priced(20, wrong=3), (3, 20)),
        (priced(20, wrong=2), None),
        (priced(3, wrong=3), (3, 3)),
        (priced(2, wrong=2), (2, 2)),
        (priced(1, wrong=1), None),
        (priced(2, wrong=2, factor=10.0), None),
        (priced(20, wrong=17), (17, 20)),
        (priced(20, wrong=18), None),
        (priced(9, wrong=9), (9, 9)),
        (priced(20, wrong=20, source="tag"), (20, 20)),
        (priced(20, wrong=3, factor=90.0), (3, 20)),
        (priced(20, wrong=3, factor=89.0), None),
        (priced(20, wrong=3, factor=130.0), (3, 20)),
        (priced(20, wrong=3, factor=131.0), None),
        (priced(20, wrong=3, cost=0.5), None),
        (priced(20, wrong=3, worth=None), None),
        (priced(20, wrong=3, duplicate_of=1), None),
        (priced(20, wrong=3, status="failed"), None),
    ],
)
def test_a_hundredfold_of_what_the_products_cost_is_in_cents(facts, told):
    assert measure("value-of-wrong-scale", facts) == told


@pytest.mark.parametrize(
    ("columns", "scale"),
    [
        ({"cost": 1234.0, "factor": 0.001}, "a thousandth of what its products cost"),
        ({"cost": 999.0, "factor": 0.001}, None),
        ({"cost": 1234.0, "factor": 0.0011}, None),
        ({"factor": 3.0, "pieces": 3.0}, "what its products cost times their number"),
        ({"factor": 3.01, "pieces": 3.0}, None),
        ({"factor": 1.0, "pieces": 1.0}, None),
        ({"factor": 0.5, "pieces": 2.0}, None),
        ({"factor": 10.0}, "10 times what its products cost"),
        ({"factor": 10.1}, None),
        ({"factor": 10.0, "pieces": 10.0}, "what its products cost times their number"),
        ({"factor": 100.0, "pieces": 100.0}, "100 times what its products cost"),
    ],
)
def test_the_scale_of_a_wrong_value_is_named(columns, scale):
    told = [found.detail for found in observe(priced(20, wrong=3, **columns))]
    assert told == ([scale] if scale else [])


def sold(number, *, factor=100.0, **wrong):
    """Two orders of each product of which the second has a multiple of the first one's value."""
    for sku in range(number):
        usual = {"products": sku, "value": 9.95 + sku, "pieces": 1.0}
        yield order(sku, **usual)
        yield order(100 + sku, **{**usual, "value": factor * (9.95 + sku), **wrong})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (sold(3), (3, 6)),
        (sold(2), None),
        (sold(3, factor=39.9), None),
        (sold(3, factor=40.1), (3, 6)),
        (sold(3, factor=1.0), None),
        (sold(3, currency="USD"), None),
        (sold(3, currency=None), None),
        (sold(3, pieces=100.0), None),
        ([fact._replace(products=None) for fact in sold(3)], None),
        (sold(3, duplicate_of=1), None),
        ([*sold(3), *(order(200 + number, products=number, value=5.0, pieces=1.0) for number in range(3))], None),
        ([fact._replace(pieces=None) for fact in sold(3)], (3, 6)),
    ],
)  # fmt: skip
def test_the_hundredfold_of_the_same_products_is_in_cents(facts, told):
    assert measure("value-of-wrong-scale", facts) == told


def apart(low, high, *, products=12, **columns):
    """Orders of the same products of which some have a low value, and others a hundredfold."""
    for number in range(low + high):
        sku = number % products
        value = (9.95 + sku) * (1 if number < low else 100)
        yield order(number, **{"products": sku, "value": value, "pieces": 1.0, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (apart(30, 12), ("over 40 times", 12, "#30")),
        (apart(24, 24), ("over 40 times", 24, "#24")),
        (apart(12, 30), ("under a fortieth of", 12, "#0")),
        (
            [*apart(12, 0), *apart(0, 30, event_name="view_content", order_id=None)],
            ("over 40 times", 30, "#0"),
        ),
    ],
)
def test_the_fewer_of_values_that_are_far_apart_are_named(facts, told):
    (found,) = (seen for seen in observe(facts) if seen.rule == "value-of-wrong-scale")
    beginning, events, first = told
    assert (found.detail, found.events) == (f"{beginning} that of other events of the same products", events)
    assert str(found.examples[0]) == first
    assert f"have a value that is {beginning} that of other events" in found.sentence


@pytest.mark.parametrize(("prices", "told"), [(3, (3, 6)), (2, None)])
def test_gifts_of_one_or_a_hundred_to_each_of_three_funds_are_two_amounts(prices, told):
    facts = [
        fact._replace(value=(1.0 + fact.products % prices) * (100 if fact.value > 500 else 1)) for fact in sold(3)
    ]  # fmt: skip
    assert measure("value-of-wrong-scale", facts) == told


def test_one_event_is_not_told_by_both_of_its_hundredfolds():
    facts = [*sold(5)]
    facts = [fact._replace(worth=fact.value / 100 if fact.value > 500 else fact.value) for fact in facts]
    (told,) = observe(facts)
    assert (told.detail, told.events) == ("100 times what its products cost", 5)


def free(number, *, wrong, **columns):
    for index in range(number):
        yield order(index, **{"value": 0.0 if index < wrong else 9.0, "worth": 9.0, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (free(50, wrong=5), (5, 50)),
        (free(40, wrong=4), None),
        (free(51, wrong=5), None),
        (free(5, wrong=5), (5, 5)),
        (free(200, wrong=190), None),
        (free(200, wrong=189), (189, 200)),
        (free(40, wrong=5, worth=None), (5, 40)),
        (free(40, wrong=5, worth=0.0, products=None), None),
        (free(5, wrong=5, worth=None), None),
        (free(40, wrong=5, event_name="lead"), None),
        (free(40, wrong=5, duplicate_of=1), None),
    ],
)
def test_a_value_of_nothing_for_what_costs_something_is_told(facts, told):
    assert measure("value-zero-at-times", facts) == told


def by_number(pieces, **columns):
    """Orders of so many pieces each whose value is the price of one."""
    for index, number in enumerate(pieces):
        yield order(index, pieces=number, worth=9.0 * number, value=9.0, products=None, **columns)


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        ((2, 2, 3, 3, 3), (5, 5)),
        ((3, 3, 6), (3, 3)),
        ((2, 2, 2, 3, 3), None),
        ((3, 3, 3, 3), None),
        ((2, 4, 5, 5, 5), None),
    ],
)
def test_a_value_of_one_piece_is_not_a_discount_where_thirds_and_halves_are(pieces, told):
    assert measure("value-of-wrong-scale", by_number(pieces)) == told


def unvalued(number, *, missing, **columns):
    for index in range(number):
        yield order(index, **{"value": None if index < missing else 9.0, "worth": 9.0, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (unvalued(100, missing=5), (5, 100)),
        (unvalued(100, missing=4), None),
        (unvalued(167, missing=5), None),
        (unvalued(100, missing=89), (89, 100)),
        (unvalued(100, missing=90), None),
        (unvalued(40, missing=5, source="tag"), (5, 40)),
        (unvalued(40, missing=5, worth=0.0), None),
        (unvalued(40, missing=5, worth=None), None),
        (unvalued(40, missing=5, event_name="add_to_cart"), None),
        (unvalued(40, missing=5, duplicate_of=1), None),
    ],
)
def test_a_value_that_is_missing_at_times_is_told_where_the_products_have_prices(facts, told):
    assert measure("value-missing-at-times", facts) == told


def abroad(wrong, right=0, *, factor=100.0, currency="GBP", **columns):
    """Orders of the same products in euros and in another currency, which has a multiple for some of them."""
    for sku in range(wrong + right):
        usual = {"products": sku, "value": 9.95 + sku, "pieces": 1.0}
        yield order(sku, **usual)
        value = (factor if sku < wrong else 1.0) * (9.95 + sku)
        yield order(100 + sku, **{**usual, "value": value, "currency": currency, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (abroad(3), (3, 6)),
        (abroad(2), None),
        (abroad(3, 3), (6, 12)),
        (abroad(3, 4), None),
        (abroad(3, factor=36.0), (3, 6)),
        (abroad(3, factor=35.0), None),
        (abroad(3, factor=170.0, currency="JPY"), None),
        (abroad(3, factor=17_000.0, currency="JPY"), (3, 6)),
        (abroad(3, factor=1.0, currency="JPY"), (3, 6)),
        (abroad(3, currency="XXX"), None),
        (abroad(3, pieces=100.0), None),
        ([fact._replace(pieces=None) for fact in abroad(3)], None),
        ([fact._replace(products=None) for fact in abroad(3)], None),
        ([*abroad(3), *(order(200 + n, products=n, value=1.0, pieces=1.0, currency="GBP") for n in range(3))], None),
    ],
)  # fmt: skip
def test_products_that_cost_forty_times_as_much_abroad_are_in_cents(facts, told):
    assert measure("value-unlike-other-currencies", facts) == told


def test_the_currency_of_cents_is_named():
    (told,) = observe(abroad(3))
    assert (told.severity, told.effect, told.detail) == ("warning", "wrong", "GBP")


def test_all_are_warnings_about_wrong_counts():
    told = {
        found.rule: (found.severity, found.effect)
        for facts in (sold(3), free(9, wrong=5), unvalued(12, missing=5))
        for found in observe(facts)
    }
    assert set(told) == {"value-of-wrong-scale", "value-zero-at-times", "value-missing-at-times"}
    assert set(told.values()) == {("warning", "wrong")}


@pytest.mark.parametrize(
    ("lacking", "rest", "columns", "told"),
    [
        (5, 45, {}, (5, 50)),
        (5, 46, {}, None),
        (4, 10, {}, None),
        (45, 5, {}, (45, 50)),
        (46, 5, {}, None),
        (20, 4, {}, None),
        (9, 9, {"action_source": "offline"}, None),
        (9, 9, {"event_name": "lead"}, None),
    ],
)
def test_checkouts_of_which_some_have_no_number_are_told(lacking, rest, columns, told):
    facts = [
        order(number, order_id=None if number < lacking else f"o-{number}", **columns)
        for number in range(lacking + rest)
    ]
    assert measure("order-id-missing-at-times", facts) == told


@pytest.mark.parametrize(("prices", "told"), [((1.0, 2.0, 3.0), (3, 6)), ((1.0, 1.0, 1.0), None)])
def test_trials_at_one_price_are_not_another_unit(prices, told):
    facts = [
        order(10 * index + high, products=index, pieces=1.0, value=(49.0 + 60 * index) * price if high else price)
        for index, price in enumerate(prices) for high in (0, 1)
    ]  # fmt: skip
    assert measure("value-of-wrong-scale", facts) == told


def storefronts(sets, *, unlike=0, **columns):
    """Orders of sets of products in Danish crowns, and at the same price in euros; some at another one."""
    for number in range(sets + unlike):
        usual = {"products": number, "pieces": 2.0, "worth": 149.0 + number, "value": 160.0}
        yield order(number, currency="DKK", **usual)
        worth = usual["worth"] if number < sets else 20.0
        yield order(100 + number, **{**usual, "currency": "EUR", "worth": worth, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (storefronts(3), (3, 6)),
        (storefronts(2), None),
        (storefronts(3, unlike=3), (3, 12)),
        (storefronts(3, unlike=4), None),
        (storefronts(3, currency="USD"), (3, 6)),
        (storefronts(3, currency="SEK"), None),
        (storefronts(3, currency="XXX"), None),
        (storefronts(3, worth=None), None),
        (storefronts(3, pieces=1.0), None),
        (storefronts(3, products=99), None),
        (storefronts(3, source="tag"), None),
        (storefronts(3, account="1"), None),
        ([fact._replace(event_name="add_to_cart") for fact in storefronts(3)], None),
    ],
)
def test_prices_that_are_the_same_in_euros_and_in_crowns_are_not_converted(facts, told):
    assert measure("price-not-converted", facts) == told


def test_the_two_currencies_are_named():
    (told,) = (found for found in observe(storefronts(3)) if found.rule == "price-not-converted")
    assert told.detail == "EUR as in DKK"
