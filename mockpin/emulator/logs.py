"""One line a request: for a terminal, or as JSON for a machine."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TextIO

import orjson


class LogEntry(NamedTuple):
    """The log's facts about a request.

    `rule` is the rule of the most severe finding. `reason` says why no event was
    judged, or which fault was injected.
    """

    time: float
    request_id: str
    ad_account_id: str | None
    method: str
    path: str
    status: int
    source: str
    test: bool
    received: int
    processed: int
    failed: int
    duplicates: int
    reason: str | None
    rule: str | None
    milliseconds: float


def write_text(entry: LogEntry) -> str:
    """A line for people: what came, what became of it, and where to look first."""
    counts = f"received={entry.received} processed={entry.processed} failed={entry.failed}"
    extra = f" duplicates={entry.duplicates}" if entry.duplicates else ""
    marks = "".join([f" {word}" for word in (entry.test and "test", entry.reason, entry.rule) if word])
    return (
        f"{entry.method} {quote(entry.path)} {entry.status} {counts}{extra}{marks}"
        f" {entry.milliseconds:.1f}ms #{entry.request_id}\n"
    )


def write_json(entry: LogEntry) -> str:
    """A line for machines: the entry as one JSON object."""
    return orjson.dumps(entry._asdict()).decode() + "\n"


def quote(path: str) -> str:
    """A path without what would begin a new line or move a terminal's cursor."""
    if path.isprintable():
        return path
    return "".join(letter if letter.isprintable() else f"%{ord(letter):02X}" for letter in path)


def make_log(stream: TextIO, *, form: str) -> Callable[[Iterable[LogEntry]], None]:
    """A log that writes entries to a stream, a line for each, `form` being text or json."""
    write = {"text": write_text, "json": write_json}[form]

    def log(entries: Iterable[LogEntry]) -> None:
        stream.write("".join(map(write, entries)))
        stream.flush()

    return log
