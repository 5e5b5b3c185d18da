"""The journal of a failing test: its requests, the answers, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.client.guard import RealHostContacted
from mockpin.expectations.refusals import find_schema_findings

if TYPE_CHECKING:
    from mockpin.client.client import MockPin
    from mockpin.client.guard import Guard
    from mockpin.expectations.matching import Record

    ListedRecord = Mapping[str, Any]

#: The most exchanges that a journal describes: the latest. It says how many earlier ones it omits.
MAX_LISTED_REQUESTS = 20
#: The most faults of a refused payload that a journal describes: the first.
MAX_LISTED_FAULTS = 5
#: The characters of an answer that a journal shows.
MAX_LENGTH = 300
#: Fixes by status for refusals that the payload does not cause.
REFUSAL_FIXES = {
    401: "Send the conversion token of PINTEREST_CONVERSION_TOKEN, as Authorization: Bearer.",
    403: "Send to the ad account of PINTEREST_AD_ACCOUNT_ID.",
}
READ_EARLY_HINT = "Was PINTEREST_API_URI read at import, before the fixture set it?"
NOTHING_SENT = (
    f"Nothing was sent to the emulator. Does the code under test read PINTEREST_API_URI? {READ_EARLY_HINT}"
)


def read_journal(mock: MockPin, guard: Guard | None = None) -> str:
    """Return the journal of an ad account and a guard, or say that the emulator does not answer."""
    from mockpin.client.admin_client import AdminFailed  # noqa: PLC0415 - loaded when first needed

    try:
        requests = mock.requests()
        contact = [describe_contact(guard, requests)] if guard and guard.hosts else []
        journal = write_journal(requests, mock.events(), conduct=mock.conduct())
    except AdminFailed as failure:
        return f"Cannot read what was sent. {failure}"
    return "\n".join([*contact, journal])


def describe_contact(guard: Guard, requests: Sequence[ListedRecord]) -> str:
    """Describe what the guard prevented, and the likely cause when nothing reached the emulator."""
    hint = "" if requests else f" {READ_EARLY_HINT}"
    return f"{RealHostContacted(guard.hosts[0])}{hint}"


def write_journal(
    requests: Sequence[ListedRecord], events: Iterable[Record], *, conduct: Iterable[ListedRecord] = ()
) -> str:
    """Write the journal: the sender's mistakes, then each request with its events and their findings."""
    by_seq = {event["seq"]: event for event in events}
    if not requests and not by_seq:
        return NOTHING_SENT
    return "\n".join([*describe_conduct(conduct), *_describe_requests(requests, by_seq)])


def describe_conduct(conduct: Iterable[ListedRecord]) -> Iterator[str]:
    """Yield a line for each conduct error: its rule, how often it occurred, the message and the fix."""
    for finding in conduct:
        if finding["severity"] == "error":
            times = f" ({finding['times']} times)" if finding["times"] > 1 else ""
            yield f"error {finding['rule']}{times}: {finding['message']} {finding['fix']}"


def _describe_requests(requests: Sequence[ListedRecord], events: Mapping[int, Record]) -> Iterator[str]:
    described: dict[tuple[str, ...], int] = {}
    if len(requests) > MAX_LISTED_REQUESTS:
        yield f"({len(requests) - MAX_LISTED_REQUESTS} earlier requests are left out)"
    for request in requests[-MAX_LISTED_REQUESTS:]:
        yield describe_exchange(request)
        if not request["event_seqs"]:
            yield f"    answer: {_shorten(str(request['answer']))}"
            yield from (f"    {line}" for line in describe_refusal(request))
        yield from _describe_events(
            (events[seq] for seq in request["event_seqs"] if seq in events), described
        )


def describe_exchange(request: ListedRecord) -> str:
    """Describe an exchange in a line: method, path and status."""
    return f"{request['method']} {request['path']} => {request['status']}"


def describe_refusal(request: ListedRecord) -> Iterator[str]:
    """Yield lines on how to fix a refused request: for its status, and for the faults of its payload."""
    if request["status"] in REFUSAL_FIXES:
        yield REFUSAL_FIXES[request["status"]]
    faults = find_schema_findings(request["status"], request["body"])
    for fault in islice(faults, MAX_LISTED_FAULTS):
        yield f"error {fault['rule']} at {fault['path']}: {fault['message']} {fault['fix']}"
    omitted = sum(1 for _ in faults)
    if omitted:
        yield f"({omitted} more faults are left out)"


def _describe_events(events: Iterable[Record], described: dict[tuple[str, ...], int]) -> Iterator[str]:
    """Yield lines for each event. Findings equal to those of an earlier event, `described`, refer to it."""
    for event in events:
        yield f"  #{event['seq']} {describe_event(event)}"
        lines = tuple(fold_findings(event["findings"]))
        first = described.setdefault(lines, event["seq"])
        shown = lines if first == event["seq"] or not lines else (f"same as #{first}",)
        yield from (f"      {line}" for line in shown)


def describe_event(event: Record) -> str:
    """Describe an event in a line: name, event id, verdict, first report and error message."""
    words = [event["sent_name"], f"event_id={event['event_id']}", event["status"]]
    if event["duplicate_of"] is not None:
        words.append(f"duplicate of #{event['duplicate_of']}")
    if event["error_message"]:
        words.append(f"({event['error_message']})")
    return " ".join(words)


def fold_findings(findings: Sequence[ListedRecord]) -> Iterator[str]:
    """Yield a line for each error, and one line that lists the rules of all other findings."""
    yield from describe_findings(finding for finding in findings if finding["severity"] == "error")
    recommended = [finding["rule"] for finding in findings if finding["severity"] != "error"]
    if recommended:
        yield f"recommended: {', '.join(recommended)}"


def describe_findings(findings: Iterable[ListedRecord]) -> Iterator[str]:
    """Yield a line for each finding: severity, rule, message and fix."""
    for finding in findings:
        yield f"{finding['severity']} {finding['rule']}: {finding['message']} {finding['fix']}"


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_LENGTH else f"{text[:MAX_LENGTH]}…"
