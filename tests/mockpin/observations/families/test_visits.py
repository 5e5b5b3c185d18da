"""Orders that do not fit the visits in which they were placed."""

import pytest

from mockpin.observations.limits import ObservationLimit
from mockpin.observations.tables import BROWSING
from tests.mockpin.observations.relations import measure, observe, order


def begun(number, *others, **columns):
    """People who begin a checkout, and events of other names."""
    yield from (
        order(index, event_name="initiate_checkout", order_id=None, **columns) for index in range(number)
    )
    yield from (order(100 + index, event_name=name) for index, name in enumerate(others))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (begun(20, *BROWSING, "signup"), (20, 20)),
        (begun(19, *BROWSING), None),
        (begun(40, em=1), None),
        (begun(40, em=None, ip=None), None),
        (begun(40, "checkout"), None),
        (begun(40, "subscribe"), None),
        (begun(40, "lead"), None),
        (begun(40, "ticket_sold"), None),
        ([*begun(20), order(99, status="failed")], None),
        ([*begun(20), order(99, account="1")], (20, 20)),
        ([fact._replace(event_name="add_payment_info") for fact in begun(20)], (20, 20)),
        ([fact._replace(event_name="add_to_cart") for fact in begun(20)], None),
    ],
)
def test_twenty_people_who_begin_and_never_check_out_are_told(facts, told):
    assert measure("checkout-never-reported", facts) == told


#: Rule -> the column that must fit, and the column that tells people apart.
APART = {
    "checkout-from-other-address": ("ip", "em"),
    "checkout-by-other-user-agent": ("user_agent", "em"),
    "checkout-with-other-email": ("em", "external_id"),
}


def visits(column, person, *, people, apart, later=600, **columns):
    """People who look and then order, of whom some have another value of a column when they order."""
    for index in range(people):
        usual = {person: 70 + index, "event_time": 7200.0, **columns}
        yield order(index, event_name="page_visit", order_id=None, **{**usual, column: 900 + index})
        held = 500 if index < apart else 900 + index
        yield order(100 + index, **{**usual, "event_time": 7200.0 + later, column: held})


@pytest.mark.parametrize("rule", APART)
@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"people": 10, "apart": 9}, (9, 10)),
        ({"people": 9, "apart": 9}, None),
        ({"people": 20, "apart": 17}, None),
        ({"people": 20, "apart": 20, "later": 7200}, None),
        ({"people": 20, "apart": 20, "source": "tag"}, None),
        ({"people": 20, "apart": 20, "action_source": "app_ios"}, None),
    ],
)
def test_orders_that_do_not_fit_the_hour_of_the_visit_are_told(rule, how, told):
    assert measure(rule, visits(*APART[rule], **how)) == told


@pytest.mark.parametrize("rule", APART)
def test_an_order_without_the_value_or_of_an_unknown_person_is_not_compared(rule):
    column, person = APART[rule]
    facts = [*visits(column, person, people=20, apart=20)]
    for name in (column, person):
        missing = [fact._replace(**{name: None}) if fact.order_id else fact for fact in facts]
        assert measure(rule, missing) is None


def baskets(orders, *, carts, of_one=0, products=3, values=5):
    """Orders of one product, and carts of others, of which some hold the one, too."""
    yield from (order(index, products=products, value=float(index % values)) for index in range(orders))
    for index in range(carts):
        held = products if index < of_one else 50 + index % 5
        yield order(200 + index, event_name="add_to_cart", order_id=None, products=held)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (baskets(20, carts=20), (20, 20)),
        (baskets(19, carts=20), None),
        (baskets(20, carts=19), None),
        (baskets(20, carts=40, of_one=20), (20, 20)),
        (baskets(20, carts=40, of_one=21), None),
        (baskets(20, carts=20, values=4), None),
        ([*baskets(19, carts=20), order(99, products=4)], None),
        ([*baskets(95, carts=20), *(order(100 + n, products=n) for n in range(5, 10))], (95, 100)),
        ([*baskets(94, carts=20), *(order(100 + n, products=n) for n in range(5, 11))], None),
        ([fact._replace(products=None) for fact in baskets(40, carts=40)], None),
    ],
)
def test_one_product_for_all_orders_beside_carts_of_others_is_told(facts, told):
    assert measure("same-products-for-everybody", facts) == told


