"""One value for everybody: from how many events on each rule speaks."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order

KEYS = {
    "same-email-for-everybody": ("em", 10, 0.5),
    "same-external-id-for-everybody": ("external_id", 10, 0.5),
    "same-click-id-for-everybody": ("click_id", 10, 0.5),
    "same-ip-address-for-everybody": ("ip", 20, 0.9),
    "same-user-agent-for-everybody": ("user_agent", 50, 0.98),
    "same-phone-for-everybody": ("ph", 10, 0.5),
    "same-first-name-for-everybody": ("fn", 10, 0.5),
    "same-last-name-for-everybody": ("ln", 20, 0.8),
}
#: Rule -> the share of all events from which on three times as many people prove it.
CROWDS = {
    "same-email-for-everybody": 0,
    "same-external-id-for-everybody": 0,
    "same-click-id-for-everybody": 0,
    "same-phone-for-everybody": 0.1,
    "same-first-name-for-everybody": 0.3,
}


def people(column, same, different=0):
    """Events of different people, of which so many have the same value in a column."""
    for number in range(same + different):
        identity = "external_id" if column == "em" else "em"
        yield order(number, **{identity: number, column: 1 if number < same else 100 + number})


@pytest.mark.parametrize("rule", KEYS)
def test_a_match_key_that_many_people_have_is_told(rule):
    column, least, threshold = KEYS[rule]
    others = round(least / threshold) - least
    assert measure(rule, people(column, least)) == (least, least)
    assert measure(rule, people(column, least - 1)) is None
    assert measure(rule, people(column, least, others)) == (least, least + others)
    assert measure(rule, people(column, least, others + 1)) is None


@pytest.mark.parametrize("rule", KEYS)
def test_three_times_the_least_people_do_not_share_what_tells_people_apart_from_a_small_share_on(rule):
    column, least, _ = KEYS[rule]
    most = round(3 * least / CROWDS.get(rule, 0.1)) if CROWDS.get(rule) else 11 * least
    others = most - 3 * least
    told = (3 * least, most) if rule in CROWDS else None
    assert measure(rule, people(column, 3 * least, others)) == told
    assert measure(rule, people(column, 3 * least - 1, others)) is None
    if CROWDS.get(rule):
        assert measure(rule, people(column, 3 * least, others + 1)) is None


def test_a_busy_buyer_of_thirty_orders_is_one_of_ten_people_at_most():
    facts = [order(number, em=1, external_id=number % 29) for number in range(40)]
    facts += [order(100 + number, external_id=100 + number) for number in range(60)]
    assert measure("same-email-for-everybody", facts) is None


@pytest.mark.parametrize(
    ("column", "rule"),
    [("em", "same-email-for-everybody"), ("external_id", "same-external-id-for-everybody")],
)
@pytest.mark.parametrize(("networks", "browsers", "told"), [(30, 5, (40, 140)), (29, 5, None), (30, 4, None)])
def test_one_placeholder_in_several_match_keys_is_no_person(column, rule, networks, browsers, told):
    facts = [
        order(
            number, em=1, external_id=2, ip=number % networks, user_agent=number % browsers, event_name="lead"
        )
        for number in range(40)
    ]
    facts += [order(100 + number, external_id=100 + number) for number in range(100)]
    assert measure(rule, facts) == told


def guests(orders, others=100, *, regular=0, kinds=(50, 4, 50), **columns):
    """Orders of guests under one address, of others, and of one regular customer.

    `kinds` are how many ips, user agents and external ids the guests have.
    """
    for number in range(orders):
        names = ("ip", "user_agent", "external_id")
        known = {name: number % kind for name, kind in zip(names, kinds, strict=True)}
        yield order(number, **{**known, "em": 1, **columns})
    usual = {"user_agent": 1, **({name: value for name, value in columns.items() if value is None})}
    yield from (order(100 + number, **usual) for number in range(others - regular))
    yield from (order(300 + number, em=2, **usual) for number in range(regular))


def test_guests_of_one_placeholder_are_told_once():
    facts = [*guests(40, kinds=(30, 5, 1)), *(order(900 + n) for n in range(100))]
    assert measure("same-email-for-everybody", facts) == (40, 240)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (guests(10), (10, 110)),
        (guests(9), None),
        (guests(10, others=190), (10, 200)),
        (guests(10, others=191), None),
        (guests(10, regular=3), (10, 110)),
        (guests(10, regular=4), None),
        (guests(20, kinds=(10, 4, 50)), (20, 120)),
        (guests(20, kinds=(9, 4, 50)), None),
        (guests(20, kinds=(50, 3, 50)), None),
        (guests(20, kinds=(50, 4, 10)), (20, 120)),
        (guests(20, kinds=(50, 4, 9)), None),
        (guests(20, external_id=None), (20, 120)),
        (guests(20, ip=None), None),
        (guests(20, order_id="o"), None),
        (guests(20, order_id=None), (20, 120)),
        (guests(20, event_name="lead"), None),
        (guests(20, action_source="offline"), None),
        (guests(30, others=200), (30, 230)),
    ],
)
def test_one_address_for_the_orders_of_many_visitors_is_of_guests(facts, told):
    assert measure("same-email-for-everybody", facts) == told


@pytest.mark.parametrize("rule", KEYS)
def test_one_person_who_comes_often_is_not_everybody(rule):
    _, least, _ = KEYS[rule]
    same = {"em": 7, "external_id": 7, "ip": 7, "click_id": 7, "user_agent": 7}
    often = [order(number, **same, order_id=f"o-{number % 3}") for number in range(least)]
    assert measure(rule, often) is None


@pytest.mark.parametrize(("orders", "told"), [(29, None), (30, (30, 30))])
def test_orders_tell_people_apart_where_nothing_else_does(orders, told):
    facts = [order(number, em=1, ip=None) for number in range(orders)]
    assert measure("same-email-for-everybody", facts) == told


@pytest.mark.parametrize(
    "rule", [name for name, (column, *_) in KEYS.items() if column in ("ph", "fn", "ln")]
)
@pytest.mark.parametrize(("share", "told"), [(2, True), (3, False)])
def test_the_customers_that_one_tester_makes_up_have_few_networks(rule, share, told):
    column, least, _ = KEYS[rule]
    facts = [fact._replace(ip=number // share) for number, fact in enumerate(people(column, least))]
    assert (measure(rule, facts) is not None) is told
    unknown = [fact._replace(ip=None) for fact in facts]
    assert measure(rule, unknown) == (least, least)


def test_a_placeholder_in_several_fields_is_told_once():
    facts = [fact._replace(fn=3, ln=4) for fact in people("ph", 40)]
    assert {found.rule for found in observe(facts)} == {"same-phone-for-everybody"}
    names = [fact._replace(ph=None) for fact in facts]
    assert {found.rule for found in observe(names)} == {"same-first-name-for-everybody"}


#: Healthy people -> the phone, first name and last name of each.
HEALTHY_PEOPLE = {
    "a country in which four in ten people have one last name": lambda n: (n, n % 60, n % 5 // 2),
    "a community of two last names": lambda n: (n, n % 60, n % 3 // 2),
    "a shop of women of whom many are called Maria": lambda n: (n, max(0, n % 10 - 1), n),
    "nine buyers of a company with one number": lambda n: (1 if n % 10 == 0 else 100 + n, n % 60, n),
    "subscribers of whom nothing but the address is known": lambda _: (None, None, None),
    "families who share a phone": lambda n: (n // 4, n % 60, n // 4),
}


@pytest.mark.parametrize("source", ["api", "segment"])
@pytest.mark.parametrize("action_source", ["web", "app_ios", "offline"])
@pytest.mark.parametrize("title", HEALTHY_PEOPLE)
def test_names_and_phones_of_healthy_shops_are_right(title, action_source, source):
    facts = [
        order(number, source=source, action_source=action_source, external_id=number, **dict(
            zip(("ph", "fn", "ln"), HEALTHY_PEOPLE[title](number), strict=True)))
        for number in range(90)
    ]  # fmt: skip
    assert observe(facts) == ()


def test_offline_events_have_no_part_in_it():
    facts = [fact._replace(action_source="offline") for fact in people("em", 10)]
    assert measure("same-email-for-everybody", facts) is None


@pytest.mark.parametrize(
    ("number", "people", "told"), [(10, 1, False), (11, 1, True), (4, 4, False), (5, 5, True)]
)
def test_an_order_id_of_over_ten_ids_or_five_people_is_a_constant(number, people, told):
    facts = [order(index, order_id="cart", em=index % people) for index in range(number)]
    assert (measure("same-order-id-for-everybody", facts) is not None) is told


@pytest.mark.parametrize(
    ("same", "other", "value", "products", "told"),
    [
        (20, 1, 9.0, 5, (20, 21)),
        (19, 0, 9.0, 5, None),
        (20, 2, 9.0, 5, None),
        (20, 0, 9.0, 4, None),
        (10, 0, 0.0, 1, (10, 10)),
        (10, 0, 1.0, 1, (10, 10)),
        (9, 0, 0.0, 1, None),
        (10, 0, 2.0, 5, None),
    ],
)
def test_one_value_for_whatever_was_bought_is_told(same, other, value, products, told):
    facts = [order(number, value=value, products=number % products) for number in range(same)]
    facts += [order(100 + number, value=50.0 + number) for number in range(other)]
    assert measure("same-value-for-everybody", facts) == told


@pytest.mark.parametrize(
    ("value", "worth", "told"), [(1.0, 1.0, None), (0.0, 0.0, None), (0.0, 9.0, (10, 10))]
)
def test_orders_of_one_that_cost_one_are_right(value, worth, told):
    facts = [order(number, value=value, worth=worth, products=1) for number in range(10)]
    assert measure("same-value-for-everybody", facts) == told


@pytest.mark.parametrize(("worth", "told"), [(9.0, None), (9.004, None), (9.006, (20, 20)), (None, (20, 20))])
def test_one_price_for_everything_in_the_shop_is_right(worth, told):
    facts = [order(number, value=9.0, worth=worth, products=number % 5) for number in range(20)]
    assert measure("same-value-for-everybody", facts) == told


@pytest.mark.parametrize(("action_source", "told"), [("web", (60, 60)), ("app_ios", None)])
def test_everybody_may_have_the_user_agent_of_the_app(action_source, told):
    facts = [order(number, user_agent=1, action_source=action_source) for number in range(60)]
    assert measure("same-user-agent-for-everybody", facts) == told


def test_events_of_an_app_have_no_part_in_the_share_of_a_user_agent():
    web = [order(number, user_agent=1) for number in range(60)]
    app = [order(100 + number, user_agent=2, action_source="app_ios") for number in range(60)]
    assert measure("same-user-agent-for-everybody", [*web, *app]) == (60, 60)


def through(addresses, people, **columns):
    """An order of each of so many people, through so many addresses."""
    return [order(number, em=number, ip=number % addresses, **columns) for number in range(people)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (through(2, 20), (20, 20)),
        (through(4, 20), (20, 20)),
        (through(5, 20), None),
        (through(2, 19), None),
        (through(1, 20), None),
        (through(4, 20, action_source="offline"), None),
        ([fact._replace(em=1) for fact in through(4, 20)], None),
    ],
)
def test_a_handful_of_addresses_for_many_people_are_proxies(facts, told):
    assert measure("few-ip-addresses-for-everybody", facts) == told


@pytest.mark.parametrize(
    ("back", "moved", "told"), [(4, 0, (24, 24)), (5, 0, None), (8, 1, None), (8, 2, (28, 28))]
)
def test_people_who_come_back_with_the_address_they_had_share_an_office(back, moved, told):
    facts = through(4, 20)
    again = [fact._replace(seq=100, event_id=f"again-{fact.em}") for fact in facts[:back]]
    again = [fact._replace(ip=(fact.ip + (fact.em < moved)) % 4) for fact in again]
    assert measure("few-ip-addresses-for-everybody", [*facts, *again]) == told


def test_one_address_for_nearly_all_is_told_once():
    mostly = [*through(1, 18), *(order(100 + number, em=100 + number, ip=7) for number in range(2))]
    rules = {found.rule for found in observe(mostly)}
    assert "few-ip-addresses-for-everybody" not in rules


def visits(number, *, products=5, names=("page_visit",), people=10, elsewhere=0, **columns):
    """Events of different products, names and people on one URL, and others on URLs of their own."""
    for index in range(number + elsewhere):
        yield order(
            index,
            **{
                "event_name": names[index % len(names)],
                "products": index % products,
                "em": index % people,
                "url": 1 if index < number else 100 + index,
                **columns,
            },
        )


STEPS = ("view_category", "add_to_cart", "initiate_checkout", "checkout")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (visits(20), (20, 20)),
        (visits(19), None),
        (visits(20, products=4), None),
        (visits(20, people=9), None),
        (visits(20, elsewhere=1), (20, 21)),
        (visits(20, elsewhere=2), None),
        (visits(20, names=("view_content",)), (20, 20)),
        (visits(40, names=("checkout",)), None),
        (visits(40, names=STEPS, products=5), (40, 40)),
        (visits(40, names=STEPS[1:]), None),
        (visits(40, names=STEPS, products=4), None),
        (visits(20, action_source="app_ios"), None),
        (visits(20, duplicate_of=1), (20, 20)),
        (visits(20, url=None), None),
    ],
)
def test_one_url_for_the_pages_of_several_products_is_told(facts, told):
    assert measure("same-page-for-everybody", facts) == told


def test_the_number_of_addresses_is_told():
    (told,) = observe(through(3, 30))
    assert (
        told.sentence == "The API sends only 3 addresses as client_ip_address for many people, in 30 events."
    )
    assert (told.severity, told.effect) == ("warning", "wrong")
