"""The data mockpin ships: in a checkout the folder `fixtures`, in a wheel `mockpin/_fixtures`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from mockpin_validator.files import read_whole

_INSTALLED = Path(__file__).parent / "_fixtures"
ROOT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "fixtures"


class FixtureUnreadable(Exception):
    """A shipped file is missing or damaged: the installation is not whole."""


def cases(kind: str, *, root: Path = ROOT) -> Iterator[tuple[str, Any]]:
    """Each case of a kind, such as `demo`, as (name, JSON), by name.

    Raises:
        FixtureUnreadable: The folder is missing or a file in it is not JSON; the message names it.
    """
    folder = root / kind
    if not folder.is_dir():
        raise FixtureUnreadable(f"{folder} is missing: install mockpin again.")
    for path in sorted(folder.glob("*.json")):
        yield path.stem, read(path)


def read(path: Path) -> Any:
    """The JSON of one file."""
    try:
        return orjson.loads(read_whole(path))
    except (OSError, ValueError) as error:
        raise FixtureUnreadable(f"{path} cannot be read as JSON: {error}. Install mockpin again.") from error
