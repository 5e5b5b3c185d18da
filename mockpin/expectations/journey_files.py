"""The TOML form of a journey.

name = "guest checkout"
within = "5s"                       # how long to wait for each step (a number is in seconds), 0 if not given

[[expect]]
event_name = "checkout"             # any filter of the event list
source = "api"
count = 1                           # exactly; or at_least = 1, which is also what goes without saying
same_event_id_as = "tag"            # each also came from there, under the same event id
payload = {"custom_data.order_id" = "o1"}
plain = {em = "jo@example.com"}     # compared by the hash that Pinterest asks for, never stored or shown

[[expect]]
event_name = "page_visit"
none = true                         # nothing of the sort, for as long as `within` says
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockpin.emulator.masking.texts import mask_text
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.expectations.journeys import Journey, JourneyStep
from mockpin.expectations.matching import FILTERS, SOURCES, Match, find_plain_text
from mockpin.expectations.plain_values import PlainValueUnusable, hash_plain
from mockpin.suggestions import suggest

__tracebackhide__ = True  # a failing test is told what is wrong with the file, not how it was read
#: What a file and what a step may say: the kinds of value and the choices among them.
TOP: Mapping[str, tuple[tuple[type, ...], tuple[str, ...]]] = {
    "name": ((str,), ()),
    "within": ((str, int, float), ()),
    "expect": ((list,), ()),
}
WORDS: Mapping[str, tuple[tuple[type, ...], tuple[str, ...]]] = {
    **{name: ((each.kind,), each.choices) for name, each in FILTERS.items()},
    "payload": ((dict,), ()),
    "plain": ((dict,), ()),
    "count": ((int,), ()),
    "at_least": ((int,), ()),
    "none": ((bool,), ()),
    "same_event_id_as": ((str,), SOURCES),
    "within": ((str, int, float), ()),
}
NUMBERS = ("count", "at_least", "none")
NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}


@dataclass(eq=False)
class JourneyInvalid(ValueError):
    """The file does not state a journey."""

    path: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.path}: {problem}" for problem in self.problems)


def read_journey(path: str | Path) -> Journey:
    """The journey stated in a TOML file.

    Raises:
        JourneyInvalid: The file is no TOML, or says something a journey cannot say; all problems are told.
        OSError: The file cannot be read.
    """
    content = Path(path).read_bytes()
    try:
        return parse_journey(content.decode(), path=str(path))
    except UnicodeDecodeError as error:
        raise JourneyInvalid(str(path), (f"not UTF-8 at byte {error.start}",)) from None


def open_journey(path: str | Path) -> Journey:
    """The journey stated in a TOML file; that there is no such file makes it invalid, too.

    Raises:
        JourneyInvalid: The file cannot be read, or does not state a journey.
    """
    try:
        return read_journey(path)
    except OSError as error:
        place = "" if Path(path).is_absolute() else f"; a relative path starts in {Path.cwd()}"
        raise JourneyInvalid(str(path), (f"cannot be read: {error.strerror}{place}",)) from None


def parse_journey(text: str, *, path: str = "journey") -> Journey:
    """The journey stated in TOML text; `path` names it in messages. Raises JourneyInvalid."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise JourneyInvalid(path, (f"not TOML: {error}",)) from None
    problems = tuple(_find_problems(stated))
    if problems:
        raise JourneyInvalid(path, problems)
    steps = tuple(_read_step(table, within=stated.get("within", 0)) for table in stated["expect"])
    return Journey(stated.get("name", Path(path).stem), steps)


def _find_problems(stated: Mapping[str, Any]) -> Iterator[str]:
    yield from _check(stated, TOP, "the file")
    tables = stated.get("expect")
    if not tables:
        yield "no [[expect]] table: say at least one event that must or must not come"
    for number, table in enumerate(tables if isinstance(tables, list) else [], start=1):
        yield from _check_step(table, f"[[expect]] number {number}")


def _check_step(table: Any, place: str) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{place} should be a table"
        return
    problems = [*_check(table, WORDS, place)]
    yield from problems or (f"{place}: {problem}" for problem in _find_unusable(table))
    if sum(word in table for word in NUMBERS) > 1:
        yield f"{place} should have only one of {', '.join(NUMBERS)}"


def _find_unusable(table: Mapping[str, Any]) -> Iterator[str]:
    try:
        yield from find_plain_text(*_read_match(table))
    except PlainValueUnusable as error:
        yield str(error)


def _check(
    table: Mapping[str, Any], words: Mapping[str, tuple[tuple[type, ...], tuple[str, ...]]], place: str
) -> Iterator[str]:
    for word, value in table.items():
        if word not in words:
            yield f"{place} has an unknown key {word!r}; {suggest(word, words)}"
            continue
        kinds, choices = words[word]
        if type(value) not in kinds:
            yield f"{place}: {word} should be {NAMES[kinds[-1]]}, not {_show(value)}"
        elif choices and value not in choices:
            yield f"{place}: {word} should be one of {', '.join(choices)}, not {_show(value)}"
        elif word == "within":
            yield from _check_duration(value, place)
        elif kinds == (int,) and value < 0:
            yield f"{place}: {word} should be 0 or more, not {value}"


def _check_duration(value: Any, place: str) -> Iterator[str]:
    try:
        parse_duration(value)
    except DurationUnreadable as error:
        yield f"{place}: within cannot be used, since {str(error).rstrip('.')}"


def _show(value: Any) -> str:
    """What was given; of a text nothing that is shaped like a match key, of what holds others their kind."""
    if isinstance(value, dict | list):
        return NAMES[type(value)]
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
    """The filters of a step, and its payload values by path, plain ones as hashes."""
    values = {**table.get("payload", {}), **hash_plain(table.get("plain", {}))}
    return {name: table[name] for name in FILTERS if name in table}, values
