"""Conduct rules: mistakes of a sender that only several of its requests together show.

A check reads the exchanges of one ad account in the order in which they were received. It yields one tuple
of exchanges for each time that the sender makes the mistake.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import Any

from mockpin.observations.endpoints import is_empty_flush
from mockpin.reports.content_index import ContentIndex, Event, dump_without_id, mark_id, mark_time
from mockpin.reports.exchanges import Exchange, dump_canonical, may_hold_mask

Requests = Iterator[tuple[Exchange, ...]]
Check = Callable[[Sequence[Exchange]], Requests]

REFUSED_STATUSES = (400, 401, 403, 422)
BUSY_STATUSES = (429, 503)
# Seconds that a retry must wait at least. The first pause of the common retry libraries is longer.
MIN_BACK_OFF = 0.1
# This many requests within this many seconds could have been one batch, or shared one connection.
RUN_LENGTH, RUN_SECONDS = 10, 1.0
BATCH_LIMIT = 1000
# Requests whose bodies are searched for masks together, which takes half the time of one after the other.
SEARCHED_AT_ONCE = 10
# The occurrences of a mistake whose requests are listed at most.
MAX_EXAMPLES = 10


def find_retried_refusals(exchanges: Sequence[Exchange]) -> Requests:
    """Find requests sent again with the same body and token after the service had refused them.

    An empty batch that comes again is another flush of an empty queue.
    """
    refused = ContentIndex[Exchange](_mark_request, lambda exchange: exchange.content)
    for exchange in exchanges:
        for _ in refused.find_known((exchange,)):
            yield refused[exchange], exchange
        if exchange.status in REFUSED_STATUSES and not is_empty_flush(exchange.status, exchange.body):
            refused.add((exchange,), exchange)


def find_missing_back_off(exchanges: Sequence[Exchange]) -> Requests:
    """Find requests sent right after 429 or 503, or sooner than `Retry-After` asked.

    A request that began on another connection before the answer does not count. Equal times come from a
    frozen clock, so they do not count either.
    """
    reported = None  # a request that follows several busy answers is reported once
    for index in [at for at, exchange in enumerate(exchanges) if exchange.status in BUSY_STATUSES]:
        busy, following = exchanges[index], _find_following(exchanges, index)
        pause = busy.read_retry_after(MIN_BACK_OFF)
        if following not in (None, reported) and 0 < following.at - busy.at < pause:
            reported = following
            yield busy, following


def find_changed_event_ids(exchanges: Sequence[Exchange]) -> Requests:
    """Find events that failed and were sent again under another event id, but never under their own.

    Events that differ only in their ids are allowed: a load test sends many of them.
    """
    if not any(exchange.refused_for_now for exchange in exchanges):
        return
    spans = _find_spans(exchanges)
    deferred = ContentIndex[Event](mark_time, dump_without_id)
    for index, exchange in enumerate(exchanges):
        known = deferred.find_known(exchange.events)
        resent = next((event for event in known if spans[_identify_event(event)][0] == index), None)
        if resent is not None:
            yield deferred.pop(resent), exchange
        if exchange.refused_for_now:
            last = [event for event in exchange.events if spans[_identify_event(event)][1] == index]
            deferred.add(last, exchange)


def find_retried_offline_events(exchanges: Sequence[Exchange]) -> Requests:
    """Find offline events sent again that may have been processed. They are never deduplicated."""
    if not any(exchange.ambiguous for exchange in exchanges):
        return
    ambiguous = ContentIndex[Event](mark_id, dump_canonical)
    for exchange in exchanges:
        resent = next(ambiguous.find_known(_iterate_offline(exchange)), None)
        if resent is not None:
            yield ambiguous[resent], exchange
        if exchange.ambiguous:
            ambiguous.add(_iterate_offline(exchange), exchange)


def find_resent_good_events(exchanges: Sequence[Exchange]) -> Requests:
    """Find events sent again although a partly failed request had processed them."""
    good = ContentIndex[Event](mark_id, dump_canonical)
    for exchange in exchanges:
        resent = next(good.find_known(exchange.events), None)
        if resent is not None:
            yield good[resent], exchange
        good.add(exchange.processed, exchange)


def find_single_events(exchanges: Sequence[Exchange]) -> Requests:
    """Find runs of requests with one event each."""
    return _find_runs(exchange for exchange in exchanges if len(exchange.events) == 1)


def find_oversized_batches(exchanges: Sequence[Exchange]) -> Requests:
    """Find requests with more events than the limit."""
    return ((exchange,) for exchange in exchanges if len(exchange.events) > BATCH_LIMIT)


def find_closed_connections(exchanges: Sequence[Exchange]) -> Requests:
    """Find consecutive requests that close their connection, and runs on connections used only once."""
    closing = [exchange.closes_connection for exchange in exchanges]
    yield from compress(pairwise(exchanges), map(all, pairwise(closing)))
    connections = [exchange.connection for exchange in exchanges]
    used = Counter(name for name, closes in zip(connections, closing, strict=True) if not closes)
    yield from _find_runs(compress(exchanges, [bool(name) and used[name] == 1 for name in connections]))


def find_mixed_test_requests(exchanges: Sequence[Exchange]) -> Requests:
    """Find ad accounts that received test requests among real ones; one before all others only tries out."""
    real = next((index for index, exchange in enumerate(exchanges) if not exchange.test), len(exchanges))
    test = next((exchange for exchange in exchanges[real:] if exchange.test), None)
    if test:
        yield test, exchanges[real]


def find_plain_text(exchanges: Sequence[Exchange]) -> Requests:
    """Find bodies with plain text where a hash belongs."""
    for first in range(0, len(exchanges), SEARCHED_AT_ONCE):
        some = exchanges[first : first + SEARCHED_AT_ONCE]
        if may_hold_mask([event.get("user_data") for exchange in some for event in exchange.events]):
            yield from ((exchange,) for exchange in some if exchange.masked)


def _find_runs(exchanges: Iterable[Exchange]) -> Requests:
    """Find runs of `RUN_LENGTH` requests within `RUN_SECONDS` seconds. Ignores runs under a frozen clock."""
    run: deque[Exchange] = deque()
    for exchange in exchanges:
        run.append(exchange)
        while exchange.at - run[0].at > RUN_SECONDS:
            run.popleft()
        if len(run) == RUN_LENGTH:
            if run[0].at < run[-1].at:
                yield tuple(run)
            run.clear()


def _find_following(exchanges: Sequence[Exchange], index: int) -> Exchange | None:
    """Return the first request that began after the one at `index` was answered."""
    later = (exchanges[at] for at in range(index + 1, len(exchanges)))
    return next((exchange for exchange in later if exchange.began_after(exchanges[index])), None)


def _iterate_offline(exchange: Exchange) -> Iterator[Event]:
    return (event for event in exchange.events if event.get("action_source") == "offline")


def _mark_request(exchange: Exchange) -> bytes:
    return dump_canonical([event.get("event_id") for event in exchange.events[:1]])


def _identify_event(event: Event) -> tuple[str, str]:
    return str(event.get("event_name")), str(event.get("event_id"))


def _find_spans(exchanges: Sequence[Exchange]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Return the positions of the first and last request with each event, by event name and id."""
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    for index, exchange in enumerate(exchanges):
        for name in map(_identify_event, exchange.events):
            spans[name] = spans.get(name, (index, index))[0], index
    return spans


