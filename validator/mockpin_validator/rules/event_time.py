"""When an event happened, seen from now. Nothing is said when time does not matter."""

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf
from typing import Final

from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import HELP_CENTER, OLD_EVENT, THIRD_PARTY_GUIDE
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import HINT, REFUSED, rule

# The year 5138 in seconds; every present-day time in a smaller unit lies beyond it.
_LAST_IN_SECONDS: Final = 100_000_000_000
_SMALLER_UNITS: Final = {"milliseconds": 10**3, "microseconds": 10**6, "nanoseconds": 10**9}
# The years 1 and 9999: beyond them there is no date to write.
_FIRST_TIME: Final = -62_135_596_800
_LAST_TIME: Final = 253_402_300_799


def _in_time(event: Event, context: Context) -> bool:
    """Whether the event happened lately, as most do."""
    now, policy = context.now, context.policy
    if now is None:
        return True
    oldest = now - min(policy.late_after, policy.max_event_age)
    happened: float = event["event_time"]
    return oldest <= happened <= now + policy.future_tolerance


@rule(REFUSED, OLD_EVENT, quiet=_in_time)
def event_time_too_old(event: Event, context: Context) -> Iterator[Complaint]:
    """The event is at most seven days old, the border included."""
    age = _age(event, context)
    if age > context.policy.max_event_age:
        yield Complaint(
            "/event_time",
            f"The event happened {_instant(event)}, more than {_span(context.policy.max_event_age)} ago.",
            "Send events as they happen; rebase a fixture's times, or judge it at a time of its own.",
            _reply(event, context, direction="in the past"),
        )


@rule(REFUSED, THIRD_PARTY_GUIDE, quiet=_in_time)
def event_time_in_future(event: Event, context: Context) -> Iterator[Complaint]:
    """The event does not lie in the future; a minute is forgiven to a clock that runs fast."""
    ahead = -_age(event, context)
    if ahead > context.policy.future_tolerance:
        yield Complaint(
            "/event_time",
            f"The event time {int(event['event_time'])} lies in the future ({_instant(event)}).",
            _mend(event),
            _reply(event, context, direction="in the future"),
        )


@rule(HINT, HELP_CENTER, quiet=_in_time)
def event_time_late(event: Event, context: Context) -> Iterator[Complaint]:
    """A web or app event arrives within the hour, or Pinterest reports it as offline."""
    age = _age(event, context)
    if (
        context.policy.late_after < age <= context.policy.max_event_age
        and event["action_source"] != "offline"
    ):
        yield Complaint(
            "/event_time",
            f"The event happened {_span(age)} ago: Pinterest reports it as an offline event.",
            "Send events within an hour of their happening.",
        )


def _age(event: Event, context: Context) -> float:
    if context.now is None:
        return 0
    try:
        return float(context.now - event["event_time"])
    except OverflowError:  # a whole number may be larger than a float can hold
        return -inf if event["event_time"] > 0 else inf


def _span(seconds: float) -> str:
    for name, unit in (("days", 86_400), ("hours", 3_600)):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds:,.0f} seconds"


def _instant(event: Event) -> str:
    time = event["event_time"]
    if not _FIRST_TIME <= time <= _LAST_TIME:
        return "beyond the year 9999" if time > 0 else "before the year 1"
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _mend(event: Event) -> str:
    time = int(event["event_time"])
    for unit, size in _SMALLER_UNITS.items():
        if _LAST_IN_SECONDS < time <= _LAST_IN_SECONDS * size:
            return f"This looks like {unit}: send seconds ({time // size})."
    return "Check the sender's clock; event_time is Unix time in seconds."


def _reply(event: Event, context: Context, *, direction: str) -> str:
    return (
        f"Invalid event_timestamp parameter. Given timestamp is {direction}. "
        f"Current timestamp: {int(context.now or 0)}, Given event_timestamp: {int(event['event_time'])}"
    )


RULES: Final = (event_time_too_old, event_time_in_future, event_time_late)
