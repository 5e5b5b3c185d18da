"""The journal of a failing test: what was sent, what was answered, and what was wrong with it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.client.guard import RealHostContacted
from mockpin.expectations.refusals import find_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockpin.client.client import MockPin
    from mockpin.client.guard import Guard
    from mockpin.expectations.matching import Record

    Listed = Mapping[str, Any]

#: So many exchanges are told, the latest; a test that sent more is told how many are left out.
MOST = 20
#: So many faults of a refused payload are told, the first.
MOST_FAULTS = 5
#: What to do about a refusal that is none of the payload's doing.
MENDING = {
    401: "Send the conversion token of PINTEREST_CONVERSION_TOKEN, as Authorization: Bearer.",
    403: "Send to the ad account of PINTEREST_AD_ACCOUNT_ID.",
}
READ_EARLY = "Was PINTEREST_API_URI read at import, before the fixture set it?"
NOTHING = f"Nothing was sent to the emulator. Does the code under test read PINTEREST_API_URI? {READ_EARLY}"


def read_journal(mock: MockPin, guard: Guard | None = None) -> str:
    """The journal of an ad account and of the guard; where the emulator does not answer, that instead."""
    from mockpin.client.admin_client import AdminFailed  # noqa: PLC0415 - loaded when first needed

    try:
        requests = mock.requests()
        contact = [describe_contact(guard, requests)] if guard and guard.hosts else []
        journal = write_journal(requests, mock.events(), conduct=mock.conduct())
    except AdminFailed as failure:
        return f"What was sent cannot be told. {failure}"
    return "\n".join([*contact, journal])


def describe_contact(guard: Guard, requests: Sequence[Listed]) -> str:
    """What the guard prevented, and the likely cause where nothing reached the emulator."""
    hint = "" if requests else f" {READ_EARLY}"
    return f"{RealHostContacted(guard.hosts[0])}{hint}"


def write_journal(
    requests: Sequence[Listed], events: Iterable[Record], *, conduct: Iterable[Listed] = ()
) -> str:
    """What the sender does wrong over all its requests; then each of them, its events and their findings."""
    by_seq = {event["seq"]: event for event in events}
    if not requests and not by_seq:
        return NOTHING
    return "\n".join([*describe_conduct(conduct), *_lines(requests, by_seq)])


def describe_conduct(conduct: Iterable[Listed]) -> Iterator[str]:
    """Each habit of severity error in a line: which rule, how often, what, and what to do."""
    for habit in conduct:
        if habit["severity"] == "error":
            times = f" ({habit['times']} times)" if habit["times"] > 1 else ""
            yield f"error {habit['rule']}{times}: {habit['message']} {habit['fix']}"


def _lines(requests: Sequence[Listed], events: Mapping[int, Record]) -> Iterator[str]:
    told: dict[tuple[str, ...], int] = {}
    if len(requests) > MOST:
        yield f"({len(requests) - MOST} earlier requests are left out)"
    for request in requests[-MOST:]:
        yield describe_exchange(request)
        if not request["event_seqs"]:
            yield f"    answer: {_shorten(str(request['answer']))}"
            yield from (f"    {line}" for line in describe_refusal(request))
        yield from _describe_events((events[seq] for seq in request["event_seqs"] if seq in events), told)


def describe_exchange(request: Listed) -> str:
    """One exchange in a line: what was asked for, and the answer's status."""
    return f"{request['method']} {request['path']} => {request['status']}"


def describe_refusal(request: Listed) -> Iterator[str]:
    """What to do about a refused request: the faults of its payload, or what else to mend."""
    if request["status"] in MENDING:
        yield MENDING[request["status"]]
    faults = find_faults(request["status"], request["body"])
    for fault in islice(faults, MOST_FAULTS):
        yield f"error {fault['rule']} at {fault['path']}: {fault['message']} {fault['fix']}"
    more = sum(1 for _ in faults)
    if more:
        yield f"({more} more faults are left out)"


def _describe_events(events: Iterable[Record], told: dict[tuple[str, ...], int]) -> Iterator[str]:
    """Each event; findings that an earlier one has, too, are `told` already, by that one's number."""
    for event in events:
        yield f"  #{event['seq']} {describe_event(event)}"
        lines = tuple(fold_findings(event["findings"]))
        first = told.setdefault(lines, event["seq"])
        shown = lines if first == event["seq"] or not lines else (f"same as #{first}",)
        yield from (f"      {line}" for line in shown)


def describe_event(event: Record) -> str:
    """One event in a line: name, id, and what became of it."""
    words = [event["sent_name"], f"event_id={event['event_id']}", event["status"]]
    if event["duplicate_of"] is not None:
        words.append(f"duplicate of #{event['duplicate_of']}")
    if event["error_message"]:
        words.append(f"({event['error_message']})")
    return " ".join(words)


def fold_findings(findings: Sequence[Listed]) -> Iterator[str]:
    """The errors, a line each, and then every recommendation's rule in one line."""
    yield from describe_findings(each for each in findings if each["severity"] == "error")
    recommended = [each["rule"] for each in findings if each["severity"] != "error"]
    if recommended:
        yield f"recommended: {', '.join(recommended)}"


def describe_findings(findings: Iterable[Listed]) -> Iterator[str]:
    """Each finding in a line: how grave, which rule, what, and what to do."""
    for finding in findings:
        yield f"{finding['severity']} {finding['rule']}: {finding['message']} {finding['fix']}"


def _shorten(text: str, *, most: int = 300) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