@dataclass(frozen=True)
class ConductRule:
    """A conduct rule: the check that finds the mistake, its severity, what it means and how to fix it."""

    check: Check
    severity: str
    message: str
    fix: str


CONDUCT: Mapping[str, ConductRule] = {
    "retried-refusal": ConductRule(
        find_retried_refusals,
        "error",
        "A request that was refused with 400, 401, 403 or 422 was sent again unchanged.",
        "Retry only 429, 5xx and failed connections; correct or set aside what is refused.",
    ),
    "no-back-off": ConductRule(
        find_missing_back_off,
        "warning",
        "The next request after 429 or 503 was sent at once.",
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
        "info",
        "An offline event was sent again after a failure that may have taken it; it is not deduplicated.",
        "Send offline events in requests of their own, and check before repeating an ambiguous failure.",
    ),
    "resent-good-event": ConductRule(
        find_resent_good_events,
        "warning",
        "After a partial failure, events that had been processed were sent again.",
        "Read details.events of the 422 and send again only the failed events, corrected.",
    ),
    "one-event-a-request": ConductRule(
        find_single_events,
        "info",
        f"{RUN_LENGTH} requests within {RUN_SECONDS:.0f} s carried one event each.",
        f"Collect events and send up to {BATCH_LIMIT:,} in one request.",
    ),
    "oversized-batch": ConductRule(
        find_oversized_batches,
        "error",
        f"A request carried more than {BATCH_LIMIT:,} events, so all of them were refused.",
        f"Send at most {BATCH_LIMIT:,} events in one request.",
    ),
    "no-keep-alive": ConductRule(
        find_closed_connections,
        "info",
        "Each request used a new connection.",
        "Keep one connection open and send all requests over it.",
    ),
    "mixed-test-requests": ConductRule(
        find_mixed_test_requests,
        "warning",
        "The ad account received test requests among real ones.",
        "Make sure that no production code sends test=true: such events are never counted.",
    ),
    "plain-text": ConductRule(
        find_plain_text,
        "error",
        "A body held plain text, or a hash of another kind, where a SHA-256 hash belongs.",
        "Normalize and hash every match key before it leaves your server.",
    ),
}


@dataclass(frozen=True)
class ConductFinding:
    """A mistake of a sender: the rule, and for each time the ids of the requests that show it."""

    rule: str
    request_ids: tuple[tuple[str, ...], ...]

    @property
    def severity(self) -> str:
        """The rule's severity: `error`, `warning` or `info`."""
        return CONDUCT[self.rule].severity

    def to_dict(self) -> dict[str, Any]:
        """Return `{rule, severity, message, fix, times, requests: [[id, ...], ...]}`."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": CONDUCT[self.rule].message,
            "fix": CONDUCT[self.rule].fix,
            "times": len(self.request_ids),
            "requests": [list(ids) for ids in self.request_ids[:MAX_EXAMPLES]],
        }


def judge_conduct(exchanges: Iterable[Exchange]) -> tuple[ConductFinding, ...]:
    """Apply every rule of `CONDUCT` to the exchanges of each ad account, and return the findings."""
    accounts: dict[str, list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        if not exchange.internal:
            accounts[exchange.ad_account_id].append(exchange)
    findings = (
        ConductFinding(name, _collect_ids(rule.check, accounts.values())) for name, rule in CONDUCT.items()
    )
    return tuple(finding for finding in findings if finding.request_ids)


def _collect_ids(check: Check, accounts: Iterable[Sequence[Exchange]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(exchange.id for exchange in requests) for exchanges in accounts for requests in check(exchanges)
    )
