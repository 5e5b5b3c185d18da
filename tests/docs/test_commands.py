"""Every command that a page shows is one of mockpin's, and has the options that the page gives it.

What they do is tested elsewhere: the README's and those of docs/start beside this, others by their own tests.
"""

import re
import shlex

import click
import pytest

from mockpin.cli import mockpin
from mockpin.cli.command_names import COMMANDS
from tests.conftest import FIXTURES

ROOT = FIXTURES.parent
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").rglob("*.md")),
]
#: A command on a line of code, or alone between backticks.
SHOWN = re.compile(r"^(?: {4}|\$ )(mockpin [a-z].*)$|`(mockpin [a-z][^`]*)`", re.MULTILINE)
SCRIPT = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: The line that says that a server is ready begins like a command.
NO_COMMANDS = {"ready"}
#: An option; what follows `--` by itself belongs to another program.
OPTION = re.compile(r"--?[a-z][a-z-]*")


def list_commands():
    """Yield (page, command) for each command shown; a line that ends in a backslash goes on."""
    for page in PAGES:
        text = page.read_text("utf-8").replace("\\\n", " ")
        text = SCRIPT.sub(lambda block: re.sub("^", "$ ", block[1], flags=re.MULTILINE), text)
        for line, inline in SHOWN.findall(text):
            words = split(line or inline)
            if len(words) > 1 and words[1] not in NO_COMMANDS:
                yield page.relative_to(ROOT), tuple(words[1:])


def split(text):
    """The words of a command, up to a comment, a pipe or another program."""
    try:
        words = shlex.split(text, comments=True)
    except ValueError:
        words = text.split()
    ends = [words.index(end) for end in ("--", "|", ">", "&", "&&", ";") if end in words]
    return words[: min(ends, default=len(words))]


def find_options(words):
    """Every spelling of the options of a command and of its subcommands."""
    command = mockpin.get_command(click.Context(mockpin), words[0])
    commands = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
    params = [param for command in commands for param in command.params]
    return {spelling for param in params for spelling in (*param.opts, *param.secondary_opts)} | {
        "--help",
        "-h",
    }


def test_the_pages_show_every_command_and_no_other():
    assert {words[0] for _, words in list_commands()} == set(COMMANDS)


@pytest.mark.parametrize(
    ("page", "words"),
    sorted(set(list_commands()), key=str),
    ids=lambda part: " ".join(map(str, part))[:60] if isinstance(part, tuple) else str(part),
)
def test_a_command_on_a_page_has_the_options_that_it_shows(page, words):
    options = {word.partition("=")[0] for word in words if OPTION.match(word)}
    assert options <= find_options(words), page
