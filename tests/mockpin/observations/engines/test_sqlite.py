"""SQLite as an engine: what it says when it has no room."""

from contextlib import closing

import pytest

from mockpin.observations.engines.engine import EngineFailed
from mockpin.observations.engines.sqlite import SqliteEngine
from mockpin.observations.facts import Fact
from mockpin.observations.relation import Facts


def test_a_full_disk_is_told_with_what_to_do():
    with closing(SqliteEngine()) as engine:
        engine._database.execute("PRAGMA max_page_count = 40")
        with pytest.raises(EngineFailed, match=r"SQLite .*disk is full\. Give .* more memory, .*TMPDIR"):
            Facts(engine).add(Fact(cause="x" * 4000) for _ in range(100))


def test_memory_is_bounded_as_asked():
    with closing(SqliteEngine(memory_mb=7)) as engine:
        assert engine.ask("PRAGMA cache_size") == [(-7000,)]
