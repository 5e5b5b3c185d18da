"""The journal of a failing test: what was sent, what was answered, and what was wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockpin.expecting.matching import Record
    from mockpin.testing.client import MockPin

    Listed = Mapping[str, Any]

#: So many exchanges are told, the latest; a test that sent more is told how many are left out.
MOST = 20
NOTHING = "Nothing was sent to the emulator. Does the code under test read PINTEREST_API_URI?"


def read_journal(mock: MockPin) -> str:
    """The journal of an ad account; where the emulator does not answer, that instead."""
    from mockpin.testing.admin_client import AdminFailed  # noqa: PLC0415 - loaded when first needed

    try:
        return write_journal(mock.requests(), mock.events())
    except AdminFailed as failure:
        return f"What was sent cannot be told. {failure}"


def write_journal(requests: Sequence[Listed], events: Iterable[Record]) -> str:
    """Each exchange with its events, and each event with its findings, in the order they came."""
    by_seq = {event["seq"]: event for event in events}
    if not requests and not by_seq:
        return NOTHING
    return "\n".join(_lines(requests, by_seq))


def _lines(requests: Sequence[Listed], events: Mapping[int, Record]) -> Iterator[str]:
    if len(requests) > MOST:
        yield f"({len(requests) - MOST} earlier requests are left out)"
    for request in requests[-MOST:]:
        yield describe_exchange(request)
        if not request["event_seqs"]:
            yield f"    answer: {_shorten(str(request['answer']))}"
        yield from _describe_events(events[seq] for seq in request["event_seqs"] if seq in events)


def describe_exchange(request: Listed) -> str:
    """One exchange in a line: what was asked for, and the answer's status."""
    return f"{request['method']} {request['path']} => {request['status']}"


def _describe_events(events: Iterable[Record]) -> Iterator[str]:
    for event in events:
        yield f"  #{event['seq']} {describe_event(event)}"
        yield from (f"      {line}" for line in describe_findings(event["findings"]))


def describe_event(event: Record) -> str:
    """One event in a line: name, id, and what became of it."""
    words = [event["sent_name"], f"event_id={event['event_id']}", event["status"]]
    if event["duplicate_of"] is not None:
        words.append(f"duplicate of #{event['duplicate_of']}")
    if event["error_message"]:
        words.append(f"({event['error_message']})")
    return " ".join(words)


def describe_findings(findings: Iterable[Listed]) -> Iterator[str]:
    """Each finding in a line: how grave, which rule, what, and what to do."""
    for finding in findings:
        yield f"{finding['severity']} {finding['rule']}: {finding['message']} {finding['fix']}"


def _shorten(text: str, *, most: int = 300) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
