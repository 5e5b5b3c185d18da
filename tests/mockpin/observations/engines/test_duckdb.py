"""DuckDB answers every rule as SQLite does, in the memory that it is given."""

from contextlib import closing

import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.observations.engines.duckdb import ROWS_AT_ONCE, DuckdbEngine
from mockpin.observations.engines.engine import EngineFailed
from mockpin.observations.engines.sqlite import SqliteEngine
from mockpin.observations.facts import Fact
from mockpin.observations.limits import Limits, ObservationLimit
from mockpin.observations.relation import Facts
from mockpin.observations.rules import OBSERVATION_RULES
from tests.mockpin.observations.random_facts import VALUES, make_facts


def eager(rule):
    """Limits at which a rule may speak of a few events."""
    return ObservationLimit(least=2, threshold=rule.threshold and min(rule.threshold, 0.15))


LIMITS = [Limits({name: eager(rule) for name, rule in OBSERVATION_RULES.items()}), Limits()]
ARCHIVES = st.builds(
    lambda **how: [*make_facts(**how)],
    seed=st.integers(0, 2**32),
    number=st.integers(0, 400),
    ids=st.sampled_from([2, 8, 100]),
    files=st.sampled_from([0, 0, 3]),
    constant=st.sets(st.sampled_from(sorted(VALUES)), max_size=5),
)


def observe(engine, facts, limits):
    with Facts(engine) as relation:
        relation.add(facts)
        return relation.observe(limits)


@settings(max_examples=settings.default.max_examples // 5, deadline=None)
@given(facts=ARCHIVES, limits=st.sampled_from(LIMITS))
def test_every_observation_is_the_same_as_of_sqlite(facts, limits):
    expected = observe(SqliteEngine(), facts, limits)
    for seen in {observation.rule for observation in expected} or {"nothing"}:
        note(seen)
    assert observe(DuckdbEngine(), facts, limits) == expected


def test_rows_are_there_before_and_after_a_full_lot_of_them():
    with Facts(DuckdbEngine()) as relation:
        for first in (0, ROWS_AT_ONCE - 1):
            relation.add(Fact(seq=number) for number in range(first, first + ROWS_AT_ONCE - 1))
            ((rows, ids, last),) = relation.ask("SELECT COUNT(*), COUNT(DISTINCT id), MAX(seq) FROM facts")
            assert rows == ids == last + 1 == first + ROWS_AT_ONCE - 1


def test_the_temporary_files_are_gone_with_the_engine(tmp_path):
    with closing(DuckdbEngine(folder=tmp_path)):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_memory_and_room_that_do_not_suffice_are_told_with_what_to_do(tmp_path):
    with closing(DuckdbEngine(memory_mb=16, folder=tmp_path)) as engine:
        engine._database.execute("SET max_temp_directory_size = '1MB'")
        with pytest.raises(EngineFailed, match=r"DuckDB .*\. Give .* more memory, .*TMPDIR"):
            Facts(engine).add(Fact(cause=f"{number}" * 40) for number in range(ROWS_AT_ONCE))
