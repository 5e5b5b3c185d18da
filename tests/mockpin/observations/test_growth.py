"""The work of each query grows with the number of facts, not with its square, whatever the facts share."""

from collections import Counter

import pytest

from mockpin.observations.engines.sqlite import SqliteEngine
from mockpin.observations.facts import Fact
from mockpin.observations.relation import Facts
from tests.mockpin.observations.random_facts import make_facts

#: Steps of SQLite's virtual machine after which it is asked to count them.
STEPS = 100
FEW, MANY = 400, 1600
#: Four times the facts: a query that sorts takes up to 5 times the steps, a quadratic one 16 times.
MOST = 8
#: Steps below which a query is quick, however it grows.
SMALL = 200_000
NAMES = ("page_visit", "add_to_cart", "checkout", "lead", "signup")
ONE_PERSON = {"em": 1, "external_id": 1, "click_id": 1, "maid": 1, "ip": 1, "user_agent": 1}
ONE_MOMENT = {"event_time": 1e6, "arrival": 1e6}


class CountingEngine(SqliteEngine):
    """An engine that counts the steps of each query."""

    def __init__(self):
        super().__init__()
        self.steps, self._query = Counter(), ""
        self._database.set_progress_handler(self._count, STEPS)

    def _count(self):
        self.steps[self._query] += STEPS

    def copy(self):
        return None

    def materialize(self, table, select):
        self._query = table
        super().materialize(table, select)

    def ask(self, query):
        self._query = query
        return super().ask(query)


def report_pairs(number, **shared):
    """The journeys of people, each step told by the tag and the API, but for what all events share."""
    for index in range(number // 2):
        name, person = NAMES[index % len(NAMES)], dict.fromkeys(ONE_PERSON, index // len(NAMES))
        event_time = 1e6 + 37 * index
        usual = {
            **person, **dict.fromkeys(("products", "page", "url"), index), "account": "549755885175",
            "event_name": name, "event_id": f"{name}-{index}", "order_id": f"order-{index}",
            "event_time": event_time, "arrival": event_time + 1, "action_source": "web",
            "value": 10.0 + index % 97, "currency": "EUR",
        }  # fmt: skip
        for seq, source in enumerate(("tag", "api"), 2 * index):
            yield Fact(**{**usual, "source": source, "seq": seq, "request": seq, **shared})


def count_steps(facts, query=None):
    engine = CountingEngine()
    with Facts(engine) as relation:
        relation.add(facts)
        if query:
            relation.ask(query)
        else:
            relation.observe()
    return engine.steps


def find_growing(few, many):
    """The queries whose steps grow too much from few facts to four times as many."""
    return [query for query, steps in many.items() if steps > SMALL and steps > MOST * few[query]]


@pytest.mark.parametrize(
    "shared",
    [
        {}, {"event_id": "one"}, {"order_id": "one"}, ONE_PERSON, ONE_MOMENT, {"page": 1, "url": 1},
        {"event_name": "checkout"}, {"event_name": "checkout", **ONE_PERSON},
        {"event_name": "lead", **ONE_PERSON, **ONE_MOMENT}, {"event_name": "page_visit", **ONE_PERSON, "page": 1},
        {"source": "api"}, {"source": "tag"}, {"status": "refused"}, {"action_source": "offline", "order_id": "one"},
        {"action_source": "app_ios", **ONE_PERSON}, {"products": 1}, {"clicked": 1, "click_id": None},
        {"clicked": 1, "click_id": None, "em": 1}, {"ph": 1, "fn": 1, "ln": 1}, {"event_time": 9e5},
    ],
    ids=str,
)  # fmt: skip
def test_no_query_takes_much_longer_for_facts_that_share_a_value(shared):
    few, many = (count_steps(report_pairs(number, **shared)) for number in (FEW, MANY))
    assert find_growing(few, many) == []


@pytest.mark.parametrize("ids", [1, 8])
def test_no_query_takes_much_longer_for_facts_that_meet_at_random(ids):
    few, many = (count_steps(make_facts(ids, number, ids=ids)) for number in (FEW, MANY))
    assert find_growing(few, many) == []


def test_a_quadratic_query_is_found():
    query = "SELECT COUNT(*) FROM facts AS one JOIN facts AS other ON other.em < one.em"
    few, many = (count_steps(report_pairs(number), query) for number in (FEW, MANY))
    assert find_growing(few, many) == [query]
