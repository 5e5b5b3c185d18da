"""The file in which `send` leaves what was not processed, for `send` to take again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from mockpin.cli.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mockpin.cli.event_files import Located


def keep_failed(path: Path, failed: Sequence[Located], *, inputs: Iterable[str]) -> list[Located]:
    """Write the events one a line, whole or not at all, for their owner's eyes only; give those withheld.

    Plain text of a match key is not written: such an event is withheld, unless it was read from this very
    file. What the file holds already stays, unless it was among the inputs and has thus been sent again.
    InputUnreadable if the file cannot be written.
    """
    from transformer.js import stringify  # noqa: PLC0415 - loaded when first needed

    own_places = tuple(f"{each}:" for each in inputs if is_same_file(path, each))
    written: list[Located] = []
    withheld: list[Located] = []
    for each in failed:
        may_write = each.place.startswith(own_places) or not shows_plain_text(each.event)
        (written if may_write else withheld).append(each)
    if written or own_places:
        replace_file(path, [stringify(each.event) for each in written], keep=not own_places)
    return withheld


def is_same_file(path: Path, name: str) -> bool:
    """Whether an input is the file of failed events."""
    return name != "-" and path.exists() and path.samefile(name)


def shows_plain_text(event: dict[str, Any]) -> bool:
    """Whether an event holds what belongs hashed and is not."""
    from mockpin.core.masking import mask_json  # noqa: PLC0415 - loaded when first needed

    return bool(mask_json(event) != event)


def replace_file(path: Path, lines: Sequence[str], *, keep: bool) -> None:
    """Put lines in a file's place in one step, behind those it has if they are to be kept."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        kept = path.read_bytes().splitlines() if keep and path.exists() else []
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(each + b"\n" for each in (*kept, *(line.encode() for line in lines)))
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputUnreadable(f"The failed events cannot be written to {path}: {error.strerror}.") from error
