"""Follow a page of docs/start as a reader does: save its files, run its commands, compare what they print."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "start"
BLOCK = re.compile(r'^```(\w+)(?: title="(\S+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
#: A block that installs: a reader who has installed mockpin already leaves it out.
INSTALLS = re.compile(r"^pip install ", re.MULTILINE)
#: Variables that a reader does not have: those of a test run, of its CI, and what mockpin itself reads.
FOREIGN = ("GITHUB_", "MOCKPIN_", "PINTEREST_", "PYTEST_")


@dataclass(frozen=True)
class Step:
    """Something the reader does: save a file, or run a script that must print some lines in their order."""

    script: str = ""
    file: str = ""
    text: str = ""
    lines: tuple[str, ...] = ()
    status: int = 0
    installs: bool = field(default=False)


def read_page(page: Path) -> Iterator[Step]:
    """Yield what a page has its reader do, in order."""
    for language, file, text in BLOCK.findall(page.read_text("utf-8")):
        if file:
            yield Step(file=file, text=text)
        elif language == "sh":
            yield Step(text, installs=bool(INSTALLS.search(text)))
        elif language == "console":
            yield from map(_read_command, re.split(r"^\$ ", text, flags=re.MULTILINE)[1:])


def _read_command(text: str) -> Step:
    command, *lines = text.splitlines()
    status = re.search(r"# exits with (\d+)$", command)
    return Step(
        command, lines=tuple(line for line in lines if line != "..."), status=int(status[1]) if status else 0
    )


def follow(step: Step, folder: Path, path: str) -> None:
    """Do one step in a folder. Fails when the status or the printed lines are not the page's."""
    if step.file:
        (folder / step.file).write_text(step.text, "utf-8")
        return
    environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    answer = subprocess.run(
        ["bash", "-ec", step.script], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**environment, "PATH": path, "no_proxy": "127.0.0.1"}, timeout=900, check=False,
    )  # fmt: skip
    assert answer.returncode == step.status, answer.stdout
    rest = answer.stdout
    for line in step.lines:
        _, found, rest = rest.partition(line)
        assert found, f"{line!r} is not where the page has it, in:\n{answer.stdout}"
