"""SQLite as an engine: what it says when it has no room."""

from contextlib import closing

import pytest

from mockpin.observations.engines.engine import EngineFailed
from mockpin.observations.engines.sqlite import ROWS_ALIKE, ROWS_AT_ONCE, SqliteEngine
from mockpin.observations.facts import COLUMN_TYPES, Fact
from mockpin.observations.relation import Facts


def test_a_full_disk_is_told_with_what_to_do():
    with closing(SqliteEngine()) as engine:
        engine._database.execute("PRAGMA max_page_count = 10")
        with pytest.raises(EngineFailed, match=r"SQLite .*disk is full\. Give .* more memory, .*TMPDIR"):
            Facts(engine).add(Fact(cause="x" * 4000) for _ in range(100))


def test_a_small_table_that_has_no_room_is_told_so_too():
    with closing(SqliteEngine()) as engine:
        engine._database.execute("PRAGMA max_page_count = 10")
        with pytest.raises(EngineFailed, match="disk is full"):
            engine.replace("findings", {"rule": "TEXT"}, (("x" * 4000,) for _ in range(100)))


@pytest.mark.parametrize("number", [0, 1, ROWS_AT_ONCE, 2 * ROWS_AT_ONCE + 1])
def test_all_rows_are_added_in_their_order(number):
    with closing(SqliteEngine()) as engine:
        Facts(engine).add(Fact(seq=seq) for seq in range(number))
        rows = engine.ask("SELECT id, seq FROM facts ORDER BY id")
        assert rows == [(seq + 1, seq) for seq in range(number)]


@pytest.mark.parametrize(
    "facts",
    [
        [Fact()],
        [Fact(), Fact(kind="call", value=0.0, em=-1, status="", beside="", rules="a:error")],
        [Fact(seq=place, tag=None if place < ROWS_ALIKE else "") for place in range(ROWS_ALIKE + 1)],
        [Fact(*("x" if column == "TEXT" else 7 for column in COLUMN_TYPES.values()))],
    ],
)
def test_a_fact_is_stored_as_it_is_whichever_columns_hold_a_default(facts):
    with closing(SqliteEngine()) as engine:
        Facts(engine).add(facts)
        rows = engine.ask("SELECT * FROM facts ORDER BY id")
        assert rows == [(place, *fact) for place, fact in enumerate(facts, 1)]


def test_a_statement_has_no_more_values_than_the_oldest_sqlite_takes():
    assert ROWS_AT_ONCE * (len(COLUMN_TYPES) + 1) <= 999


def test_memory_is_bounded_as_asked():
    with closing(SqliteEngine(memory_mb=7)) as engine:
        assert engine.ask("PRAGMA cache_size") == [(-7000,)]


def test_pages_are_larger_than_usual_also_in_a_copy():
    with closing(SqliteEngine()) as engine, closing(engine.copy()) as twin:
        assert [one.ask("PRAGMA page_size") for one in (engine, twin)] == [[(16384,)], [(16384,)]]


def test_a_copy_has_the_same_facts_and_half_of_the_memory():
    with closing(SqliteEngine(memory_mb=8)) as engine:
        Facts(engine).add([Fact(seq=7)])
        with closing(engine.copy()) as twin:
            assert twin.ask("SELECT seq FROM facts") == [(7,)]
            assert [one.ask("PRAGMA cache_size") for one in (engine, twin)] == [[(-4000,)], [(-4000,)]]
