"""Events that a side reports again under another event_id."""

import pytest

from tests.mockpin.observations.relations import measure, order


def retried(people, *, ids=2, once=0, **columns):
    """Leads of so many people under several ids each, and others that came once."""
    usual = {"event_name": "lead", "order_id": None, "page": 1, "value": None, "products": None, **columns}
    for person in range(people):
        for number in range(ids):
            yield order(person, event_id=f"{person}-{number}", **usual)
    yield from (order(100 + number, **usual) for number in range(once))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (retried(3), (3, 6)),
        (retried(2), None),
        ([fact._replace(em=None, external_id=fact.em) for fact in retried(3)], (3, 6)),
        ([fact._replace(em=None) for fact in retried(3)], None),
        (retried(3, event_time=5.0), None),
        (retried(1, ids=4), None),
        (retried(2, ids=4, once=10), None),
        (retried(3, ids=4, once=10), (9, 22)),
        (retried(3, source="tag"), None),
        (retried(3, event_name="search"), None),
    ],
)
def test_events_of_one_second_under_several_ids_are_retries(facts, told):
    assert measure("event-repeated-under-new-id", facts) == told


def visits(people, *, ids=2, gap=2, once=0, event_name="page_visit", **columns):
    """Visits of so many people to a page of their own, each under several ids, and others that came once."""
    usual = {"event_name": event_name, "order_id": None, "url": 1, **columns}
    for person in range(people):
        for number in range(ids):
            time = 1000.0 * person + (gap if number else 0)
            yield order(person, **{"event_id": f"{person}-{number}", "event_time": time, **usual})
    yield from (order(100 + number, **usual) for number in range(once))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (visits(5), (5, 10)),
        (visits(4), None),
        (visits(5, gap=5), (5, 10)),
        (visits(5, gap=6), None),
        (visits(5, event_name="view_category", gap=5), (5, 10)),
        (visits(5, event_name="add_to_cart", gap=3), None),
        (visits(5, ids=8), (35, 40)),
        (visits(5, ids=10), (45, 50)),
        ([*visits(5), *(fact._replace(em=fact.em + 50) for fact in visits(1, ids=3, gap=1))], (7, 13)),
        ([*visits(5), *(fact._replace(em=fact.em + 50) for fact in visits(2, ids=3, gap=1))], None),
        (visits(5, ids=11), None),
        (visits(6, once=8), (6, 20)),
        (visits(6, once=9), None),
        (visits(5, event_name="add_to_cart"), (5, 10)),
        (visits(5, event_name="search"), None),
        (visits(5, source="tag"), (5, 10)),
        (visits(5, event_time=7.0), None),
        (visits(5, em=7), None),
        (visits(5, em=None), (5, 10)),
        (visits(5, em=None, ip=None), None),
        ([*visits(5), *visits(30, ids=1, em=None, ip=None)], (5, 10)),
        (visits(5, duplicate_of=1), None),
        (visits(5, event_id=None), (5, 10)),
        (visits(5, event_id="one"), None),
        (visits(5, action_source="offline"), None),
        ([fact._replace(url=number) for number, fact in enumerate(visits(5))], None),
        ([fact._replace(products=number) for number, fact in enumerate(visits(5))], None),
        ([fact._replace(value=float(number)) for number, fact in enumerate(visits(5))], None),
    ],
)
def test_a_step_that_people_take_twice_within_seconds_is_fired_twice(facts, told):
    assert measure("event-repeated-at-once", facts) == told


def carts(people, *, gap=5, **again):
    """Carts that so many people fill on a product's page, and that the cart's page reports again."""
    usual = {"event_name": "add_to_cart", "order_id": None, "products": 3, "value": 9.0}
    for person in range(people):
        time = 1000.0 * person
        yield order(person, **{**usual, "url": 1, "event_time": time})
        second = {**usual, "event_id": f"cart-{person}", "url": 2, "event_time": time + gap, **again}
        yield order(person, **second)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (carts(5), (5, 10)),
        (carts(4), None),
        (carts(5, gap=6), None),
        (carts(5, url=1), None),
        (carts(5, url=1, gap=2), (5, 10)),
        (carts(5, value=8.0), None),
        (carts(5, products=4), None),
        ([fact._replace(products=None) for fact in carts(5)], None),
        ([fact._replace(event_name="initiate_checkout") for fact in carts(5)], None),
    ],
)
def test_a_cart_that_two_pages_report_within_seconds_is_reported_twice(facts, told):
    assert measure("event-repeated-at-once", facts) == told


