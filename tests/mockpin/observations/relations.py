"""Facts of orders, and what the rules say about them."""

from mockpin.observations.facts import Fact
from mockpin.observations.limits import Limits
from mockpin.observations.relation import Facts


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


def measure(rule, facts):
    """The events and the total of a rule's only observation; None where the rule says nothing."""
    told = [observation for observation in observe(facts) if observation.rule == rule]
    assert len(told) <= 1
    return (told[0].events, told[0].total) if told else None
