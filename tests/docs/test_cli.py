from mockpin.cli import COMMANDS
from mockpin.cli.manual import manual
from tests.conftest import FIXTURES

PAGE = (FIXTURES.parent / "docs" / "cli.md").read_text("utf-8")


def test_the_page_says_what_the_commands_say():
    assert manual() == PAGE, "run make docs"


def test_every_command_has_a_section():
    assert all(f"\n## mockpin {name}" in PAGE for name in COMMANDS)