def two_systems(people, *, apart=2.0, alone=0, **columns):
    """Page visits that the API and Segment both report, and others of the API."""
    usual = {"event_name": "page_visit", "order_id": None}
    for person in range(people):
        yield order(person, **usual)
        segment = {"event_id": f"s-{person}", "event_time": 1000.0 + person + apart, "source": "segment"}
        yield order(person, **{**usual, **segment, **columns})
    yield from (order(100 + number, **usual) for number in range(alone))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (two_systems(5), (5, 10)),
        (two_systems(4), None),
        (two_systems(6, alone=8), (6, 20)),
        (two_systems(6, alone=9), None),
        (two_systems(5, apart=10.0), (5, 10)),
        (two_systems(5, apart=11.0), None),
        (two_systems(5, source="api"), None),
        (two_systems(5, source="tag"), None),
        (two_systems(5, account="1"), None),
        (two_systems(5, em=3), None),
        (two_systems(5, em=None), None),
        (two_systems(5, event_id=None), None),
        (two_systems(5, action_source="offline"), None),
        ([fact._replace(event_id=f"id-{fact.em}") for fact in two_systems(5)], None),
        ([fact._replace(order_id="o") for fact in two_systems(5)], None),
    ],
)
def test_what_the_api_and_segment_both_report_counts_twice(facts, told):
    assert measure("event-by-api-and-segment", facts) == told


def without_orders(facts):
    """The same without order ids, each person's at another time of a week."""
    return [fact._replace(order_id=None, event_time=fact.event_time + 30_000.0 * fact.seq) for fact in facts]


def shop_and_erp(people, *, later=1800.0, alone=0, order_id="ERP-{}", **columns):
    """Orders that the shop and its ERP both report, the ERP under numbers of its own, and others of the shop."""
    for person in range(people):
        yield order(person)
        again = {"event_id": f"erp-{person}", "event_time": 1000.0 + person + later}
        number = order_id and order_id.format(person)
        yield order(person, **{**again, "order_id": number, **columns})
    yield from (order(100 + number) for number in range(alone))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (shop_and_erp(10), (10, 20)),
        (shop_and_erp(9), None),
        (shop_and_erp(10, alone=10), (10, 30)),
        (shop_and_erp(10, alone=11), None),
        (shop_and_erp(10, order_id=None), (10, 20)),
        (shop_and_erp(10, order_id="again-{}"), (10, 20)),
        ([fact._replace(em=None, external_id=fact.em) for fact in shop_and_erp(10)], (10, 20)),
        (without_orders(shop_and_erp(10, later=6 * 3600.0)), (10, 20)),
        (without_orders(shop_and_erp(10, later=6 * 3600.0 + 1)), None),
        ([fact._replace(order_id=None) for fact in shop_and_erp(10)], None),
        (shop_and_erp(10, order_id="order-{}"), None),
        (shop_and_erp(10, later=6 * 86_400 - 1), (10, 20)),
        (shop_and_erp(10, later=6 * 86_400), None),
        (shop_and_erp(10, value=99.0), None),
        (shop_and_erp(10, products=99), None),
        (shop_and_erp(10, source="tag"), None),
        (shop_and_erp(10, action_source="offline"), None),
        (shop_and_erp(10, duplicate_of=1), None),
        ([*shop_and_erp(10), *(fact._replace(event_id="third") for fact in shop_and_erp(10))], None),
        ([fact._replace(em=None) for fact in shop_and_erp(10)], None),
    ],
)
def test_orders_that_two_systems_number_differently_count_twice(facts, told):
    assert measure("order-reported-by-two-systems", facts) == told


@pytest.mark.parametrize(
    ("again", "later", "told"), [(100, 5000.0, None), (100, 1.0, (10, 20)), (1000, 5000.0, (10, 20))]
)
def test_regulars_whose_second_order_of_a_day_has_one_digit_more_are_one_system(again, later, told):
    facts = [
        order(person, order_id=str(number + person), event_id=str(number + person), event_time=1000.0 + person + after)
        for person in range(10)
        for number, after in ((90, 0.0), (again, later))
    ]  # fmt: skip
    assert measure("order-reported-by-two-systems", facts) == told


DAY = 86_400.0


