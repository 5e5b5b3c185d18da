"""The age of an event. No rule here reports anything if `now` is None."""

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf
from typing import Final

from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import HELP_CENTER, OLD_EVENT, THIRD_PARTY_GUIDE
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import HINT, REFUSED, rule

# The year 5138 in seconds; every present-day time in a smaller unit is greater.
MAX_SECONDS: Final = 100_000_000_000
_SMALLER_UNITS: Final = {"milliseconds": 10**3, "microseconds": 10**6, "nanoseconds": 10**9}
# The years 1 and 9999, the first and last that datetime can write.
_FIRST_TIME: Final = -62_135_596_800
_LAST_TIME: Final = 253_402_300_799


def _is_recent(event: Event, context: Context) -> bool:
    """Whether the event is recent enough that no rule here applies."""
    now, policy = context.now, context.policy
    if now is None:
        return True
    oldest = now - min(policy.late_after, policy.max_event_age)
    happened: float = event["event_time"]
    return oldest <= happened <= now + policy.future_tolerance


@rule(REFUSED, OLD_EVENT, quiet=_is_recent)
def event_time_too_old(event: Event, context: Context) -> Iterator[Complaint]:
    """The event is at most seven days old; exactly seven days is accepted."""
    age = _age(event, context)
    if age > context.policy.max_event_age:
        yield Complaint(
            "/event_time",
            f"The event happened {_format_time(event)}, "
            f"more than {_format_span(context.policy.max_event_age)} ago.",
            "Send events when they happen. For a test fixture, move its times or judge it at a fixed time.",
            _reply(event, context, direction="in the past"),
        )


@rule(REFUSED, THIRD_PARTY_GUIDE, quiet=_is_recent)
def event_time_in_future(event: Event, context: Context) -> Iterator[Complaint]:
    """The event is not in the future; one minute ahead is accepted, for clocks that run fast."""
    ahead = -_age(event, context)
    if ahead > context.policy.future_tolerance:
        yield Complaint(
            "/event_time",
            f"The event time {int(event['event_time'])} is in the future ({_format_time(event)}).",
            _suggest_seconds(event),
            _reply(event, context, direction="in the future"),
        )


@rule(HINT, HELP_CENTER, quiet=_is_recent)
def event_time_late(event: Event, context: Context) -> Iterator[Complaint]:
    """A web or app event arrives within the hour, or Pinterest reports it as offline."""
    age = _age(event, context)
    if (
        context.policy.late_after < age <= context.policy.max_event_age
        and event["action_source"] != "offline"
    ):
        yield Complaint(
            "/event_time",
            f"The event happened {_format_span(age)} ago: Pinterest reports it as an offline event.",
            "Send events within an hour after they happen.",
        )


def _age(event: Event, context: Context) -> float:
    if context.now is None:
        return 0
    try:
        return float(context.now - event["event_time"])
    except OverflowError:  # a whole number may be larger than a float can hold
        return -inf if event["event_time"] > 0 else inf


def _format_span(seconds: float) -> str:
    for name, unit in (("days", 86_400), ("hours", 3_600)):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds:,.0f} seconds"


def _format_time(event: Event) -> str:
    time = event["event_time"]
    if not _FIRST_TIME <= time <= _LAST_TIME:
        return "beyond the year 9999" if time > 0 else "before the year 1"
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _suggest_seconds(event: Event) -> str:
    time = int(event["event_time"])
    for unit, size in _SMALLER_UNITS.items():
        if MAX_SECONDS < time <= MAX_SECONDS * size:
            return f"This looks like {unit}: send seconds ({time // size})."
    return "Check the sender's clock; event_time is Unix time in seconds."


def _reply(event: Event, context: Context, *, direction: str) -> str:
    return (
        f"Invalid event_timestamp parameter. Given timestamp is {direction}. "
        f"Current timestamp: {int(context.now or 0)}, Given event_timestamp: {int(event['event_time'])}"
    )


RULES: Final = (event_time_too_old, event_time_in_future, event_time_late)
