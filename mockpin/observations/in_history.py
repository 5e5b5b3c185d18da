"""Facts of what an emulator received: its events, and its requests and Segment calls without events.

Events and requests are read as the admin API lists them (`EventRow.to_dict`, `Store.describe`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from mockpin.emulator.json_texts import object_of
from mockpin.emulator.pipeline.faults import TRANSIENT_FAULTS
from mockpin.emulator.pipeline.requests import INTERNAL
from mockpin.expectations.refusals import find_schema_findings, read_message
from mockpin.observations.digests import digest_here
from mockpin.observations.endpoints import is_empty_flush, is_segment, missed_events
from mockpin.observations.facts import (
    Fact,
    fact_of_event,
    name_rules,
    read_details,
    read_id,
)
from mockpin.observations.segment_names import LEFT_OUT, find_near_name, read_taken_names

Record = Mapping[str, Any]

REFUSED = (400, 401, 403, 413, 429)
TRANSIENT_STATUSES = (408, 429, 500, 502, 503, 504)
CAUSES: Mapping[int, str] = {
    401: "no valid conversion token",
    403: "an ad account that the token has no access to",
    413: "a body that is too large",
    429: "more requests than the rate limit allows",
}
SEGMENT_CAUSES: Mapping[int, str] = {**CAUSES, 401: "no valid write key"}
#: Requests whose body is judged again to name the field; the causes of more are read from the answer.
MAX_EXPLAINED = 500
_INDEX = re.compile(r"/\d+(?=/|$)")
_VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|\b\d[\d.]*\b")


def read_facts(events: Iterable[Record], requests: Iterable[Record]) -> Iterator[Fact]:
    """One fact an event, one for each event of a refused request, one for each Segment call."""
    listed = list(requests)
    tags = {int(request["id"]): read_tag(request) for request in listed if request.get("source") == "tag"}
    for event in events:
        fact = read_event(event)
        yield fact._replace(tag=tags.get(fact.request or 0)) if fact.source == "tag" else fact
    explained = iter(range(MAX_EXPLAINED))
    for request in listed:
        yield from read_request(request, explain=_Explainer(explained))


def read_tag(request: Record) -> str | None:
    """The id of the tag whose hit a request is, empty where it names none; None where that is unknown."""
    body = request["body"]
    return read_id(body.get("tid")) or "" if isinstance(body, dict) else None


def read_event(record: Record) -> Fact:
    """The fact of an event record."""
    findings = record["findings"]
    failed = record["status"] == "failed"
    return Fact(
        *read_details(record["payload"], record["event_id"], record["event_time"], digest_here),
        account=record["ad_account_id"],
        source=record["source"],
        request=int(record.get("request_id") or 0),
        seq=record["seq"],
        event_name=record["event_name"],
        arrival=record["received_at"],
        action_source=record["action_source"],
        status=record["status"],
        cause=describe_failure(record) if failed else "",
        injected=int(record.get("fault") is not None),
        test=int(record["test"]),
        duplicate_of=record["duplicate_of"],
        limited=int(record["limited_data_processing"]["applies"]),
        rules=name_rules((finding["rule"], finding["severity"]) for finding in findings) if findings else "",
    )


def describe_failure(record: Record) -> str:
    """Why an event failed: the rule and the field, or what was answered."""
    error = next((finding for finding in record["findings"] if finding["severity"] == "error"), None)
    if error is None or "path" not in error:
        return str(record.get("error_message") or "")
    return f"{error['rule']} at {_field(error['path'])}"


class _Explainer:
    """Names the fields of refused payloads, of a limited number of requests."""

    def __init__(self, turns: Iterator[int]) -> None:
        self._turns = turns

    def __call__(self, request: Record) -> str:
        if request.get("cause"):
            return f"{_field(str(request.get('cause_path') or ''))}: {request['cause']}"
        sentence = read_message(str(request["answer"]))
        fault = next(find_schema_findings(request["status"], request["body"]), None) if self._take() else None
        if fault is None:
            return _VALUE.sub("…", sentence.removeprefix("Invalid request: "))
        return f"{_field(fault['path'])}: {fault['message']}"

    def _take(self) -> bool:
        return bool(list(islice(self._turns, 1)))


def read_request(request: Record, *, explain: _Explainer) -> Iterator[Fact]:
    """The facts of a request that gave no event of the history; of a Segment call, one a message."""
    status, path = int(request["status"] or 0), str(request["path"])
    body = request["body"]
    if isinstance(body, dict) and isinstance(body.get("segment"), list):
        yield from (read_call(call, request) for call in body["segment"])
    elif request.get("event_seqs") or is_empty_flush(status, body):
        return
    elif missed_events(request["method"], path, status, body):
        cause = f"{request['method']} {path} ({status})"
        yield from _spread(request, status="missed", cause=cause)
    elif request.get("fault") in ("status", *TRANSIENT_FAULTS) and _takes_events(request):
        fault = request["fault"]
        again = fault in TRANSIENT_FAULTS or status in TRANSIENT_STATUSES
        cause = f"{fault} {status}" if fault == "status" else str(fault)
        yield from _spread(request, status="refused", cause=cause, injected=1, transient=int(again))
    elif status in REFUSED and _takes_events(request):
        causes = SEGMENT_CAUSES if is_segment(path) else CAUSES
        cause = causes.get(status) or explain(request)
        yield from _spread(request, status="refused", cause=f"{cause.rstrip('.')} ({status})")


def _takes_events(request: Record) -> bool:
    path = str(request["path"])
    return request["method"] == "POST" and (path.rstrip("/").endswith("/events") or is_segment(path))


def _spread(request: Record, **outcome: Any) -> Iterator[Fact]:
    """A fact for each event in the body of a request; one for the request where no event can be read."""
    inside = is_segment(str(request["path"])) or request["headers"].get("via") == INTERNAL
    shared = {
        "account": request["ad_account_id"] or "",
        "source": "segment" if inside else "api",
        "request": int(request["id"]),
        "arrival": request["received_at"],
        "test": int(str(request["query"].get("test", "")).lower() == "true"),
        **outcome,
    }
    body = request["body"]
    data = body.get("data") if isinstance(body, dict) else None
    events = [event for event in data if isinstance(event, dict)] if isinstance(data, list) else []
    if not events:
        yield Fact(kind="request", **shared)
    for event in events:
        yield fact_of_event(event, digest_here, **shared)


#: Of a call's results, the one that says most about it stands for the call.
_OUTCOMES = ("failed", "converted", "not_accepted", "not_subscribed")


def read_call(call: Record, request: Record) -> Fact:
    """The fact of one Segment call and what its subscriptions made of it."""
    event = call["event"] if isinstance(call["event"], dict) else {}
    results = sorted(call["results"], key=lambda result: _OUTCOMES.index(result["status"]))
    status = results[0]["status"] if results else "not_subscribed"
    name = str(event.get("event") or event.get("name") or event.get("type") or "")
    kind, why = str(event.get("type") or ""), str(results[0]["why"] or "") if results else ""
    untaken = kind == "track" and status == "not_subscribed"
    return Fact(
        kind="call",
        account=request["ad_account_id"] or "",
        source="segment",
        request=int(request["id"]),
        event_name=name,
        event_id=str(event.get("messageId") or "") or None,
        arrival=request["received_at"],
        status=status,
        order_id=read_id(object_of(event.get("properties")).get("order_id")),
        cause=why if status in ("failed", "not_accepted") or why == LEFT_OUT else "",
        call=kind,
        near=find_near_name(name, _taken(results)) if untaken else None,
    )


def _taken(results: Iterable[Record]) -> frozenset[str]:
    return frozenset().union(*(read_taken_names(str(result["why"] or "")) for result in results))


def _field(path: str) -> str:
    """A pointer into a payload as people write a field: `custom_data.value`."""
    within = _INDEX.sub("", path).removeprefix("/data").strip("/").replace("/", ".")
    return within or "data"
