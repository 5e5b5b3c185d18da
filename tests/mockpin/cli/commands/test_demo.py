"""`mockpin demo` as a user runs it."""

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.demo import command


@pytest.fixture(scope="module")
def table():
    done = CliRunner().invoke(command, env={"COLUMNS": "80"})
    assert done.exit_code == 0
    return done.stdout


def test_each_event_has_a_row(table):
    assert [number for number in range(1, 16) if f"\u2502 {number:<2} \u2502" not in table] == []


def test_a_duplicate_names_the_row_of_its_first(table):
    (row,) = (line for line in table.splitlines() if "of row" in line)
    assert "of row 8" in row


def test_no_word_is_cut_on_a_terminal_of_80_columns(table):
    assert "\N{HORIZONTAL ELLIPSIS}" not in table
    assert max(map(len, table.splitlines()[:-1])) <= 80


def test_a_terminal_that_knows_only_ascii_has_the_table_in_ascii():
    assert CliRunner(charset="ascii").invoke(command).stdout_bytes.isascii()


def test_a_failed_event_is_reported_as_nothing(table):
    failed = [line.rstrip("\u2502 ") for line in table.splitlines() if "failed" in line]
    assert [line.endswith("not asked for") for line in failed[:2]] == [True, True]


def test_the_verdicts_are_counted(table):
    assert table.splitlines()[-1].startswith("9 processed, 2 failed, 2 refused, 2 not sent.")
