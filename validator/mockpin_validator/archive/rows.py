"""Rows of a table as events: columns by Pinterest's names, or by the paths of a Segment event."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any, Final

import orjson

from mockpin_validator.contract.kinds import EVENT_MEMBERS
from mockpin_validator.contract.request import PARTS
from mockpin_validator.contract.vocabulary import fields

#: By one of these columns a table is known as one of events.
EVENT_COLUMNS: Final = EVENT_MEMBERS - {"user_data"}
SEGMENT_COLUMNS: Final = frozenset({"type", "messageId", "anonymousId", "userId", "event"})
#: Names of a Segment event's properties that hold numbers.
_AMOUNTS: Final = frozenset({"value", "revenue", "total", "subtotal", "price", "quantity", "discount", "tax"})
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_INTEGER: Final = re.compile(r"-?\d+")
#: Digits of an integer that fits 64 bits, with its sign.
_MOST_DIGITS: Final = 18
_TRUTH: Final = {"true": True, "false": False, "1": True, "0": False}
_SEPARATOR: Final = re.compile(r"[|;]")


class ColumnsClash(ValueError):
    """Two filled columns of a row claim one place in its event; the text of the error is that place."""


def is_table_of_events(columns: Iterable[str]) -> bool:
    """Whether columns are named as the fields of conversion events or of Segment events are."""
    names = {name.rpartition(".")[2] for name in columns}
    return bool(names & EVENT_COLUMNS) or len(names & SEGMENT_COLUMNS) > 1


def build_event(row: Mapping[str, Any]) -> dict[str, Any]:
    """The event that a row holds; empty cells are left out, unknown columns stay as they are.

    Raises `ColumnsClash` where two filled cells cannot both have their place.
    """
    segment = not {name.rpartition(".")[2] for name in row} & EVENT_COLUMNS
    place = (lambda column: column.split(".")) if segment else find_path
    event: dict[str, Any] = {}
    for column, cell in row.items():
        if cell is None or cell == "":
            continue
        *way, name = place(column)
        value = read_amount(name, cell) if segment else read_cell(".".join((*way, name)), cell)
        put_value(event, (*way, name), value)
    return event


def put_value(event: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Put a value at a path into an event, with the objects on the way; raises `ColumnsClash` if taken."""
    *way, name = path
    target: Any = event
    for step in way:
        target = target.setdefault(step, {}) if isinstance(target, dict) else None
    if not isinstance(target, dict) or name in target:
        raise ColumnsClash(".".join(path))
    target[name] = value


@cache
def find_path(column: str) -> Sequence[str]:
    """The path of a column in a conversion event: `value` and `custom_data.value` are the same."""
    part, _, name = column.rpartition(".")
    if part in PARTS:
        return (part, name)
    if f"event.{column}" in fields():
        return (column,)
    holder = next((part for part in PARTS if f"{part}.{column}" in fields()), None)
    return (holder, column) if holder else (column,)


def read_cell(name: str, cell: Any) -> Any:
    """A cell as its field's type asks for; a text that cannot be read so stays, for the rules to judge."""
    schema: Mapping[str, Any] = fields().get(name if "." in name else f"event.{name}", {})
    kinds = schema.get("type", "object" if "$ref" in schema else "string")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    value = read_value(cell)
    return _READERS[kind](value) if isinstance(value, str) and kind in _READERS else as_list(kind, value)


def as_list(kind: str, value: Any) -> Any:
    """A single value in a list where its field holds a list."""
    return [value] if kind == "array" and not isinstance(value, list) else value


def read_value(value: Any) -> Any:
    """A value of a typed table, such as a decimal or a time, as JSON has it."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, (Decimal, date)):
        return str(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, list):
        return [read_value(item) for item in value]
    if isinstance(value, dict):
        return {name: read_value(member) for name, member in value.items() if member is not None}
    return value


def read_amount(name: str, cell: Any) -> Any:
    """A cell of a Segment event: amounts are numbers, JSON objects and lists are read, all else is text."""
    value = read_value(cell)
    if not isinstance(value, str):
        return value
    if name in _AMOUNTS and _NUMBER.fullmatch(value):
        return _read_fraction(value) if "." in value else _read_integer(value)
    return read_json(value)


def read_json(text: str) -> Any:
    """The object or list that a text holds; the text itself where it holds neither."""
    if text[:1] not in ("{", "["):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _read_list(text: str) -> Any:
    value = read_json(text)
    return value if isinstance(value, list) else [item.strip() for item in _SEPARATOR.split(text)]


def _read_integer(text: str) -> Any:
    return int(text) if _INTEGER.fullmatch(text) and len(text) <= _MOST_DIGITS else text


def _read_fraction(text: str) -> Any:
    return float(text) if isfinite(float(text)) else text


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "array": _read_list,
    "integer": _read_integer,
    "boolean": lambda text: _TRUTH.get(text.strip().lower(), text),
    "object": read_json,
}
