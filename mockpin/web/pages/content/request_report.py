"""The report on one request: why it gave no event, its failed events, its findings by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin.expectations.refusals import find_schema_findings
from mockpin.web.pages.content.annotation import Line, Note, annotate
from mockpin.web.pages.content.focusing import focus_lines
from mockpin.web.pages.content.inspection import note_finding
from mockpin.web.pages.content.outcomes import is_failed_by_fault, summarize_outcome
from mockpin.web.pages.content.paging import name_fault
from mockpin.web.pages.content.refusals import RefusalNote, explain_refusal
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from mockpin.emulator.history.store import Store
    from mockpin.web.pages.content.exchanges import ExchangeView
    from mockpin.web.pages.content.outcomes import EventOutcome
    from mockpin.web.pages.content.refusals import Accounts

    Record = Mapping[str, Any]

#: Lines of a body that are shown at most, those with findings first.
MAX_LINES = 400
MAX_EVENTS = 20
#: A finding on many events links to this many of their lines.
MAX_LINKS = 5
MAX_FINDINGS = 20
_ALL_LINES = 100_000


@dataclass(frozen=True)
class EventSummary:
    """An event of the request and its outcome."""

    seq: int
    name: str
    event_id: str
    kind: str
    outcome: EventOutcome


@dataclass(frozen=True)
class GroupedFinding:
    """A finding on one or more values of a body, with the lines of the first ones."""

    note: Note
    times: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class RequestReport:
    """`findings` are grouped by what they say, the gravest and most frequent first.

    `events` begins with the failed events; `more_events` counts those that are not listed.
    """

    refusal: RefusalNote | None
    findings: tuple[GroupedFinding, ...]
    more_findings: int
    events: tuple[EventSummary, ...]
    failed: int
    more_events: int
    body_lines: tuple[Line, ...]
    answer_lines: tuple[Line, ...]


def report_request(store: Store, exchange: ExchangeView, accounts: Accounts) -> RequestReport:
    """Report on one request and its stored events."""
    seqs = exchange.event_seqs
    rows = store.events(after=seqs[0] - 1, until=seqs[-1], limit=len(seqs)) if seqs else []
    faults = {exchange.id: exchange.fault} if exchange.fault else {}
    records = [name_fault(row.to_dict(), faults) for row in rows]
    lines = _write_body(exchange, _note_findings(exchange, records))
    findings = _group_notes(lines)
    events = sorted(map(_summarize_event, records), key=lambda event: event.kind != "failed")
    return RequestReport(
        refusal=explain_refusal(exchange, accounts),
        findings=findings[:MAX_FINDINGS],
        more_findings=max(0, len(findings) - MAX_FINDINGS),
        events=tuple(events[:MAX_EVENTS]),
        failed=sum(event.kind == "failed" for event in events),
        more_events=max(0, len(events) - MAX_EVENTS),
        body_lines=focus_lines(lines, MAX_LINES),
        answer_lines=annotate(exchange.answer, most=MAX_LINES),
    )


def _write_body(exchange: ExchangeView, notes: Sequence[Note]) -> tuple[Line, ...]:
    if exchange.segment_calls:
        return annotate([call["event"] for call in exchange.segment_calls], most=_ALL_LINES)
    return annotate(exchange.body, notes, most=_ALL_LINES)


def _note_findings(exchange: ExchangeView, records: Sequence[Record]) -> list[Note]:
    """Return the findings of the stored events, or the schema's findings about a refused body."""
    if exchange.source == "tag" or exchange.segment_calls:
        return []
    if not records:
        return [
            note_finding(finding, whole=True)
            for finding in find_schema_findings(exchange.status, exchange.body)
        ]
    return [
        note_finding({**finding, "path": _place(finding["path"], index)}, whole=True)
        for index, record in enumerate(records)
        for finding in record["findings"]
    ]


def _place(path: str, index: int) -> str:
    """Return a finding's path in the body, whose events may no longer all be stored."""
    rest = path.split("/")[3:] if path.startswith("/data/") else path.split("/")[1:]
    return "/".join(["", "data", str(index), *rest])


def _group_notes(lines: Sequence[Line]) -> tuple[GroupedFinding, ...]:
    """Group the notes by rule, severity and fix, because many events often have the same mistake."""
    groups: defaultdict[tuple[str, str, str], list[tuple[Note, int]]] = defaultdict(list)
    for line in lines:
        for note in line.notes:
            groups[note.kind, note.rule, note.fix].append((note, line.number))
    findings = (
        GroupedFinding(group[0][0], len(group), tuple(number for _, number in group[:MAX_LINKS]))
        for group in groups.values()
    )
    return tuple(sorted(findings, key=lambda finding: (_rank(finding.note), -finding.times)))


def _rank(note: Note) -> int:
    return SEVERITIES.index(note.kind) if note.kind != "known" else len(SEVERITIES)


def _summarize_event(record: Record) -> EventSummary:
    failed = record["status"] == "failed"
    kind = "failed" if failed and not is_failed_by_fault(record) else "warning" if failed else "processed"
    return EventSummary(
        record["seq"], record["sent_name"], record["event_id"], kind, summarize_outcome(record)
    )