def placeholder(orders, *, pages=10, prices=None, times=1, **columns):
    """Pages of different products, and orders of differing prices, that all name one product."""
    for index in range(pages):
        yield order(500 + index, event_name="page_visit", order_id=None, products=7, page=index, value=None)
    for index in range(orders):
        price = prices[index % len(prices)] if prices else 5.0 + index
        yield order(
            index, **{"products": 7, "worth": price * times, "pieces": times, "value": 3.0, **columns}
        )


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (placeholder(20), (20, 20)),
        (placeholder(19), None),
        (placeholder(20, pages=9), None),
        ([fact._replace(page=None) for fact in placeholder(20)], None),
        ([fact._replace(page=fact.page and 1) for fact in placeholder(20)], None),
        (placeholder(40, times=2.0), (40, 40)),
        (placeholder(20, prices=[10, 20, 30, 40, 50]), (20, 20)),
        (placeholder(20, prices=[10, 20, 30, 40]), None),
        (placeholder(20, prices=[10, 11, 12, 28, 29]), None),
        (placeholder(20, prices=[10, 11, 12, 28, 30]), (20, 20)),
        (placeholder(20, worth=None), None),
        (placeholder(20, prices=[0]), None),
        (placeholder(20, event_name="lead"), None),
        ([*placeholder(94), order(900, products=8)], (94, 94)),
        ([*placeholder(94), *(order(900 + n, products=8) for n in range(6))], None),
        ([*placeholder(20), *(fact._replace(source="tag") for fact in placeholder(30))], (50, 50)),
        ([fact._replace(source="tag") if fact.page else fact for fact in placeholder(20)], (20, 20)),
        ([fact._replace(currency="EUR" if fact.seq % 2 else "SEK") for fact in placeholder(20)], None),
        (placeholder(20, status="failed"), None),
    ],
)
def test_one_product_for_all_pages_and_orders_is_told(facts, told):
    found = [seen for seen in observe(facts) if seen.rule == "same-products-for-everybody"]
    assert (sum(seen.events for seen in found), sum(seen.total for seen in found)) == (told or (0, 0))


def landing(orders, prices, **columns):
    """A site of one product, which each of its pages names."""
    return placeholder(orders, pages=30, prices=prices, **columns)


#: Healthy set-ups -> the events that they send.
ONE_PRODUCT = {
    "one product at its price, on thirty pages": lambda: landing(60, [49.0]),
    "such a product with vouchers, in three sizes and as a bundle": lambda: landing(
        60, [49.0, 49.0, 49.0, 79.0, 44.1, 149.0, 49.0]),
    "such a product whose value is with shipping": lambda: landing(
        60, [49.0, 53.9, 55.0, 49.0, 58.8, 44.1], worth=None),
    "one subscription in ten currencies": lambda: (
        fact._replace(currency=f"C{fact.seq % 10}", worth=49.0 * (1 + fact.seq % 10)) for fact in landing(80, [49.0])),
    "donations of any sum on one page": lambda: placeholder(90, pages=1),
    "tickets and insurances that no page names": lambda: placeholder(90, pages=0),
    "purchases in an app, which has no pages": lambda: (
        fact._replace(page=None, action_source="app_ios") for fact in placeholder(90)),
    "lead forms about one thing": lambda: placeholder(90, event_name="lead"),
    "a marketplace": lambda: (fact._replace(products=fact.seq) for fact in placeholder(90)),
    "a till": lambda: (fact._replace(action_source="offline") for fact in landing(90, [49.0, 149.0])),
}  # fmt: skip


@pytest.mark.parametrize("title", ONE_PRODUCT)
def test_one_product_of_healthy_set_ups_is_right(title):
    assert [
        seen.rule for seen in observe(ONE_PRODUCT[title]()) if seen.rule == "same-products-for-everybody"
    ] == []


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({}, (5, 5)),
        ({"action_source": "web"}, None),
        ({"page": None}, None),
        ({"event_name": "checkout"}, None),
    ],
)
def test_visits_of_a_page_that_are_called_offline_are_told(columns, told):
    usual = {"event_name": "page_visit", "action_source": "offline", "page": 1, "order_id": None}
    facts = [order(index, **{**usual, **columns}) for index in range(5)]
    assert measure("visit-called-offline", facts) == told
    assert measure("visit-called-offline", facts[:4]) is None


def test_all_are_warnings():
    shops = (
        begun(20), baskets(20, carts=20), *(visits(*how, people=10, apart=10) for how in APART.values()),
        (order(n, event_name="search", action_source="offline", page=1) for n in range(5)),
    )  # fmt: skip
    told = {found.rule: found.severity for facts in shops for found in observe(facts)}
    assert {
        *APART,
        "checkout-never-reported",
        "same-products-for-everybody",
        "visit-called-offline",
    } <= told.keys()
    assert {told[rule] for rule in told if rule.startswith(("checkout-", "same-products", "visit-"))} == {
        "warning"
    }


