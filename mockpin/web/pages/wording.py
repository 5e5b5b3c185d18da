"""How the pages write times, spans and names: the filters of their templates."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mockpin.moments import write_iso
from mockpin.web.pages.content.annotation import LONGEST_TEXT, make_visible
from mockpin.web.pages.content.outcomes import find_gravest, is_failed_by_fault, summarize_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SOURCES = {"api": "API", "tag": "tag", "segment": "Segment"}
#: So much of a value is shown where it names something; the payload has more of it.
_BRIEF = 200
_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def write_time(seconds: float, now: float) -> str:
    """Time of day, UTC, to the second; before it the day, when it is another than that of `now`."""
    today = _try(lambda at: f"{datetime.fromtimestamp(at, UTC):%d %b }", now)
    return _try(lambda at: f"{datetime.fromtimestamp(at, UTC):%d %b %H:%M:%S}", seconds).removeprefix(today)


def write_minute(seconds: float) -> str:
    """Day and time of day in UTC, to the minute: `31 Jan 2026 12:00`."""
    return _try(lambda at: f"{datetime.fromtimestamp(at, UTC):%d %b %Y %H:%M}", seconds)


def write_moment(seconds: float) -> str:
    """ISO 8601 in UTC to the millisecond; a number that is no moment of our era stays a number."""
    return _try(write_iso, seconds)


def _try(write: Callable[[float], str], seconds: float) -> str:
    try:
        return write(seconds)
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def write_span(seconds: float) -> str:
    """The two greatest units of a length of time: `2 h 5 min`, `340 ms`."""
    size = abs(seconds)
    if size < 1:
        return f"{round(size * 1000)} ms"
    found = next(index for index, (unit, _) in enumerate(_UNITS) if size >= unit)
    parts = []
    for unit, name in _UNITS[found : found + 2]:
        count, size = divmod(size, unit)
        parts += [f"{count:.0f} {name}"] if count else []
    return " ".join(parts)


def name_source(source: str) -> str:
    """Where an event came in, as people say it."""
    return SOURCES.get(source, source)


def name_gravity(record: Mapping[str, Any]) -> str:
    """`failed`, `warned` or `processed`: what colours a row."""
    if record["status"] == "failed":
        return "failed"
    return "warned" if any(each["severity"] == "warning" for each in record["findings"]) else "processed"


def write_visible(value: object, longest: int = LONGEST_TEXT) -> str:
    """A value on one line, cut and made visible: what a sender sent may be anything, in any length."""
    text = str(value)
    return make_visible(text if len(text) <= longest else f"{text[:longest]}…")


def spell_out(name: str) -> str:
    """A name of a table as words: `only_api` is `only API`, `NEEDS_IMPROVEMENT` is `needs improvement`."""
    return " ".join(SOURCES.get(word, word) for word in name.lower().split("_"))


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "time": write_time,
    "iso": write_moment,
    "span": write_span,
    "visible": write_visible,
    "brief": partial(write_visible, longest=_BRIEF),
    "source": name_source,
    "gravity": name_gravity,
    "gravest": find_gravest,
    "outcome": summarize_outcome,
    "failed_by_fault": is_failed_by_fault,
    "minute": write_minute,
    "words": spell_out,
})  # fmt: skip