def sent_back(people, *, days=0.5, alone=10, order_id="R-order-{}", usual=None, **back):
    """Orders of which some come again as refunds, and others that do not."""
    for person in range(people):
        yield order(person, **(usual or {}))
        number, value = order_id.format(person), 10.0 + person % 7
        again = {"event_id": f"back-{person}", "event_time": 1000.0 + person + days * DAY, "value": value}
        yield order(person, **{**again, "order_id": number, **back})
    yield from (order(100 + number) for number in range(alone))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (sent_back(3), (3, 16)),
        (sent_back(2), None),
        (sent_back(4, alone=2), (4, 10)),
        (sent_back(4, alone=1), None),
        (sent_back(3, order_id="order-9{}"), None),
        (sent_back(3, order_id="{}"), (3, 16)),
        (sent_back(3, days=0.0005), None),
        (sent_back(3, days=5), (3, 16)),
        (sent_back(3, days=7.5), None),
        (sent_back(3, days=10), (3, 16)),
        (sent_back(3, days=30), None),
        (sent_back(3, days=40), (3, 16)),
        (sent_back(3, days=91), None),
        (sent_back(3, value=-10.0, usual={"value": 10.0}), (3, 16)),
        (sent_back(3, value=9.0), None),
        (sent_back(3, products=99), None),
        (sent_back(3, em=99), None),
        (sent_back(3, em=None), None),
        (sent_back(3, source="tag"), None),
        (sent_back(3, source="segment"), (3, 16)),
        (sent_back(3, event_name="lead"), None),
        (sent_back(3, usual={"duplicate_of": 1}), (3, 16)),
        (sent_back(3, order_id="order-{}-refund", value=1.0, days=30), (3, 16)),
        (sent_back(3, order_id="order-{}-Gutschrift", value=1.0), (3, 16)),
        (sent_back(3, order_id="order-{}-gift", value=1.0), None),
        ([*sent_back(3), *(order(900 + n, order_id=f"R-order-{n}") for n in range(3))], (3, 19)),
        ([*sent_back(3), *(order(900 + n, order_id=f"R-order-{n}") for n in range(4))], None),
    ],
)
def test_orders_that_repeat_another_one_under_a_number_of_another_form_are_refunds(facts, told):
    assert measure("refund-counted-as-order", facts) == told


def logins(people, *, once=0, gap=600.0, **again):
    """Signups of people who come again, and of others who do not."""
    usual = {"event_name": "signup", "order_id": None, "url": 1, "products": None}
    for person in range(people):
        yield order(person, **usual)
        later = {"event_id": f"again-{person}", "event_time": 1000.0 + person + gap}
        yield order(person, **{**usual, **later, **again})
    yield from (order(100 + number, **usual) for number in range(once))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (logins(5), (5, 10)),
        (logins(4), None),
        (logins(5, once=10), (5, 20)),
        (logins(5, once=11), None),
        (logins(5, gap=599.0), None),
        (logins(5, url=2), None),
        (logins(5, products=2), None),
        (logins(5, order_id="course"), None),
        (logins(5, em=None), None),
        (logins(5, event_name="lead"), None),
        (logins(5, duplicate_of=1), None),
        ([fact._replace(source="tag") for fact in logins(5)], (5, 10)),
        ([fact._replace(em=7) for fact in logins(5, gap=DAY)], None),
        ([fact._replace(em=None, external_id=fact.em) for fact in logins(5)], (5, 10)),
        ([fact._replace(em=None, maid=fact.em) for fact in logins(5)], (5, 10)),
    ],
)
def test_people_who_sign_up_on_one_page_again_log_in(facts, told):
    assert measure("signup-again-and-again", facts) == told


def installs(devices, *, again=DAY, **usual):
    """Installs of devices, each reported twice."""
    for device in range(devices):
        known = {"event_name": "app_install", "order_id": None, "em": None, "maid": device, **usual}
        yield order(device, **known)
        yield order(device, **known, event_id=f"again-{device}", event_time=1000.0 + device + again)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (installs(5), (5, 10)),
        (installs(4), None),
        (installs(5, again=599.0), None),
        (installs(5, event_name="app_open"), None),
        (installs(5, maid=None), None),
        ([fact._replace(maid=None, external_id=fact.maid) for fact in installs(5)], (5, 10)),
        ([fact._replace(maid=None, em=fact.maid) for fact in installs(5)], (5, 10)),
        ([fact._replace(maid=index, em=1) for index, fact in enumerate(installs(5))], None),
    ],
)
def test_devices_that_install_an_app_again_only_start_it(facts, told):
    assert measure("app-install-again-and-again", facts) == told
