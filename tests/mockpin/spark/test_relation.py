"""Facts on a cluster, with SQLite in the place of Spark."""

from contextlib import closing

import pytest

from mockpin.observations.facts import Fact
from mockpin.observations.limits import Limits, ObservationLimit
from mockpin.observations.relation import Facts
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.spark.relation import ArchiveFacts, SparkEngine, open_facts
from mockpin.spark.schema import FACT_COLUMNS, describe_columns
from tests.mockpin.observations.random_facts import make_facts
from tests.mockpin.spark.frames import CORES, Session

FACTS = [Fact(kind="event", event_name=name, status="processed") for name in ("lead", "signup", "lead")]


@pytest.fixture
def session():
    with closing(Session(spark_sql_shuffle_partitions="7")) as session:
        yield session


@pytest.fixture
def facts(session):
    """Facts whose ids fall."""
    rows = [(9 - number, *fact) for number, fact in enumerate(FACTS)]
    return session.createDataFrame(rows, describe_columns(FACT_COLUMNS))


def test_few_facts_are_asked_on_the_driver_in_the_order_of_their_ids(facts):
    with open_facts(facts, most_on_driver=3) as relation:
        assert not isinstance(relation, ArchiveFacts)
        names = relation.ask("SELECT event_name FROM facts ORDER BY id")
    assert [name for (name,) in names] == ["lead", "signup", "lead"]


def test_more_facts_than_the_driver_takes_are_asked_where_they_are(facts, session):
    with open_facts(facts, most_on_driver=2) as relation:
        assert isinstance(relation, ArchiveFacts)
        assert relation.ask("SELECT COUNT(*) FROM facts") == [(3,)]
        assert session.partitions == 2 * CORES
    assert session.kept == []


def test_the_session_of_the_engine_counts_as_sqlite_does_and_has_the_settings_of_its_users(facts, session):
    SparkEngine(facts)
    assert session.settings["spark.sql.ansi.enabled"] == "false"
    assert session.settings["spark.sql.session.timeZone"] == "UTC"
    assert session.settings["spark.sql.shuffle.partitions"] == "7"
    assert "spark.sql.adaptive.enabled" not in session.settings


def test_no_side_of_a_join_is_sent_whole_to_every_worker(facts, session):
    SparkEngine(facts)
    assert session.settings["spark.sql.autoBroadcastJoinThreshold"] == "-1"


def test_a_table_takes_the_place_of_an_earlier_one_which_is_no_longer_kept(facts, session):
    engine = SparkEngine(facts)
    engine.materialize("names", "SELECT event_name FROM facts WHERE event_name = 'lead'")
    assert (engine.ask("SELECT COUNT(*) FROM names"), len(session.kept)) == ([(2,)], 2)
    engine.replace("names", {"name": "TEXT", "number": "BIGINT"}, [["a", 1], ("b", 2), ("c", 3)])
    assert engine.ask("SELECT * FROM names") == [("a", 1), ("b", 2), ("c", 3)]
    assert len(session.kept) == 2


def test_a_closed_engine_keeps_nothing(facts, session):
    engine = SparkEngine(facts)
    engine.replace("names", {"name": "TEXT"}, [["a"]])
    engine.close()
    views = session.database.execute("SELECT COUNT(*) FROM global_temp.sqlite_master").fetchall()
    assert (session.kept, views) == ([], [(0,)])


class OneRuleEngine(SparkEngine):
    """An engine for facts with one rule at most, because SQLite cannot split texts into rows."""

    def ask(self, query):
        return super().ask(query.replace("EXPLODE(SPLIT(rules, ' '))", "rules"))


LIMITS = Limits({
    name: ObservationLimit(least=2, threshold=rule.threshold and min(rule.threshold, 0.15))
    for name, rule in OBSERVATION_RULES.items()
})  # fmt: skip


def test_facts_on_a_cluster_show_what_they_show_on_the_driver(session):
    made = [fact._replace(rules=fact.rules.split(" ")[0]) for fact in make_facts(seed=7, number=300)]
    with Facts() as relation:
        relation.add(made)
        expected = relation.observe(LIMITS)
    rows = [(number, *fact) for number, fact in enumerate(made, 1)]
    facts = session.createDataFrame(rows, describe_columns(FACT_COLUMNS))
    with ArchiveFacts(OneRuleEngine(facts)) as relation:
        assert relation.observe(LIMITS) == expected
    assert {"hash-case:warning", "em-form:error"} & {fact.rules for fact in made}
    assert len(expected) > 10
