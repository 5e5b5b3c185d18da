"""What the rules say about facts, whichever way the facts came in."""

import pytest

from mockpin.observations.engines.engine import EngineFailed
from mockpin.observations.engines.sqlite import SqliteEngine
from mockpin.observations.limits import ObservationLimit
from mockpin.observations.relation import Facts
from mockpin.observations.rules import OBSERVATION_RULES
from tests.mockpin.observations.relations import observe, order, shop


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
    assert len(found.examples) == 10


def test_the_refused_events_of_a_name_are_of_all_that_came_under_it():
    refused = [order(number, status="refused", seq=None, cause="a reason (400)") for number in range(50, 60)]
    (found,) = observe([*shop(2), *refused])
    assert (found.rule, found.events, found.total) == ("event-refused", 10, 14)


def test_a_request_is_an_example_once_however_many_events_were_lost_with_it():
    lost = [
        order(number, status="refused", seq=None, request=7, cause="a reason (400)") for number in range(5)
    ]
    (found,) = observe(lost)
    assert (found.events, [str(example) for example in found.examples]) == (5, ["request 7"])


def test_findings_are_counted_on_the_events_that_the_emulator_judged():
    warned = [order(number, rules="currency-form:warning") for number in range(1, 12)]
    others = [order(20), order(21, test=1), order(22, status="refused", seq=None), order(23, source="tag")]
    found = next(found for found in observe([*warned, *others]) if found.rule == "warning-on-nearly-all")
    assert (found.events, found.total, found.source, found.detail) == (11, 12, "api", "currency-form")
    assert [str(example) for example in found.examples] == ["#1", "#11"]


def test_a_total_is_of_the_events_of_its_own_account():
    refused = [order(number, status="refused", seq=None, cause="a reason (400)") for number in range(50, 60)]
    (found,) = observe(
        [*shop(2), *refused, order(90, account="7"), order(91, event_name="lead", order_id=None)]
    )
    assert (found.events, found.total) == (10, 14)


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


class EmptyCopies(SqliteEngine):
    """An engine whose copies have lost their facts."""

    def copy(self):
        twin = super().copy()
        twin._database.execute("DROP TABLE facts")
        return twin


def test_a_copy_that_fails_fails_the_observation():
    with Facts(EmptyCopies()) as relation, pytest.raises(EngineFailed, match="no such table"):
        relation.observe()


class NoCopies(SqliteEngine):
    """An engine that answers every query itself."""

    def copy(self):
        return None


def test_one_engine_says_what_two_say():
    twice = [order(number, event_id=f"again-{number}") for number in range(1, 20)]
    facts = [*shop(20), *twice, *(order(100 + number, em=1) for number in range(60))]
    told = observe(facts)
    with Facts(NoCopies()) as relation:
        relation.add(facts)
        assert relation.observe() == told
    assert len({found.rule for found in told}) > 1
    rules = [found.rule for found in told]
    assert rules == sorted(rules, key=[*OBSERVATION_RULES].index)


def test_facts_that_come_later_are_observed_as_well():
    with Facts() as relation:
        relation.add(shop(20))
        assert relation.observe() == ()
        relation.add([order(1, event_id="again")])
        assert [found.rule for found in relation.observe()] == ["order-counted-twice"]
