"""One line a request: for a terminal, or as JSON for a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from mockpin.emulator.masking.credentials import mask_path
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.delivery import Delivery


class Entry(NamedTuple):
    """What the log says of a request.

    `rule` is the rule of the gravest finding; `reason` says why nothing was judged, or which fault struck.
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


def summarize(delivery: Delivery, answer: Answer, *, milliseconds: float) -> Entry:
    """The entry of a request that has been answered."""
    failed = sum(verdict.status == "failed" for verdict in delivery.verdicts)
    judged = len(delivery.verdicts)
    return Entry(
        time=delivery.now,
        request_id=str(delivery.number),
        ad_account_id=mask_path(delivery.ad_account_id) or None,
        method=delivery.request.method,
        path=mask_path(delivery.request.path),
        status=answer.status,
        source=delivery.source,
        test=delivery.test,
        received=judged,
        processed=judged - failed,
        failed=failed,
        duplicates=sum(each is not None for each in delivery.duplicates),
        reason=name_reason(delivery),
        rule=name_rule(delivery) if judged else None,
        milliseconds=milliseconds,
    )


def name_reason(delivery: Delivery) -> str | None:
    """Why no event was judged, or the fault that struck."""
    return delivery.reason or (f"fault={delivery.fault.kind}" if delivery.fault else None)


def name_rule(delivery: Delivery) -> str | None:
    """The rule of the gravest finding, the first of its kind."""
    found = [finding for each in delivery.findings for finding in each]
    return min(found, key=lambda finding: SEVERITIES.index(finding.severity)).rule if found else None


def write_text(entry: Entry) -> str:
    """A line for people: what came, what became of it, and where to look first."""
    counts = f"received={entry.received} processed={entry.processed} failed={entry.failed}"
    extra = f" duplicates={entry.duplicates}" if entry.duplicates else ""
    marks = "".join(f" {word}" for word in (entry.test and "test", entry.reason, entry.rule) if word)
    return (
        f"{entry.method} {quote(entry.path)} {entry.status} {counts}{extra}{marks}"
        f" {entry.milliseconds:.1f}ms #{entry.request_id}\n"
    )


def write_json(entry: Entry) -> str:
    """A line for machines: the entry as one JSON object."""
    return orjson.dumps(entry._asdict()).decode() + "\n"


def quote(path: str) -> str:
    """A path without what would begin a new line or move a terminal's cursor."""
    if path.isprintable():
        return path
    return "".join(letter if letter.isprintable() else f"%{ord(letter):02X}" for letter in path)


def make_log(stream: TextIO, *, form: str) -> Callable[[Entry], None]:
    """A log that writes each entry to a stream, `form` being text or json."""
    write = {"text": write_text, "json": write_json}[form]

    def log(entry: Entry) -> None:
        stream.write(write(entry))
        stream.flush()

    return log
