"""A stored request and its answer, as the pages show them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from mockpin.addresses import API, SEGMENT
from mockpin.emulator.history.records import read_json

Record = Mapping[str, Any]

TAG = "/v3"
#: The beginning of a path -> the source of what is sent there.
SOURCES_BY_PATH = {f"{API}/ad_accounts/": "api", f"{SEGMENT}/": "segment", f"{TAG}/": "tag"}
#: The fields that name an event: in the API, a tag's hit, and Segment's messages.
NAME_FIELDS = ("event_name", "event", "name", "type")
#: Faults after which no event is stored, and how the sender sees them.
REFUSING_FAULTS = ("status", "drop")

#: The kind of a fault -> its effect on the answer, as the sender saw it.
FAULT_EFFECTS: Mapping[str, str] = {
    "status": "Your fault rule chose this answer: the request was not judged.",
    "drop": "Your fault rule closed the connection: the answer below was never sent.",
    "delay_ms": "Your fault rule held the answer back.",
    "truncate": "Your fault rule cut the answer off: the sender got only its beginning.",
    "garbage": "Your fault rule replaced the answer's body by text that is not JSON.",
    "empty": "Your fault rule emptied the answer's body.",
    "fail_events": "Your fault rule failed events of this request.",
}


@dataclass(frozen=True)
class ExchangeView:
    """One request and its answer. `answer` is JSON where it could be parsed; `fault` is a fault's kind."""

    id: int
    received_at: float
    ad_account_id: str | None
    method: str
    path: str
    query: Mapping[str, str]
    status: int
    milliseconds: float
    fault: str | None
    event_seqs: tuple[int, ...]
    headers: Mapping[str, str] = field(repr=False)
    answer_headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    answer: Any = field(repr=False)

    @property
    def target(self) -> str:
        """The path with its query."""
        return self.path + (f"?{urlencode(self.query)}" if self.query else "")

    @property
    def source(self) -> str | None:
        """api, tag or segment, by the path; None where nothing takes events."""
        return find_source(self.path)

    @property
    def is_test(self) -> bool:
        """Whether it is a test request, which the tag does not have."""
        return self.source != "tag" and str(self.query.get("test", "")).lower() == "true"

    @property
    def is_refused(self) -> bool:
        """Whether the answer is an error and nothing of the request was stored as an event."""
        return self.status >= HTTPStatus.BAD_REQUEST and not self.event_seqs

    @property
    def segment_calls(self) -> tuple[Record, ...]:
        """The messages of a Segment call, each with the results of the subscriptions: `{event, results}`."""
        calls = self.body.get("segment") if isinstance(self.body, dict) and self.source == "segment" else None
        return tuple(calls) if isinstance(calls, list) else ()

    @property
    def untaken_calls(self) -> tuple[Record, ...]:
        """The Segment messages that gave no event."""
        return tuple(
            call for call in self.segment_calls if not any(result["event_seqs"] for result in call["results"])
        )

    @property
    def answer_text(self) -> str:
        """The result in words: why events failed, which mappings took a call, or the answer's message."""
        if self.segment_calls:
            results = [result for call in self.segment_calls for result in call["results"]]
            taken = dict.fromkeys(result["subscription"] for result in results if result["event_seqs"])
            return f"sent by {', '.join(taken)}" if taken else ""
        if not isinstance(self.answer, dict):
            return ""
        return _describe_verdicts(self.answer) or str(self.answer.get("message", ""))

    @property
    def gave_no_event(self) -> bool:
        """Whether a part of the request that could have been an event is not one."""
        if self.is_refused or self.untaken_calls:
            return True
        return self.source == "tag" and not self.event_seqs and self.status < HTTPStatus.BAD_REQUEST

    @property
    def kind(self) -> str:
        """The colour of its row: failed, ignored (not taken) or processed."""
        if self.status >= HTTPStatus.BAD_REQUEST or self.fault in REFUSING_FAULTS:
            return "failed"
        return "ignored" if self.gave_no_event else "processed"

    @property
    def outcome(self) -> str:
        """What the sender got: the status, or that the connection was dropped."""
        if self.fault == "drop":
            return "dropped"
        return "not taken" if self.kind == "ignored" else str(self.status)

    @property
    def fault_effect(self) -> str:
        """What an injected fault did to the answer, as the sender saw it; empty without a fault."""
        return FAULT_EFFECTS.get(self.fault or "", "")

    @property
    def event_count(self) -> str:
        """How many events it added to the history: `2`, or `0 of 2` where an error kept both out."""
        if self.event_seqs or self.kind != "failed":
            return f"{len(self.event_seqs):,}"
        named = [event for event in self.list_sent_events() if any(map(event.get, NAME_FIELDS))]
        return f"0 of {len(named):,}" if named else "0"

    def list_sent_events(self) -> Iterator[Record]:
        """The events of its body: conversion events, Segment messages, or a tag's hit."""
        if self.segment_calls:
            yield from (call["event"] for call in self.untaken_calls if isinstance(call["event"], dict))
        elif isinstance(self.body, dict) and isinstance(self.body.get("data"), list):
            yield from (event for event in self.body["data"] if isinstance(event, dict))
        elif isinstance(self.body, dict):
            yield self.body


def find_source(path: str) -> str | None:
    """api, tag or segment, by the path of a request; None where nothing takes events."""
    return next((source for start, source in SOURCES_BY_PATH.items() if f"{path}/".startswith(start)), None)


def read_exchange(record: Record) -> ExchangeView:
    """The view of an exchange as the admin API lists it."""
    names = ("received_at", "ad_account_id", "method", "path", "query", "status", "milliseconds", "fault",
             "headers", "answer_headers", "body")  # fmt: skip
    return ExchangeView(
        **{name: record[name] for name in names},
        id=int(record["id"]),
        event_seqs=tuple(record["event_seqs"]),
        answer=read_json(record["answer"], default=record["answer"]),
    )


def _describe_verdicts(answer: Record) -> str:
    """Say how many events were processed or failed, and why the first one failed.

    In an error, the events are in `details`.
    """
    details = answer.get("details", answer)
    events = details.get("events", ()) if isinstance(details, dict) else ()
    if events and all(event["status"] == "processed" for event in events):
        return f"{len(events)} processed"
    failed = [event["error_message"] for event in events if event["status"] == "failed"]
    return f"{len(failed)} of {len(events)} failed: {failed[0]}" if failed else ""
