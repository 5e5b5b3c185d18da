"""The filters of the templates: how pages write times, lengths of time and names."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from mockpin.moments import write_iso
from mockpin.web.pages.content.annotation import LONGEST_TEXT
from mockpin.web.pages.content.outcomes import find_gravest, is_failed_by_fault, summarize_outcome
from mockpin_validator.wording import make_visible

SOURCES = {"api": "API", "tag": "tag", "segment": "Segment"}
#: Characters of a value that are shown outside the payload.
_MAX_BRIEF = 200
_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def write_time(seconds: float, now: float) -> str:
    """Write the time of day in UTC, to the second, after the date if it is not that of `now`."""
    today = _try(lambda at: f"{datetime.fromtimestamp(at, UTC):%d %b }", now)
    return _try(lambda at: f"{datetime.fromtimestamp(at, UTC):%d %b %H:%M:%S}", seconds).removeprefix(today)


def write_minute(seconds: float) -> str:
    """Write day and time in UTC, to the minute: `31 Jan 2026 12:00`."""
    return _try(lambda at: f"{datetime.fromtimestamp(at, UTC):%d %b %Y %H:%M}", seconds)


def write_moment(seconds: float) -> str:
    """Write ISO 8601 in UTC to the millisecond; a number outside the years 1 to 9999 stays a number."""
    return _try(write_iso, seconds)


def _try(write: Callable[[float], str], seconds: float) -> str:
    try:
        return write(seconds)
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def write_span(seconds: float) -> str:
    """Write a length of time in its two greatest units: `2 h 5 min`, `340 ms`."""
    size = abs(seconds)
    if size < 1:
        return f"{round(size * 1000)} ms"
    first = next(index for index, (unit, _) in enumerate(_UNITS) if size >= unit)
    parts = []
    for unit, name in _UNITS[first : first + 2]:
        count, size = divmod(size, unit)
        parts += [f"{count:.0f} {name}"] if count else []
    return " ".join(parts)


def name_source(source: str) -> str:
    """Return the readable name of a source: API, tag or Segment."""
    return SOURCES.get(source, source)


def name_gravity(record: Mapping[str, Any]) -> str:
    """Return `failed`, `warned` or `processed`, the CSS class that colours a row."""
    if record["status"] == "failed":
        return "failed"
    return (
        "warned" if any(finding["severity"] == "warning" for finding in record["findings"]) else "processed"
    )


def write_visible(value: object, longest: int = LONGEST_TEXT) -> str:
    """Write any value on one line: cut if it is long, with invisible characters escaped."""
    text = str(value)
    return make_visible(text if len(text) <= longest else f"{text[:longest]}…")


def spell_out(name: str) -> str:
    """Write a name in words: `only_api` is `only API`, `NEEDS_IMPROVEMENT` is `needs improvement`."""
    return " ".join(SOURCES.get(word, word) for word in name.lower().split("_"))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "time": write_time,
    "iso": write_moment,
    "span": write_span,
    "visible": write_visible,
    "brief": partial(write_visible, longest=_MAX_BRIEF),
    "source": name_source,
    "gravity": name_gravity,
    "gravest": find_gravest,
    "outcome": summarize_outcome,
    "failed_by_fault": is_failed_by_fault,
    "minute": write_minute,
    "words": spell_out,
}
