"""Tables on standard output."""

import subprocess
import sys

import pytest

PROGRAM = """
from rich.table import Table
from mockpin.cli.shared.tables import draw_table
print(draw_table(Table("a", "b", expand=True)))
"""


@pytest.mark.parametrize(("columns", "width"), [("0", 80), ("40", 80), ("100", 100)])
def test_a_table_is_as_wide_as_the_terminal_and_never_narrower_than_80_columns(columns, width):
    environment = {"COLUMNS": columns, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    assert {len(line) for line in done.stdout.splitlines() if line} == {width}