def misnamed(number, *, matched=3, alone=0, source="tag", of="page_visit", **columns):
    """Orders of both sides, and visits that one side calls orders; of others only that side knows anything."""
    for index in range(matched):
        yield order(index, source="tag", ip=None)
        yield order(index)
    for index in range(100, 100 + number + alone):
        yield order(index, source=source, order_id=None, **columns)
        if index < 100 + number:
            yield order(index, source="api" if source == "tag" else "tag", event_name=of, order_id=None)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (misnamed(3), (3, 6)),
        (misnamed(2), None),
        (misnamed(3, matched=2), None),
        (misnamed(3, alone=3), (3, 9)),
        (misnamed(3, alone=4), None),
        (misnamed(3, source="api"), (3, 6)),
        (misnamed(3, of="order_shipped"), None),
        (misnamed(3, action_source="offline"), None),
        ([*misnamed(3), *(order(n, source="tag", event_name="page_visit") for n in range(100, 103))], None),
        ([*misnamed(3), *(order(n, order_id=None) for n in range(100, 103))], None),
    ],
)
def test_visits_that_one_side_calls_orders_are_counted_as_both(facts, told):
    assert measure("visit-reported-as-order", facts) == told


@pytest.mark.parametrize("source", ["tag", "api"])
def test_visits_that_one_side_calls_orders_explain_what_the_other_side_seems_to_miss(source):
    facts = [*misnamed(90, matched=30, source=source)]
    assert {found.rule for found in observe(facts)} == {"visit-reported-as-order"}
    told = {
        found.rule
        for found in observe(facts, **{"visit-reported-as-order": ObservationLimit(severity="off")})
    }
    assert f"seen-by-{source}-only" in told


def renamed(number, *, matched=3, **columns):
    """Visits of both sides, and orders of the API that the tag calls visits."""
    for index in range(matched):
        yield from (
            order(index, source=side, event_name="page_visit", order_id=None) for side in ("tag", "api")
        )
    for index in range(100, 100 + number):
        yield order(index, source="tag", event_name="page_visit", order_id=None, **columns)
        yield order(index)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (renamed(3), (3, 6)),
        (renamed(2), None),
        (renamed(3, matched=0), None),
        ([*renamed(3), *(order(number) for number in range(200, 203))], (3, 6)),
        ([*renamed(3), *(order(number) for number in range(200, 204))], None),
        ([*renamed(3), order(300, source="tag")], None),
        (renamed(3, action_source="offline"), None),
        (renamed(3, event_id="session"), None),
        ([*renamed(3), *(order(n, event_name="page_visit", order_id=None) for n in range(100, 103))], None),
        ([fact._replace(source="segment") if fact.source == "api" else fact for fact in renamed(3)], (3, 6)),
    ],
)
def test_orders_that_the_tag_calls_visits_are_told(facts, told):
    assert measure("step-reported-as-visit", facts) == told


def carts(people, **columns):
    return [order(number, event_name="add_to_cart", order_id=None, **columns) for number in range(people)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (carts(100), (100, 100)),
        (carts(99), None),
        ([*carts(100), order(200)], None),
        ([*carts(100), order(200, event_name="lead")], None),
        (carts(100, em=1), None),
    ],
)
def test_a_hundred_people_who_fill_carts_and_never_check_out_are_told(facts, told):
    assert measure("checkout-never-reported", facts) == told
    said = [found.sentence for found in observe(facts) if found.rule == "checkout-never-reported"]
    assert not told or said == ["No checkout came from any source though 100 people filled a cart."]


def visits_of_buyers(people, *, shift):
    """Visits and orders of people; the server's orders may have another one's e-mail address than the tag's."""
    for person in range(people):
        seen = {"em": person, "ip": 700 + person, "event_time": 36_000.0 + person}
        yield order(person, event_name="page_visit", order_id=None, event_id=f"v-{person}", **seen)
        yield order(person, source="tag", **{**seen, "ip": None})
        yield order(person, **{**seen, "em": (person + shift) % people})


@pytest.mark.parametrize(("shift", "told"), [(0, set()), (1, {"pair-emails-differ"})])
def test_addresses_of_others_explain_that_networks_and_browsers_are_others(shift, told):
    assert {found.rule for found in observe(visits_of_buyers(12, shift=shift))} == told
    if shift:
        off = {"pair-emails-differ": ObservationLimit(severity="off")}
        assert "checkout-from-other-address" in {
            found.rule for found in observe(visits_of_buyers(12, shift=shift), **off)
        }


def customs(orders, **columns):
    return [order(number, event_name="custom", **columns) for number in range(orders)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (customs(10), (10, 10)),
        (customs(9), None),
        ([*customs(10), order(50, event_name="custom", order_id=None)], (10, 11)),
        ([*customs(10), order(50)], None),
        ([*customs(10), order(50, event_name="subscribe")], None),
        ([*customs(10), order(50, account="549755885176")], (10, 10)),
        (customs(10, order_id="one"), None),
        (customs(10, value=0.0), None),
        (customs(10, value=None), None),
        (customs(10, event_id="one", duplicate_of=1), None),
        ([fact._replace(event_name="lead") for fact in customs(10)], None),
    ],
)
def test_custom_events_with_orders_and_prices_are_checkouts_unless_some_are(facts, told):
    assert measure("orders-reported-as-custom", facts) == told
