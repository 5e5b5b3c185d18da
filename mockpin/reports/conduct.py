"""How the sender behaved: what it did wrong over all its requests, and which requests show it.

A check sees the exchanges of one ad account in the order in which they were received, and yields the
requests that show the habit, one tuple for each time.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mockpin.reports.exchanges import Exchange, dump, read_exchanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Shown = Iterator[tuple[Exchange, ...]]
    Check = Callable[[Sequence[Exchange]], Shown]

REFUSED = (400, 401, 403, 422)
BUSY = (429, 503)
# Seconds: shorter than the first pause of the common retry libraries.
BACK_OFF = 0.1
# So many requests within so many seconds could have been one batch, or on one connection.
SINGLES, SINGLES_WITHIN = 10, 1.0
BATCH_LIMIT = 1000


def find_retried_refusals(exchanges: Sequence[Exchange]) -> Shown:
    """The same body with the same token again, after the service had said that it will not do."""
    refused: dict[bytes, Exchange] = {}
    for each in exchanges:
        if each.content in refused:
            yield refused[each.content], each
        if each.status in REFUSED:
            refused[each.content] = each


def find_missing_back_off(exchanges: Sequence[Exchange]) -> Shown:
    """The next request at once after 429 or 503, or sooner than `Retry-After` asked.

    One that had begun on another connection before the answer is not the next. No time at all between two
    requests is a frozen clock's, which knows of no pauses.
    """
    hasty = None  # after several busy answers at once, one request is hasty once
    for place, busy in enumerate(exchanges):
        following = _find_next(exchanges, place) if busy.status in BUSY else None
        if following not in (None, hasty) and 0 < following.at - busy.at < busy.waits(BACK_OFF):
            hasty = following
            yield busy, following


def find_changed_event_ids(exchanges: Sequence[Exchange]) -> Shown:
    """An event that failed and came again in all but its event id, while under its own it never did.

    Events that are alike but for their ids are nothing bad in themselves: a load test sends many of them.
    """
    spans = _find_spans(exchanges)
    given_up: dict[bytes, Exchange] = {}
    for place, each in enumerate(exchanges):
        new = [event for event in each.events if spans[_name(event)][0] == place] if given_up else ()
        again = next((content for content in map(_but_for_id, new) if content in given_up), None)
        if again is not None:
            yield given_up.pop(again), each
        if each.refused_for_now:
            last = (event for event in each.events if spans[_name(event)][1] == place)
            given_up |= dict.fromkeys(map(_but_for_id, last), each)


def find_retried_offline_events(exchanges: Sequence[Exchange]) -> Shown:
    """An offline event again although it may have been taken: nothing deduplicates it."""
    unsure: dict[bytes, Exchange] = {}
    for each in exchanges:
        offline = [dump(event) for event in each.events if event.get("action_source") == "offline"]
        again = next((event for event in offline if event in unsure), None)
        if again is not None:
            yield unsure[again], each
        if each.ambiguous:
            unsure |= dict.fromkeys(offline, each)


def find_resent_good_events(exchanges: Sequence[Exchange]) -> Shown:
    """An event that had been processed in a partly failed request, sent once more."""
    good: dict[bytes, Exchange] = {}
    for each in exchanges:
        sent = (dump(event) for event in each.events) if good else ()
        again = next((event for event in sent if event in good), None)
        if again is not None:
            yield good[again], each
        good |= {dump(event): each for event in each.processed}


def find_single_events(exchanges: Sequence[Exchange]) -> Shown:
    """Many requests with one event each in a short time."""
    return _find_runs(each for each in exchanges if len(each.events) == 1)


def find_oversized_batches(exchanges: Sequence[Exchange]) -> Shown:
    """More events than one request may carry."""
    return ((each,) for each in exchanges if len(each.events) > BATCH_LIMIT)


def find_closed_connections(exchanges: Sequence[Exchange]) -> Shown:
    """Request after request on a connection that is to be closed, or many that are never used again."""
    yield from (pair for pair in pairwise(exchanges) if all(each.closes_connection for each in pair))
    used = Counter(each.connection for each in exchanges if not each.closes_connection)
    yield from _find_runs(each for each in exchanges if each.connection and used[each.connection] == 1)


def find_mixed_test_requests(exchanges: Sequence[Exchange]) -> Shown:
    """Test requests and real ones on one ad account."""
    first = {each.test: each for each in reversed(exchanges)}
    if len(first) > 1:
        yield first[True], first[False]


def find_plain_text(exchanges: Sequence[Exchange]) -> Shown:
    """A body with plain text where a hash belongs."""
    return ((each,) for each in exchanges if each.masked)


def _find_runs(exchanges: Iterable[Exchange]) -> Shown:
    """Runs of `SINGLES` requests within `SINGLES_WITHIN` seconds, by a clock that goes."""
    run: deque[Exchange] = deque()
    for each in exchanges:
        run.append(each)
        while each.at - run[0].at > SINGLES_WITHIN:
            run.popleft()
        if len(run) == SINGLES:
            if run[0].at < run[-1].at:
                yield tuple(run)
            run.clear()


def _find_next(exchanges: Sequence[Exchange], place: int) -> Exchange | None:
    """The first request that began once the one at a place had been answered."""
    later = (exchanges[at] for at in range(place + 1, len(exchanges)))
    return next((each for each in later if each.began_after(exchanges[place])), None)


def _but_for_id(event: Mapping[str, Any]) -> bytes:
    return dump({name: value for name, value in event.items() if name != "event_id"})


def _name(event: Mapping[str, Any]) -> tuple[str, str]:
    return str(event.get("event_name")), str(event.get("event_id"))


def _find_spans(exchanges: Sequence[Exchange]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """The places of the first and the last request with an event, by its name and id."""
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    for place, each in enumerate(exchanges):
        for name in map(_name, each.events):
            spans[name] = spans.get(name, (place, place))[0], place
    return spans


@dataclass(frozen=True)
class ConductRule:
    """One bad habit: the check that shows it, what it means, and what to do instead."""

    check: Check
    severity: str
    message: str
    fix: str


CONDUCT: Mapping[str, ConductRule] = MappingProxyType({
    "retried-refusal": ConductRule(
        find_retried_refusals,
        "error",
        "A request that was refused with 400, 401, 403 or 422 was sent again unchanged.",
        "Retry only 429, 5xx and failed connections; mend or set aside what is refused.",
    ),
    "no-back-off": ConductRule(
        find_missing_back_off,
        "warning",
        "After 429 or 503 the next request came at once.",
        "Wait before each retry, longer each time and with jitter, and honour Retry-After.",
    ),
    "changed-event-id": ConductRule(
        find_changed_event_ids,
        "error",
        "An event was retried under another event_id, so it can be counted twice.",
        "Make the event_id once, when the event happens, and keep it for every retry.",
    ),
    "retried-offline-event": ConductRule(
        find_retried_offline_events,
        "error",
        "An offline event was sent again after a failure that may have taken it; it is not deduplicated.",
        "Send offline events in requests of their own, and look before repeating an ambiguous failure.",
    ),
    "resent-good-event": ConductRule(
        find_resent_good_events,
        "warning",
        "After a partial failure, events that had been processed were sent again.",
        "Read details.events of the 422 and send again only what failed, mended.",
    ),
    "one-event-a-request": ConductRule(
        find_single_events,
        "info",
        f"{SINGLES} requests within {SINGLES_WITHIN:.0f} s carried one event each.",
        f"Collect events and send up to {BATCH_LIMIT} in one request.",
    ),
    "oversized-batch": ConductRule(
        find_oversized_batches,
        "error",
        f"A request carried more than {BATCH_LIMIT} events, so all of them were refused.",
        f"Send at most {BATCH_LIMIT} events in one request.",
    ),
    "no-keep-alive": ConductRule(
        find_closed_connections,
        "info",
        "Requests followed each other, each on a connection of its own.",
        "Keep one connection open and send one request after the other over it.",
    ),
    "mixed-test-requests": ConductRule(
        find_mixed_test_requests,
        "warning",
        "The ad account received test requests and real ones.",
        "Make sure that no production code sends test=true: such events are never counted.",
    ),
    "plain-text": ConductRule(
        find_plain_text,
        "error",
        "A body held plain text where a SHA-256 hash belongs.",
        "Normalize and hash every match key before it leaves your server.",
    ),
})  # fmt: skip


@dataclass(frozen=True)
class Misconduct:
    """A habit that was seen: its rule, and for each time the requests that show it."""

    rule: str
    shown_by: tuple[tuple[str, ...], ...]

    @property
    def severity(self) -> str:
        """`error`, `warning` or `info`."""
        return CONDUCT[self.rule].severity

    def to_dict(self, *, examples: int = 10) -> dict[str, Any]:
        """`{rule, severity, message, fix, times, requests: [[id, ...], ...]}`."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": CONDUCT[self.rule].message,
            "fix": CONDUCT[self.rule].fix,
            "times": len(self.shown_by),
            "requests": [list(ids) for ids in self.shown_by[:examples]],
        }


def judge_conduct(exchanges: Iterable[Mapping[str, Any]]) -> tuple[Misconduct, ...]:
    """Every habit of `CONDUCT` that the exchanges of each ad account show."""
    accounts: dict[str, list[Exchange]] = defaultdict(list)
    for each in read_exchanges(exchanges):
        if not each.internal:
            accounts[each.ad_account_id].append(each)
    found = ((name, _collect(rule.check, accounts.values())) for name, rule in CONDUCT.items())
    return tuple(Misconduct(name, shown) for name, shown in found if shown)


def _collect(check: Check, accounts: Iterable[Sequence[Exchange]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(exchange.id for exchange in shown) for exchanges in accounts for shown in check(exchanges)
    )
