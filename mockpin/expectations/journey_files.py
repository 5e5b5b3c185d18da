"""The TOML form of a journey.

name = "guest checkout"
within = "5s"                       # how long to wait for each step (a number is in seconds), 0 if not given

[[expect]]
event_name = "checkout"             # any filter of the event list
source = "api"
count = 1                           # exactly; or at_least = 1, which is the default
same_event_id_as = "tag"            # the tag must have sent the same event id too
payload = {"custom_data.order_id" = "o1"}
plain = {em = "jo@example.com"}     # compared by its documented hash, never stored or shown

[[expect]]
event_name = "page_visit"
none = true                         # no such event may arrive during `within`
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockpin.emulator.history.event_fields import FILTERS, SOURCES
from mockpin.emulator.masking.texts import mask_text
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.expectations.journeys import Journey, JourneyStep
from mockpin.expectations.matching import Match, find_plain_text
from mockpin.expectations.plain_values import PlainValueUnusable, hash_plain
from mockpin_validator.contract.spelling import suggest
from mockpin_validator.files import read_whole

__tracebackhide__ = True  # pytest then shows the error in the file, not this module
#: The keys of a file and of a step, each with its kinds of value and, where limited, the values allowed.
FILE_KEYS: Mapping[str, tuple[tuple[type, ...], tuple[str, ...]]] = {
    "name": ((str,), ()),
    "within": ((str, int, float), ()),
    "expect": ((list,), ()),
}
STEP_KEYS: Mapping[str, tuple[tuple[type, ...], tuple[str, ...]]] = {
    **{name: ((event_filter.kind,), event_filter.choices) for name, event_filter in FILTERS.items()},
    "payload": ((dict,), ()),
    "plain": ((dict,), ()),
    "count": ((int,), ()),
    "at_least": ((int,), ()),
    "none": ((bool,), ()),
    "same_event_id_as": ((str,), SOURCES),
    "within": ((str, int, float), ()),
}
COUNT_KEYS = ("count", "at_least", "none")
KIND_NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}


@dataclass(eq=False)
class JourneyInvalid(ValueError):
    """A file that does not describe a journey. The message lists every problem."""

    path: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.path}: {problem}" for problem in self.problems)


def read_journey(path: str | Path) -> Journey:
    """Read a journey from a TOML file.

    Raises:
        JourneyInvalid: The file is not TOML, or does not describe a journey. The error lists every problem.
        OSError: The file cannot be read.
    """
    content = read_whole(Path(path))
    try:
        return parse_journey(content.decode(), path=str(path))
    except UnicodeDecodeError as error:
        raise JourneyInvalid(str(path), (f"not UTF-8 at byte {error.start}",)) from None


def open_journey(path: str | Path) -> Journey:
    """Read a journey from a TOML file. Reports a file that cannot be read as JourneyInvalid.

    Raises:
        JourneyInvalid: The file cannot be read, or does not describe a journey.
    """
    try:
        return read_journey(path)
    except OSError as error:
        place = "" if Path(path).is_absolute() else f"; a relative path starts in {Path.cwd()}"
        raise JourneyInvalid(str(path), (f"cannot be read: {error.strerror}{place}",)) from None


def parse_journey(text: str, *, path: str = "journey") -> Journey:
    """Read a journey from TOML text; messages name it by `path`. Raises JourneyInvalid."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # it nests deeper than Python can go
        raise JourneyInvalid(path, (f"not TOML: {error}",)) from None
    problems = tuple(_find_problems(document))
    if problems:
        raise JourneyInvalid(path, problems)
    steps = tuple(_read_step(table, within=document.get("within", 0)) for table in document["expect"])
    return Journey(document.get("name", Path(path).stem), steps)


def _find_problems(document: Mapping[str, Any]) -> Iterator[str]:
    yield from _check(document, FILE_KEYS, "the file")
    tables = document.get("expect")
    if not tables:
        yield "no [[expect]] table: give at least one event that must or must not arrive"
    for number, table in enumerate(tables if isinstance(tables, list) else [], start=1):
        yield from _check_step(table, f"[[expect]] number {number}")


def _check_step(table: Any, place: str) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{place} should be a table"
        return
    problems = [*_check(table, STEP_KEYS, place)]
    yield from problems or (f"{place}: {problem}" for problem in _find_unusable(table))
    if sum(key in table for key in COUNT_KEYS) > 1:
        yield f"{place} should have only one of {', '.join(COUNT_KEYS)}"


def _find_unusable(table: Mapping[str, Any]) -> Iterator[str]:
    try:
        yield from find_plain_text(*_read_match(table))
    except PlainValueUnusable as error:
        yield str(error)


def _check(
    table: Mapping[str, Any], keys: Mapping[str, tuple[tuple[type, ...], tuple[str, ...]]], place: str
) -> Iterator[str]:
    for key, value in table.items():
        if key not in keys:
            yield f"{place} has an unknown key {mask_text(key)!r}; {suggest(key, keys)}"
            continue
        kinds, choices = keys[key]
        if type(value) not in kinds:
            yield f"{place}: {key} should be {KIND_NAMES[kinds[-1]]}, not {_format_value(value)}"
        elif choices and value not in choices:
            yield f"{place}: {key} should be one of {', '.join(choices)}, not {_format_value(value)}"
        elif key == "within":
            yield from _check_duration(value, place)
        elif kinds == (int,) and value < 0:
            yield f"{place}: {key} should be 0 or more, not {value}"


def _check_duration(value: Any, place: str) -> Iterator[str]:
    try:
        parse_duration(value)
    except DurationUnreadable as error:
        yield f"{place}: within cannot be used, since {str(error).rstrip('.')}"


def _format_value(value: Any) -> str:
    """Format a value without match keys: text is masked, and a table or a list is shown by its kind only."""
    if isinstance(value, dict | list):
        return KIND_NAMES[type(value)]
    return str(value).lower() if isinstance(value, bool) else mask_text(repr(value))


def _read_step(table: Mapping[str, Any], *, within: str | float) -> JourneyStep:
    return JourneyStep(
        match=Match(*_read_match(table)),
        count=0 if table.get("none") else table.get("count"),
        at_least=table.get("at_least"),
        same_event_id_as=table.get("same_event_id_as"),
        within=parse_duration(table.get("within", within)),
    )


def _read_match(table: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the filters of a step and its payload values by path, with plain values hashed."""
    values = {**table.get("payload", {}), **hash_plain(table.get("plain", {}))}
    return {name: table[name] for name in FILTERS if name in table}, values
