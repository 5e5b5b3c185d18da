"""The file in which `send` leaves what was not processed, for `send` to take again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from mockpin.cli.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def keep_failed(path: Path, events: Sequence[dict[str, Any]], *, inputs: Iterable[str]) -> None:
    """Write the events one a line, whole or not at all, for their owner's eyes only.

    What the file holds already stays, unless it was among the inputs and has thus been sent again.
    """
    from transformer.js import stringify  # noqa: PLC0415 - loaded when first needed

    sent_again = any(path.exists() and each != "-" and path.samefile(each) for each in inputs)
    kept = path.read_text(encoding="utf-8") if path.exists() and not sent_again else ""
    text = kept + "".join(f"{stringify(event)}\n" for event in events)
    if text or sent_again:
        replace_file(path, text)


def replace_file(path: Path, text: str) -> None:
    """Put a text in a file's place in one step."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputUnreadable(f"The failed events cannot be written to {path}: {error.strerror}.") from error
