"""What nearly all events of a name have in common."""

import pytest

from mockpin.observations.families.habits import NOT_RAISED, WORTH_HAVING
from mockpin.rules import ROWS
from tests.mockpin.observations.relations import measure, observe, order


def events(found, rest, rules):
    return [order(number, rules=rules if number < found else "") for number in range(found + rest)]


@pytest.mark.parametrize(
    ("rule", "finding"),
    [
        ("warning-on-nearly-all", "match-key-not-hashed:warning"),
        ("info-on-nearly-all", "currency-form:info"),
    ],
)
def test_a_finding_on_nine_of_ten_events_is_one_of_the_sender(rule, finding):
    assert measure(rule, events(9, 1, finding)) == (9, 10)
    assert measure(rule, events(9, 0, finding)) is None
    assert measure(rule, events(8, 2, finding)) is None


@pytest.mark.parametrize("finding", ["value-missing:info", "currency-missing:info"])
def test_what_was_paid_is_missing_on_nine_of_ten_events_or_on_all_of_three(finding):
    rule = "field-missing-on-nearly-all"
    assert measure(rule, events(9, 1, finding)) == (9, 10)
    assert measure(rule, events(8, 2, finding)) is None
    assert measure(rule, events(8, 1, finding)) is None
    assert measure(rule, events(3, 0, finding)) == (3, 3)
    assert measure(rule, events(3, 1, finding)) is None
    assert measure(rule, events(2, 0, finding)) is None


@pytest.mark.parametrize("severity", ["warning", "info"])
@pytest.mark.parametrize("name", ["click-id-missing", *NOT_RAISED])
def test_what_may_be_so_on_purpose_is_not_raised(name, severity):
    rules = {observation.rule for observation in observe(events(10, 0, f"{name}:{severity}"))}
    assert not rules & {"warning-on-nearly-all", "info-on-nearly-all"}


def test_the_rules_that_are_named_exist():
    assert {*NOT_RAISED, *WORTH_HAVING} <= ROWS.keys()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (events(3, 7, "event-name-unknown:warning"), (3, 10)),
        (events(2, 8, "event-name-unknown:warning"), None),
        (events(5, 0, "event-name-unknown:warning"), (5, 5)),
        (events(5, 0, "event-name-form:info"), None),
        ([fact._replace(event_name="Purchase") for fact in events(5, 0, "event-name-unknown:warning")], None),
    ],
)
def test_a_name_of_pinterest_in_another_spelling_loses_events(facts, told):
    assert measure("event-name-misspelt", facts) == told
    lost = {(found.severity, found.effect) for found in observe(facts) if found.rule == "event-name-misspelt"}
    assert lost == ({("error", "lost")} if told else set())


def named(number, name, **columns):
    return [
        order(seq, event_name=name, rules="event-name-unknown:warning", **columns) for seq in range(number)
    ]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (named(3, "Purchase"), (3, 3)),
        (named(2, "Purchase"), None),
        (named(3, "Placed Order"), (3, 3)),
        (named(3, "complete_registration"), None),
        (named(3, "order_shipped"), None),
        ([*named(3, "Purchase"), order(9)], None),
        ([*named(3, "Purchase"), order(9, account="1")], (3, 3)),
        (
            [
                fact._replace(rules="tag-event-name-unknown:warning")
                for fact in named(3, "Purchase", source="tag")
            ],
            (3, 3),
        ),
    ],
)
def test_orders_by_another_platforms_name_are_lost_where_no_checkout_came(facts, told):
    assert measure("checkout-under-other-name", facts) == told
    lost = {
        (found.severity, found.effect)
        for found in observe(facts)
        if found.rule == "checkout-under-other-name"
    }
    assert lost == ({("error", "lost")} if told else set())


def test_the_sentence_about_a_spelling_reads_as_one():
    (told,) = observe(events(3, 7, "event-name-unknown:warning"))
    assert told.sentence == (
        "The API spells checkout differently in 3 of 10 events, such as with capitals or without an underscore; "
        "Pinterest files these under 'Unknown'."
    )


@pytest.mark.parametrize("finding", ["currency-missing:info", "tag-currency-missing:info"])
@pytest.mark.parametrize(
    ("found", "rest", "told"),
    [(5, 95, (5, 100)), (4, 16, None), (5, 96, None), (17, 3, (17, 20)), (18, 2, None)],
)
def test_a_currency_that_is_missing_at_times_is_told(finding, found, rest, told):
    assert measure("currency-missing-at-times", events(found, rest, finding)) == told


@pytest.mark.parametrize(("opted", "rest", "told"), [(5, 0, (5, 5)), (4, 0, None), (5, 1, None)])
def test_events_that_all_opt_out_have_a_default(opted, rest, told):
    facts = [order(number, opt_out=int(number < opted)) for number in range(opted + rest)]
    assert measure("opt-out-everywhere", facts) == told
    assert measure("opt-out-everywhere", [fact._replace(source="segment") for fact in facts]) is None


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"opted": 50, "rest": 12}, (50, 62)),
        ({"opted": 50, "rest": 13}, None),
        ({"opted": 49, "rest": 1}, None),
        ({"opted": 60, "rest": 1, "action_source": "app_ios"}, None),
        ({"opted": 60, "rest": 1, "ip": 7}, None),
    ],
)
def test_four_in_five_of_fifty_visitors_do_not_opt_out(facts, told):
    opted, rest = facts.pop("opted"), facts.pop("rest")
    made = [order(number, opt_out=int(number < opted), **facts) for number in range(opted + rest)]
    assert measure("opt-out-everywhere", made) == told


def looked(people, *, gap=1.0, only_looked=0, only_filled=0, **columns):
    """Visits of a product's page, each with a cart that is filled soon after, and some without the one or the other."""
    usual = {"order_id": None, **columns}
    for number in range(people + only_looked):
        yield order(number, event_name="page_visit", event_time=100.0 * number, **usual)
    for number in (*range(people), *range(500, 500 + only_filled)):
        same = {"em": 5000 + number, "event_time": 100.0 * number + gap}
        yield order(1000 + number, **{**same, "event_name": "add_to_cart", "products": number % 11, **usual})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (looked(20), (20, 20)),
        (looked(19), None),
        (looked(20, gap=0.0), (20, 20)),
        (looked(20, gap=2.0), (20, 20)),
        (looked(20, gap=3.0), None),
        (looked(20, gap=-1.0), None),
        (looked(20, only_looked=5), (20, 20)),
        (looked(20, only_looked=6), None),
        (looked(20, only_filled=5), (20, 25)),
        (looked(20, only_filled=6), None),
        (looked(20, products=None), None),
        (looked(20, em=None, ip=None), None),
        (looked(20, action_source="offline"), None),
        ([fact._replace(event_time=7.0) for fact in looked(20)], None),
        ([fact._replace(products=index) for index, fact in enumerate(looked(20))], None),
        ([fact._replace(em=index) for index, fact in enumerate(looked(20))], None),
    ],
)
def test_carts_that_are_filled_by_looking_at_products_are_told(facts, told):
    assert measure("cart-filled-by-looking", facts) == told
