"""The folder into which `mutate` writes: a body a file, and `labels.json` beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.strategies.mutations import BODY_MUTATIONS, MUTATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mockpin.strategies.mutations import BadPayload

LABELS = "labels.json"
NAMES = {each.name for each in MUTATIONS} | {each.name for each in BODY_MUTATIONS}


def fill_folder(folder: Path, bad_payloads: Sequence[BadPayload]) -> None:
    """Write the bodies and their labels in place of those of an earlier run.

    Raises InputUnreadable where a file that is none of these is in the way, and where none can be written.
    """
    files = {f"{bad.mutation.name}.json": bad.body for bad in bad_payloads}
    labels = {bad.mutation.name: _label(bad) for bad in bad_payloads}
    files[LABELS] = orjson.dumps(labels, option=orjson.OPT_INDENT_2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, files)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputUnreadable(f"{folder} cannot be written to: {error.strerror}.") from error


def _clear(folder: Path, names: dict[str, bytes]) -> None:
    """Remove what an earlier run wrote, unless one of the names is somebody else's file."""
    ours = _read_earlier(folder)
    for name in names:
        if name not in ours and (folder / name).exists():
            raise InputUnreadable(
                f"{folder / name} exists and was not written by mockpin mutate: name another folder."
            )
    for name in ours:
        (folder / name).unlink(missing_ok=True)


def _read_earlier(folder: Path) -> set[str]:
    """The files of an earlier run, by its labels."""
    try:
        labels = orjson.loads((folder / LABELS).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return set()
    if not isinstance(labels, dict) or not labels.keys() <= NAMES:
        return set()
    return {LABELS, *(f"{name}.json" for name in labels)}


def _label(bad: BadPayload) -> dict[str, Any]:
    return {key: value for key, value in bad.to_dict().items() if key in {"rule", "verdict", "status", "why"}}
