"""What a test sees when not those events have come that it expects: which came, and what came closest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockpin.emulator.masking.texts import mask_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WORDS = {True: "true", False: "false", None: "null"}
TICKS = {True: "✓", False: "✗"}
#: So many events that matched are listed, the latest.
MOST = 10
NOTHING = "No other event came, either."


@dataclass(eq=False)
class Unmet(AssertionError):
    """An expectation that has not come true.

    `wanted` says what was expected, in words; `count` how many events matched; `nearest` holds the
    closest others, each `{seq, event_name, fields: [{field, expected, received?, matched}]}`; `events` the
    records of those that matched; `refusals` sentences about requests that were refused.
    """

    wanted: str
    count: int
    nearest: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    events: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    refusals: Sequence[str] = field(default=(), repr=False)

    def __str__(self) -> str:
        lines = [*describe_matches(self.events), *describe_misses(self.nearest)]
        if not (self.count or lines):
            lines = [NOTHING]
        return "\n".join([f"Expected {self.wanted}; {self.count} came.", *lines, *self.refusals])


# Where users import it from: a test's one line of summary has room for the sentence then.
Unmet.__module__ = "mockpin"


def describe_matches(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each event that matched: number, event id, moment, source, and what became of it."""
    if len(events) > MOST:
        yield f"({len(events) - MOST} earlier matches are left out)"
    for event in events[-MOST:]:
        at = datetime.fromtimestamp(event["received_at"], UTC).isoformat(" ", "milliseconds")
        moment = at.replace("+00:00", " UTC")
        came = f"{moment}, source {event['source']}, {event['status']}"
        yield f"Match: event {event['seq']}, event_id={event['event_id']}, {came}"


def describe_misses(nearest: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of a table: each event that came close, with a tick or a cross for each field."""
    for miss in nearest:
        yield f"Near miss: event {miss['seq']} ({miss['event_name']})"
        width = max((len(each["field"]) for each in miss["fields"]), default=0)
        yield from (f"  {_describe_field(each, width)}" for each in miss["fields"])


def _describe_field(compared: Mapping[str, Any], width: int) -> str:
    tick = TICKS[compared["matched"]]
    name = compared["field"].ljust(width)
    if compared["matched"]:
        return f"{tick} {name}  {_show(compared['expected'])}"
    received = _show(compared["received"]) if "received" in compared else "nothing"
    return f"{tick} {name}  expected {_show(compared['expected'])}, received {received}"


def _show(value: Any) -> str:
    """A value as JSON and the command line write it where Python differs: true, false, null."""
    return WORDS[value] if isinstance(value, bool | None) else repr(value)


def describe_wanted(
    filters: Mapping[str, Any], payload: Mapping[str, Any], *, count: int | None, at_least: int | None
) -> str:
    """What was expected, in words: `exactly 2 events with event_name='checkout'`."""
    number = count if count is not None else 1 if at_least is None else at_least
    asked = {**filters, **{f"payload.{mask_secrets(path)}": value for path, value in payload.items()}}
    described = ", ".join(f"{name}={_show(value)}" for name, value in asked.items())
    how = "at least" if count is None else "exactly"
    return f"{how} {number} {'event' if number == 1 else 'events'}{' with ' if asked else ''}{described}"
