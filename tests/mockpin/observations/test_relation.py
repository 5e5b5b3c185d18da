"""What the rules say about facts, whichever way the facts came in."""

import pytest

from mockpin.observations.facts import Fact
from mockpin.observations.limits import Limits, ObservationLimit
from mockpin.observations.relation import MAX_EXAMPLES, Facts


def order(number, *, source="api", **columns):
    usual = {
        "account": "549755885175", "source": source, "seq": number, "request": number,
        "event_name": "checkout",
        "event_id": f"id-{number}", "order_id": f"order-{number}", "event_time": 1000.0 + number,
        "arrival": 1002.0 + number, "action_source": "web", "value": 10.0 + number % 7, "currency": "EUR",
        "products": number % 11, "em": 5000 + number, "ip": 9000 + number,
    }  # fmt: skip
    return Fact(**{**usual, **columns})


def shop(orders):
    """The tag and the API report every order."""
    for number in range(1, orders + 1):
        yield order(number, source="tag", ip=None)
        yield order(number)


def observe(facts, **limits):
    with Facts() as relation:
        relation.add(facts)
        return relation.observe(Limits(limits))


@pytest.mark.parametrize("orders", [0, 1, 10, 40, 200])
def test_a_healthy_shop_is_told_nothing(orders):
    assert observe(shop(orders)) == ()


def test_orders_under_two_ids_are_counted_with_examples_that_show_both_events():
    twice = [order(number, seq=100 + number, event_id=f"again-{number}") for number in range(1, 20)]
    (found,) = observe([*shop(20), *twice])
    assert (found.rule, found.severity, found.effect, found.events) == (
        "order-counted-twice", "error", "doubled", 19,
    )  # fmt: skip
    assert found.sentence.startswith("19 of 59 checkout events report an order again")
    assert [str(example) for example in found.examples[:2]] == ["#1", "#101"]
    assert len(found.examples) == MAX_EXAMPLES


def test_the_refused_events_of_a_name_are_of_all_that_came_under_it():
    refused = [order(number, status="refused", seq=None, cause="a reason (400)") for number in range(50, 60)]
    (found,) = observe([*shop(2), *refused])
    assert (found.rule, found.events, found.total) == ("event-refused", 10, 14)


@pytest.mark.parametrize(("people", "rules"), [(9, []), (10, ["seen-by-api-only"])])
def test_a_few_people_who_block_the_tag_and_come_often_are_no_page_without_it(people, rules):
    blocked = [order(100 + number, ip=number % people, external_id=None) for number in range(60)]
    assert [found.rule for found in observe([*shop(20), *blocked])] == rules


def test_what_is_turned_off_is_not_said():
    twice = [*shop(1), order(1, event_id="again")]
    assert observe(twice, **{"order-counted-twice": ObservationLimit(severity="off")}) == ()
    (found,) = observe(twice, **{"order-counted-twice": ObservationLimit(severity="warning")})
    assert found.severity == "warning"


def test_a_threshold_decides_when_a_share_is_told():
    facts = [*shop(80), *(order(100 + number, source="tag") for number in range(10))]
    limit = {"seen-by-tag-only": ObservationLimit(threshold=0.1)}
    assert [found.rule for found in observe(facts, **limit)] == ["seen-by-tag-only"]
    assert observe(facts) == ()
