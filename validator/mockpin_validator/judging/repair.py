"""A conversion event that the schema refuses, put right as far as its other fields can be judged."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any, Final

from mockpin_validator.contract.gate import (
    UNPRINTABLE,
    Violation,
    accepts_event,
    event_violations,
    missing_name,
)
from mockpin_validator.contract.request import ALL_DEMANDS, Demands
from mockpin_validator.contract.vocabulary import meant_by_one_of
from mockpin_validator.judging.context import Event

Path = tuple[str | int, ...]

#: How often what is mended may bring to light what is wrong beneath it.
_MAX_ROUNDS: Final = 5
_NO_CONVERSION: Final = object()
#: Stands in for a required field: of these values no rule has anything to say.
_STAND_INS: Final[Mapping[str, Any]] = {
    "event_name": "custom",
    "action_source": "offline",
    "event_id": "-",
    "user_data": {"em": ["0" * 64]},
    "em": ["0" * 64],
}
#: What a field should be, and is -> the value that its sender meant.
_CONVERSIONS: Final[Mapping[tuple[str, type], Callable[[Any], Any]]] = {
    ("string", int): str,
    ("string", float): str,
    ("string", list): lambda values: values[0],
    ("array", str): lambda text: [text],
    ("integer", str): int,
    ("integer", float): int,
    ("boolean", str): {"true": True, "false": False}.__getitem__,
}


def repair_event(event: Any, *, now: float | None, demands: Demands = ALL_DEMANDS) -> Event | None:
    """The event with what the schema refuses put right, taken out or stood in for, None where nothing helps.

    `now` stands in for a missing time.
    """
    stand_ins = {**_STAND_INS, "event_time": int(now or 0)}
    try:
        repaired = deepcopy(event)
        for _ in range(_MAX_ROUNDS):
            for violation in sorted(event_violations(repaired, demands), key=_is_additional):
                with suppress(LookupError, TypeError):  # it went with what was taken out before
                    _repair(repaired, violation, stand_ins)
            if accepts_event(repaired, demands):
                return repaired  # type: ignore[no-any-return]  # the schema accepts objects only
    except UNPRINTABLE:
        return None
    return None


def _is_additional(violation: Violation) -> bool:
    """Whether it is about unknown fields: a missing field may be among them under another name."""
    return bool(violation.validator == "additionalProperties")


def _repair(event: Any, violation: Violation, stand_ins: Mapping[str, Any]) -> None:
    path = tuple(violation.absolute_path)
    if violation.validator == "anyOf":
        for each in _violations_of_first_branch(violation.context):
            _repair(event, each, stand_ins)
    elif violation.validator == "required":
        _supply_missing(_at(event, path), missing_name(violation), stand_ins)
    elif violation.validator == "additionalProperties":
        for name in violation.instance.keys() - violation.schema["properties"].keys():
            _remove(event, (*path, name))
    else:
        _replace(event, path, _convert(violation))


def _supply_missing(holder: Any, name: str, stand_ins: Mapping[str, Any]) -> None:
    """A missing field under the name that its sender probably gave it, else a stand-in."""
    misspelt = meant_by_one_of(holder, name)
    holder[name] = deepcopy(stand_ins[name]) if misspelt is None else holder.pop(misspelt)


def _violations_of_first_branch(branches: Iterable[Violation]) -> list[Violation]:
    """What is wrong in the first branch of user_data, whose branches share their fields.

    That em is missing, which only this one asks for, counts if nothing else is wrong.
    """
    first = [each for each in branches if each.schema_path[0] == 0]
    return [each for each in first if each.validator != "required"] or first


def _convert(violation: Violation) -> Any:
    if tuple(violation.absolute_path)[-1:] == (
        "content_ids",
    ):  # of one text nobody can tell how many ids it is
        return _NO_CONVERSION
    wanted = violation.validator_value if violation.validator == "type" else ()
    kinds = [wanted] if isinstance(wanted, str) else wanted
    for kind in kinds:
        try:
            return _CONVERSIONS[kind, type(violation.instance)](violation.instance)
        except (ArithmeticError, LookupError, ValueError):  # nobody can tell what is meant by it
            continue
    return _NO_CONVERSION


def _replace(event: Any, path: Path, value: Any) -> None:
    if value is _NO_CONVERSION:
        _remove(event, path)
    else:
        *way, last = path
        _at(event, way)[last] = value


def _remove(event: Any, path: Path) -> None:
    """Remove a member; of a list the whole list, so that the places of others stay."""
    way = path
    while way and not isinstance(_at(event, way[:-1]), dict):
        way = way[:-1]
    if way:
        _at(event, way[:-1]).pop(way[-1], None)


def _at(value: Any, path: Any) -> Any:
    for step in path:
        value = value[step]
    return value
