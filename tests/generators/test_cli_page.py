"""docs/cli.md, as the commands say it."""

import click

from generators.cli_page import chapter, manual, row, section
from mockpin.cli import COMMANDS, mockpin
from tests.conftest import FIXTURES

PAGE = (FIXTURES.parent / "docs" / "cli.md").read_text("utf-8")
CONTEXT = click.Context(mockpin, info_name="mockpin")


def test_the_page_says_what_the_commands_say():
    assert manual() == PAGE, "run make docs"


def test_every_command_has_a_section():
    assert all(f"\n## mockpin {name}" in PAGE for name in COMMANDS)


@click.command()
@click.argument("file")
@click.option("--form", type=click.Choice(["a", "b"]), help="The form.")
@click.option("--hidden", hidden=True)
def show(**_options):
    """Show a file.

    \b
    As it is.
    """


def test_a_command_has_its_usage_its_help_and_a_row_for_each_option():
    assert list(section(CONTEXT, "show", show)) == [
        "", "## mockpin show", "", "    mockpin show [OPTIONS] FILE", "", "Show a file.\n\nAs it is.", "",
        "| option | meaning |", "|---|---|", r"| `--form [a\|b]` | The form. |",
    ]  # fmt: skip


def test_an_option_without_help_has_its_flag():
    option = click.Option(["--ad-account"], hidden=True)
    assert row(option, CONTEXT) == "| `--ad-account` |  |"


def test_the_commands_of_a_group_follow_one_another():
    titles = [line for line in chapter(CONTEXT, "contract") if line.startswith("## ")]
    assert titles
    assert all(title.startswith("## mockpin contract ") for title in titles) or titles == [
        "## mockpin contract"
    ]
    assert list(chapter(CONTEXT, "no-such-command")) == []
