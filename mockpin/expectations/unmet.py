"""The error of an expectation that is not met: which events matched, and which came closest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mockpin.emulator.masking.texts import mask_secrets

JSON_WORDS = {True: "true", False: "false", None: "null"}
MARKS = {True: "✓", False: "✗"}
#: The most matching events that the error lists: the latest.
MAX_LISTED_MATCHES = 10
NO_OTHER_EVENT = "No other event arrived."


@dataclass(eq=False)
class Unmet(AssertionError):
    """An expectation that is not met.

    `wanted` describes what was expected; `count` is the number of events that matched; `nearest` holds the
    near misses, each `{seq, event_name, fields: [{field, expected, received?, matched}]}`; `events` holds the
    events that matched; `refusals` holds sentences about refused requests.
    """

    wanted: str
    count: int
    nearest: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    events: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    refusals: Sequence[str] = field(default=(), repr=False)

    def __str__(self) -> str:
        lines = [*describe_matches(self.events), *describe_misses(self.nearest)]
        if not (self.count or lines):
            lines = [NO_OTHER_EVENT]
        return "\n".join([f"Expected {self.wanted}; {self.count} came.", *lines, *self.refusals])


# Users import it from `mockpin`. The shorter name leaves room for the message in pytest's summary line.
Unmet.__module__ = "mockpin"


def describe_matches(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each event that matched: its seq, event id, time, source and verdict."""
    if len(events) > MAX_LISTED_MATCHES:
        yield f"({len(events) - MAX_LISTED_MATCHES} earlier matches are left out)"
    for event in events[-MAX_LISTED_MATCHES:]:
        at = datetime.fromtimestamp(event["received_at"], UTC).isoformat(" ", "milliseconds")
        moment = at.replace("+00:00", " UTC")
        came = f"{moment}, source {event['source']}, {event['status']}"
        yield f"Match: event {event['seq']}, event_id={event['event_id']}, {came}"


def describe_misses(nearest: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table: each near miss, with ✓ or ✗ for each field."""
    for miss in nearest:
        yield f"Near miss: event {miss['seq']} ({miss['event_name']})"
        width = max((len(comparison["field"]) for comparison in miss["fields"]), default=0)
        yield from (f"  {_describe_field(comparison, width)}" for comparison in miss["fields"])


def _describe_field(comparison: Mapping[str, Any], width: int) -> str:
    mark = MARKS[comparison["matched"]]
    name = comparison["field"].ljust(width)
    if comparison["matched"]:
        return f"{mark} {name}  {_format_value(comparison['expected'])}"
    received = _format_value(comparison["received"]) if "received" in comparison else "nothing"
    return f"{mark} {name}  expected {_format_value(comparison['expected'])}, received {received}"


def _format_value(value: Any) -> str:
    """Format a value as Python's repr does, except for true, false and null, which are written as in JSON."""
    return JSON_WORDS[value] if isinstance(value, bool | None) else repr(value)


def describe_wanted(
    filters: Mapping[str, Any], payload: Mapping[str, Any], *, count: int | None, at_least: int | None
) -> str:
    """Describe what was expected, such as `exactly 2 events with event_name='checkout'`."""
    number = count if count is not None else 1 if at_least is None else at_least
    expected = {**filters, **{f"payload.{mask_secrets(path)}": value for path, value in payload.items()}}
    described = ", ".join(f"{name}={_format_value(value)}" for name, value in expected.items())
    bound = "at least" if count is None else "exactly"
    events = f"{number} {'event' if number == 1 else 'events'}"
    return f"{bound} {events}{' with ' if expected else ''}{described}"
