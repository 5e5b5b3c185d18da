"""What there is to say about one request: why it gave no event, its failed events, its findings by line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin.expectations.refusals import find_faults
from mockpin.web.pages.content.annotation import Line, Note, annotate
from mockpin.web.pages.content.focusing import focus_lines
from mockpin.web.pages.content.inspection import note_finding
from mockpin.web.pages.content.outcomes import is_failed_by_fault, summarize_outcome
from mockpin.web.pages.content.paging import name_fault
from mockpin.web.pages.content.refusals import RefusalNote, explain_refusal
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockpin.emulator.history.store import Store
    from mockpin.web.pages.content.exchanges import ExchangeView
    from mockpin.web.pages.content.outcomes import EventOutcome
    from mockpin.web.pages.content.refusals import Accounts

    Record = Mapping[str, Any]

#: At most so many lines of a body are shown, those with findings first.
MOST_LINES = 400
MOST_EVENTS = 20
#: A finding that many events have links to the first of their lines.
MOST_LINKS = 5
MOST_FINDINGS = 20
_ALL_LINES = 100_000


@dataclass(frozen=True)
class EventSummary:
    """An event of the request, and what became of it."""

    seq: int
    name: str
    event_id: str
    kind: str
    outcome: EventOutcome


@dataclass(frozen=True)
class GroupedFinding:
    """What a rule says about one or more places of a body, with the lines of the first of them."""

    note: Note
    times: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class RequestReport:
    """`findings` are grouped by what they say, the gravest and most frequent first.

    `events` are the failed events first; `more_events` are those that are not listed.
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
    """Look at one request with its events as they are stored."""
    seqs = exchange.event_seqs
    rows = store.events(after=seqs[0] - 1, until=seqs[-1], limit=len(seqs)) if seqs else []
    faults = {exchange.id: exchange.fault} if exchange.fault else {}
    records = [name_fault(row.to_dict(), faults) for row in rows]
    lines = _write_body(exchange, _note_findings(exchange, records))
    findings = _group_notes(lines)
    events = sorted(map(_summarize_event, records), key=lambda event: event.kind != "failed")
    return RequestReport(
        refusal=explain_refusal(exchange, accounts),
        findings=findings[:MOST_FINDINGS],
        more_findings=max(0, len(findings) - MOST_FINDINGS),
        events=tuple(events[:MOST_EVENTS]),
        failed=sum(event.kind == "failed" for event in events),
        more_events=max(0, len(events) - MOST_EVENTS),
        body_lines=focus_lines(lines, MOST_LINES),
        answer_lines=annotate(exchange.answer, most=MOST_LINES),
    )


def _write_body(exchange: ExchangeView, notes: Sequence[Note]) -> tuple[Line, ...]:
    if exchange.segment_calls:
        return annotate([call["event"] for call in exchange.segment_calls], most=_ALL_LINES)
    return annotate(exchange.body, notes, most=_ALL_LINES)


def _note_findings(exchange: ExchangeView, records: Sequence[Record]) -> list[Note]:
    """The findings of stored events, or those of the schema about a refused body."""
    if exchange.source == "tag" or exchange.segment_calls:
        return []
    if not records:
        return [note_finding(finding, whole=True) for finding in find_faults(exchange.status, exchange.body)]
    return [
        note_finding({**finding, "path": _place(finding["path"], index)}, whole=True)
        for index, record in enumerate(records)
        for finding in record["findings"]
    ]


def _place(path: str, index: int) -> str:
    """The path of a finding in the body, whose events may not all be kept any longer."""
    rest = path.split("/")[3:] if path.startswith("/data/") else path.split("/")[1:]
    return "/".join(["", "data", str(index), *rest])


def _group_notes(lines: Sequence[Line]) -> tuple[GroupedFinding, ...]:
    """The notes by rule, severity and fix: a thousand events often have one and the same mistake."""
    groups: defaultdict[tuple[str, str, str], list[tuple[Note, int]]] = defaultdict(list)
    for line in lines:
        for note in line.notes:
            groups[note.kind, note.rule, note.fix].append((note, line.number))
    findings = (
        GroupedFinding(group[0][0], len(group), tuple(number for _, number in group[:MOST_LINKS]))
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
