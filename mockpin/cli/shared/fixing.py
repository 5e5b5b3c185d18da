"""Files of conversion events with what is certain put right, byte for byte as they were elsewhere."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable, explain_unreadable, name_file
from mockpin.cli.shared.fixes import find_edits
from mockpin.replacing import replacing
from mockpin_validator.wording import count, make_visible

if TYPE_CHECKING:
    from mockpin.cli.shared.fixes import Edit, Hasher

_DECODER: Final = json.JSONDecoder()
_COMPRESSED: Final = (".gz", ".zst")


@dataclass
class Fixed:
    """What was done to a file: kinds of edits and how often, in how many events."""

    done: Counter[str] = field(default_factory=Counter)
    events: int = 0

    def __str__(self) -> str:
        if not self.events:
            return "nothing to correct"
        kinds = ", ".join(f"{number:,}x {what}" for what, number in self.done.most_common())
        return f"{count(self.events, 'event')} corrected ({kinds})"


def fix_text(text: str, fixed: Fixed, *, hasher: Hasher | None = None) -> str:
    """A JSON text with the values of its events put right; what is not JSON or not an event stays."""
    try:
        document = json.loads(text)
    except (RecursionError, ValueError):
        return text
    edits = [
        (pointer, edit)
        for pointer, event in locate_events(document)
        for edit in find_edits(event, hasher=hasher)
    ]
    fixed.done.update(edit.what for _, edit in edits)
    fixed.events += len({pointer for pointer, _ in edits})
    return write_edits(text, [(pointer + edit.pointer, edit) for pointer, edit in edits])


def locate_events(document: Any) -> Iterator[tuple[str, Any]]:
    """The conversion events of a document, each with the pointer to it."""
    from mockpin_validator.contract.kinds import SEGMENT_KINDS, list_events, tell_kind

    if tell_kind(document) in SEGMENT_KINDS:
        return
    for pointer, event in list_events(document):
        if isinstance(event, dict) and tell_kind(event) not in SEGMENT_KINDS:
            yield pointer, event


def write_edits(text: str, edits: Sequence[tuple[str, Edit]]) -> str:
    """The text with each edit's value in the place of the value at its pointer."""
    from mockpin_validator.archive.documents import Document
    from mockpin_validator.archive.positions import Positions

    positions = Positions(Document(text.encode(errors="surrogatepass")))
    places = [(positions.locate(pointer), edit) for pointer, edit in edits]
    pieces, end = [], 0
    for start, edit in sorted(places, key=itemgetter(0)):
        _, behind = _DECODER.raw_decode(text, start)
        pieces += [text[end:start], f'"{text[start:behind]}"' if edit.quoted else json.dumps(edit.value)]
        end = behind
    return "".join((*pieces, text[end:]))


def fix_stream(
    stream: BufferedReader, name: str, fixed: Fixed, *, hasher: Hasher | None
) -> Iterator[tuple[bytes, bytes]]:
    """Yield (before, after): each line where each line is a document, else the whole text.

    Raises InputUnreadable for what is not JSON.
    """
    from mockpin_validator.archive.documents import MARK, spans_lines
    from mockpin_validator.archive.forms import ARRAY, find_form
    from mockpin_validator.archive.opening import HEAD

    head = stream.peek(HEAD)
    form = find_form(head, name)
    if form and not form.is_json:
        raise InputUnreadable(f"{name_file(name)}: --fix corrects JSON in UTF-8 only, which this is not.")
    lines: Iterable[bytes] = stream
    first = head.removeprefix(MARK).lstrip().partition(b"\n")[0]
    if form is ARRAY or spans_lines(first, name):
        lines = [stream.read()]
    for line in lines:
        mark = MARK if line.startswith(MARK) else b""
        text = line.removeprefix(MARK).decode(errors="surrogateescape")
        yield line, mark + fix_text(text, fixed, hasher=hasher).encode(errors="surrogateescape")


def read_fixed(
    name: str, fixed: Fixed, *, hasher: Hasher | None, stdin: BinaryIO
) -> Iterator[tuple[bytes, bytes]]:
    """The texts of a file before and after, as `fix_stream` yields them. Raises InputUnreadable."""
    from mockpin_validator.archive.opening import DAMAGE, open_stream

    try:
        with open_stream(name, stdin) as stream:
            yield from fix_stream(stream, name, fixed, hasher=hasher)
    except DAMAGE as error:
        raise explain_unreadable(name, error) from error


def fix_file(name: str, output: Path, *, hasher: Hasher | None, stdin: BinaryIO) -> Fixed:
    """Write the corrected file, whole or not at all. Raises InputUnreadable and OutputUnwritable."""
    fixed = Fixed()
    try:
        with replacing(output) as file:
            file.writelines(after for _, after in read_fixed(name, fixed, hasher=hasher, stdin=stdin))
    except OSError as error:
        raise OutputUnwritable(f"{output} cannot be written: {error.strerror}.") from None
    return fixed


def diff_file(name: str, *, hasher: Hasher | None, stdin: BinaryIO) -> Iterator[str]:
    """A unified diff of what would be corrected, masked as reports are. Raises InputUnreadable."""
    label = name_file(name)
    yield from (f"--- {label}", f"+++ {label} (corrected)")
    line = 1
    for old, new in read_fixed(name, Fixed(), hasher=hasher, stdin=stdin):
        if old != new:
            yield from _compare(_show(old), _show(new), line)
        line += old.count(b"\n")


def _compare(before: list[str], after: list[str], line: int) -> Iterator[str]:
    """The hunks between two texts that begin on a line."""
    if len(before) == len(after) == 1:
        yield from (f"@@ -{line} +{line} @@", f"-{before[0]}", f"+{after[0]}")
        return
    hunks = difflib.unified_diff(before, after, lineterm="", n=0)
    yield from islice(hunks, 2, None)


def _show(text: bytes) -> list[str]:
    from mockpin_validator.masking import mask

    return [make_visible(line) for line in mask(text.decode(errors="replace")).splitlines()]


def name_output(name: str) -> Path:
    """The name of a corrected file: `events.fixed.jsonl` for `events.jsonl` and `events.jsonl.gz`."""
    if name == "-":
        raise click.UsageError("--fix of standard input needs --output FILE.")
    path = Path(name)
    path = path.with_suffix("") if path.suffix in _COMPRESSED else path
    return path.with_name(f"{path.stem}.fixed{path.suffix}")
