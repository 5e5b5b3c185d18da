"""`mockpin demo` as a user runs it."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.demo import command, describe_facts, describe_limited


@pytest.fixture(scope="module")
def table():
    done = CliRunner().invoke(command, env={"COLUMNS": "40"})
    assert done.exit_code == 0
    return done.stdout


def test_each_event_has_a_row(table):
    assert [number for number in range(1, 16) if f"\u2502 {number:<2} \u2502" not in table] == []


def test_a_duplicate_names_the_row_of_its_first(table):
    (row,) = (line for line in table.splitlines() if "of row" in line)
    assert "of row 8" in row


def test_no_word_is_cut_on_a_terminal_of_80_columns_or_fewer(table):
    assert "\N{HORIZONTAL ELLIPSIS}" not in table
    assert max(map(len, table.splitlines()[:-1])) <= 80


def test_a_terminal_that_knows_only_ascii_has_the_table_in_ascii():
    assert CliRunner(charset="ascii").invoke(command).stdout_bytes.isascii()


def test_a_failed_event_is_reported_as_nothing(table):
    failed = [line.rstrip("\u2502 ") for line in table.splitlines() if "failed" in line]
    assert [line.endswith("not asked for") for line in failed[:2]] == [True, True]


def test_the_verdicts_are_counted(table):
    assert table.splitlines()[-1].startswith("9 processed, 2 failed, 2 refused, 2 not sent.")


RECORD = {
    "event_name": "lead", "duplicate_of": None, "status": "processed", "reported_as": "web",
    "limited_data_processing": {"applies": True}, "payload": {"custom_data": {"opt_out_type": "LDP"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("record", "facts"),
    [
        (None, ("", "", "", "")),
        (RECORD, ("lead", "no", "yes", "web")),
        ({**RECORD, "status": "failed"}, ("lead", "no", "yes", "")),
        ({**RECORD, "duplicate_of": 7}, ("lead", "of row 3", "yes", "web")),
    ],
)
def test_the_facts_of_an_event_are_told_in_words(record, facts):
    told = describe_facts(SimpleNamespace(verdict="processed", record=record), {7: 3})
    assert (told[0], *told[2:]) == facts
    assert "processed" in told[1]


@pytest.mark.parametrize(
    ("applies", "custom_data", "said"),
    [
        (True, {"opt_out_type": "LDP"}, "yes"),
        (False, {"opt_out_type": "x"}, "no"),
        (False, {}, "not asked for"),
    ],
)
def test_limited_data_processing_is_told_where_it_was_asked_for(applies, custom_data, said):
    record = {"limited_data_processing": {"applies": applies}, "payload": {"custom_data": custom_data}}
    assert describe_limited(record) == said
