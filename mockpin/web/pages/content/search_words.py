"""The words and states that the search box knows, and what each reads from a record.

A record is the dictionary of an event, or of a request that gave no event (`refusals.read_refused`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from mockpin.emulator.history.event_fields import EVENT_FIELDS, EventField, EventFilter, SearchWord
from mockpin.emulator.tag.rules import TAG_RULES
from mockpin.expectations.matching import Record
from mockpin_validator import RULES

Predicate = Callable[[Record], bool]

#: The status of a request that gave no event, beside the verdicts `processed` and `failed`.
REFUSED = "refused"


@dataclass(frozen=True)
class State:
    """A value of ``is:``. `filters` are the store's own filters that every such record passes."""

    meaning: str
    holds: Predicate
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Word:
    """A word before a colon. `read` gives the record's values; `filter` is the store's own filter."""

    meaning: str
    example: str
    read: Callable[[Record], tuple[str, ...]]
    filter: EventFilter | None = None
    choices: tuple[str, ...] = ()

    def as_stored(self, value: str) -> str:
        """The value as the store's rows hold it."""
        return str(self.filter.as_stored(value)) if self.filter else value


def _has_warning(record: Record) -> bool:
    return any(finding["severity"] == "warning" for finding in record["findings"])


STATES: Mapping[str, State] = {
    "good": State("processed", lambda record: record["status"] == "processed", {"status": "processed"}),
    "bad": State("failed", lambda record: record["status"] == "failed", {"status": "failed"}),
    "duplicate": State(
        "repeats an earlier event", lambda record: record["duplicate_of"] is not None, {"duplicate": True}
    ),
    "refused": State("a request that gave no event", lambda record: record["status"] == REFUSED),
    "test": State("sent with test=true", lambda record: bool(record["test"]), {"test": True}),
    "faulty": State("changed by an injected fault", lambda record: bool(record.get("fault"))),
    "warned": State("with at least one warning", _has_warning),
    "clean": State(
        "without any finding", lambda record: record["status"] != REFUSED and not record["findings"]
    ),
    "limited": State(
        "under limited data processing",
        lambda record: bool(record["limited_data_processing"]["applies"]),
        {"limited_data_processing": True},
    ),
}

#: The states that exclude each other on the page: its tabs.
TABS = ("good", "bad", "duplicate", "refused", "test")


def _field(*names: str) -> Callable[[Record], tuple[str, ...]]:
    return lambda record: tuple(text for name in names for text in _list_texts(record.get(name)))


def _list_texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a field: a refused request has one event name for each event of its body."""
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return () if value is None else (str(value),)


def _custom_data(name: str) -> Callable[[Record], tuple[str, ...]]:
    return lambda record: tuple(
        str(event["custom_data"][name])
        for event in _list_events(record)
        if isinstance(event.get("custom_data"), dict) and event["custom_data"].get(name) is not None
    )


def _list_events(record: Record) -> Iterable[Mapping[str, Any]]:
    """Return the event of an event record, or the events of a refused request's body."""
    payload = record["payload"]
    if not isinstance(payload, dict):
        return ()
    events = payload["data"] if isinstance(payload.get("data"), list) else [payload]
    return (event for event in events if isinstance(event, dict))


def _statuses(record: Record) -> tuple[str, ...]:
    return tuple(str(record[name]) for name in ("status", "http_status") if record.get(name))


def _rules(record: Record) -> tuple[str, ...]:
    return tuple(finding["rule"] for finding in record["findings"])


def _make_word(field: EventField, search_word: SearchWord) -> Word:
    """The word that asks for a field of events, with the field's filter if it has one."""
    event_filter = field.filter
    also, choices = (event_filter.also, event_filter.choices) if event_filter else ((), ())
    read = _field(field.name, *also)
    return Word(search_word.meaning, search_word.example, read, event_filter, choices)


#: The words for an event's fields, then those for what stands inside a field.
WORDS: Mapping[str, Word] = {
    **{field.word.word: _make_word(field, field.word) for field in EVENT_FIELDS if field.word},
    "rule": Word("a finding's rule", "rule:event-time-too-old", _rules, choices=(*RULES, *TAG_RULES)),
    "key": Word("a match key that is present", "key:em", lambda record: tuple(record["match_keys"])),
    "order": Word("the order id", "order:1001", _custom_data("order_id")),
    "value": Word("the value", "value:72.39", _custom_data("value")),
    "status": Word("processed, failed, refused, or a refused request's status", "status:429", _statuses),
    "since": Word("received in the last 10 minutes, or since a moment", "since:10m", _field("received_at")),
}

#: Every word and the values it takes; none means any text.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "is": tuple(STATES),
    **{name: word.choices for name, word in WORDS.items()},
}


def list_tabs(record: Record) -> tuple[str | None, ...]:
    """Return the tabs on which a record is shown; None is the tab of everything but test requests."""
    if record["test"]:
        return ("test",)
    state = next(name for name in ("good", "bad", "refused") if STATES[name].holds(record))
    return (None, state, "duplicate") if record["duplicate_of"] is not None else (None, state)


def read_searchable(record: Record) -> str:
    """Return the text of a record in which a bare word is searched."""
    names = _field("event_name", "sent_name", "event_id", "action_source", "target", "reason")(record)
    findings = (text for finding in record["findings"] for text in (finding["rule"], finding["message"]))
    messages = _field("error_message", "warning_message")(record)
    payload = orjson.dumps(record["payload"]).decode()
    return "\n".join((*names, *findings, *messages, payload)).casefold()
