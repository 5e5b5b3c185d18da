"""The files in which `send` leaves what was not processed, for `send` to take again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.cli.shared.errors import OutputUnwritable
from mockpin.replacing import replacing

if TYPE_CHECKING:
    from mockpin.cli.shared.documents import Located
    from mockpin_transformer import Failure, Receipt


class FailedFiles(NamedTuple):
    """Where failed events go: those to send again as they are, and malformed ones to correct first."""

    failed: Path
    malformed: Path

    @property
    def unconfirmed(self) -> Path:
        """Where events go that would count twice if they were sent again."""
        return self.failed.with_stem(f"{self.failed.stem}-unconfirmed")


class Kept(NamedTuple):
    """The files in which events now are, and the events that were not written."""

    files: tuple[Path, ...]
    withheld: tuple[Located, ...]


def keep_failed(
    files: FailedFiles,
    receipt: Receipt,
    located: Sequence[Located],
    *,
    inputs: Sequence[str],
    malformed: Collection[int],
) -> Kept:
    """Write the failed events, one a line, whole or not at all, readable by their owner alone.

    `malformed` are the indexes of events to correct first; they have a file of their own, as have those that
    would count twice. An event with plain text of a match key is withheld, unless it was read from one of
    these very files. What a file holds already stays, unless it was among the inputs and has thus been sent
    again. OutputUnwritable if a file cannot be written.
    """
    from mockpin_transformer.js import stringify

    paths = (files.failed, files.unconfirmed, files.malformed)
    sent_again = {file for file in paths if any(is_same_file(file, name) for name in inputs)}
    own = tuple(f"{name}:" for name in inputs if any(is_same_file(file, name) for file in sent_again))
    lines: dict[Path, list[str]] = {file: [] for file in paths}
    withheld: list[Located] = []
    for failure in receipt.failed:
        found = located[failure.index]
        if found.place.startswith(own) or not shows_plain_text(found.event):
            lines[choose_file(files, failure, found.event, malformed)].append(stringify(found.event))
        else:
            withheld.append(found)
    for file in sorted(lines, key=sent_again.__contains__):  # no event leaves its file before it has another
        if lines[file] or file in sent_again:
            replace_file(file, lines[file], keep=file not in sent_again)
    return Kept(tuple(file for file in lines if lines[file]), tuple(withheld))


def choose_file(
    files: FailedFiles, failure: Failure, event: dict[str, Any], malformed: Collection[int]
) -> Path:
    """The file that a failed event belongs in."""
    if failure.index in malformed:
        return files.malformed
    return files.unconfirmed if counts_twice(failure, event) else files.failed


def counts_twice(failure: Failure, event: dict[str, Any]) -> bool:
    """Whether the event may have been processed, and Pinterest would not recognize it if it came again."""
    from mockpin_transformer.sending.batches import is_offline

    return failure.ambiguous and is_offline(event)


def is_same_file(path: Path, name: str) -> bool:
    """Whether an input is the file at a path."""
    try:
        return name != "-" and path.samefile(name)
    except OSError:
        return False


def shows_plain_text(event: dict[str, Any]) -> bool:
    """Whether an event holds what belongs hashed and is not."""
    from mockpin.emulator.masking.events import mask_json

    return bool(mask_json(event) != event)


def replace_file(path: Path, lines: Sequence[str], *, keep: bool) -> None:
    """Put lines in a file's place in one step, behind those it has if they are to be kept; each line once."""
    try:
        kept = path.read_bytes().splitlines() if keep and path.is_file() else []
        unique = dict.fromkeys((*kept, *(line.encode() for line in lines)))
        with replacing(path, mode=0o600) as file:
            file.writelines(line + b"\n" for line in unique)
    except OSError as error:
        raise OutputUnwritable(f"The failed events cannot be written to {path}: {error.strerror}.") from error
