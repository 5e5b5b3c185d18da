"""What the rules need of a database."""

import tempfile
from contextlib import closing

import pytest

from mockpin.observations.engines.engine import (
    ENGINES,
    EngineFailed,
    EngineMissing,
    describe_columns,
    explain_failures,
    open_engine,
)


def test_columns_are_written_as_create_table_takes_them():
    assert describe_columns({"id": "BIGINT", "order": "TEXT"}) == '"id" BIGINT, "order" TEXT'


def test_an_engine_that_is_missing_says_how_to_install_it():
    assert str(EngineMissing("duckdb")) == (
        "The engine duckdb needs other packages: pip install 'mockpin[duckdb]'."
    )


def test_an_engine_that_failed_says_where_it_needs_room():
    assert str(EngineFailed("duckdb", "the disk is full")) == (
        "duckdb could not make the observations: the disk is full. Give it more memory, or a directory for "
        f"temporary files with more room than {tempfile.gettempdir()} (TMPDIR)."
    )


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_begins_empty(name):
    with closing(open_engine(name, 64)) as engine:
        assert list(map(tuple, engine.ask("SELECT COUNT(*) FROM facts"))) == [(0,)]


def test_an_engine_whose_packages_are_missing_is_told_with_the_extra():
    with pytest.raises(EngineMissing, match=r"The engine nosuch needs other packages: .*'mockpin\[nosuch\]'"):
        open_engine("nosuch")


def test_an_error_of_a_database_is_told_by_its_first_line_and_others_stay():
    with pytest.raises(EngineFailed) as failed, explain_failures("duckdb", KeyError, OSError):
        raise OSError("no room\nat all")
    assert (failed.value.engine, failed.value.problem) == ("duckdb", "no room")
    with pytest.raises(ValueError, match="other"), explain_failures("duckdb", OSError):
        raise ValueError("other")
