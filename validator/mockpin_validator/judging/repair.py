"""Repair a conversion event that the schema refuses, so that the rules can judge its other fields."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any, Final

from mockpin_validator.contract.gate import (
    UNPRINTABLE,
    Violation,
    accepts_event,
    event_violations,
    find_missing_field,
)
from mockpin_validator.contract.request import ALL_DEMANDS, Demands
from mockpin_validator.contract.vocabulary import find_misnamed_field
from mockpin_validator.judging.context import Event

Path = tuple[str | int, ...]

#: Rounds of repair; each can reveal violations that the previous ones hid.
_MAX_ROUNDS: Final = 5
_NO_CONVERSION: Final = object()
#: Required field -> stand-in value on which no rule has a finding.
_STAND_INS: Final[Mapping[str, Any]] = {
    "event_name": "custom",
    "action_source": "offline",
    "event_id": "-",
    "user_data": {"em": ["0" * 64]},
    "em": ["0" * 64],
}
#: (type that the schema requires, type sent) -> conversion to the value that the sender meant.
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
    """Return a copy of the event that the schema accepts, None if that is not possible.

    Each refused value is converted, replaced by a stand-in, or removed. `now` replaces a missing event_time.
    """
    stand_ins = {**_STAND_INS, "event_time": int(now or 0)}
    with suppress(*UNPRINTABLE):
        repaired = deepcopy(event)
        for _ in range(_MAX_ROUNDS):
            for violation in sorted(event_violations(repaired, demands), key=_is_additional):
                with suppress(LookupError, TypeError):  # an earlier repair removed the value
                    _repair(repaired, violation, stand_ins)
            if accepts_event(repaired, demands):
                return repaired  # type: ignore[no-any-return]  # the schema accepts objects only
    return None


def _is_additional(violation: Violation) -> bool:
    """Whether it is about unknown fields. They are repaired last: one may be a misnamed required field."""
    return bool(violation.validator == "additionalProperties")


def _repair(event: Any, violation: Violation, stand_ins: Mapping[str, Any]) -> None:
    path = tuple(violation.absolute_path)
    if violation.validator == "anyOf":
        for inner in _violations_of_first_branch(violation.context):
            _repair(event, inner, stand_ins)
    elif violation.validator == "required":
        _supply_missing(_at(event, path), find_missing_field(violation), stand_ins)
    elif violation.validator == "additionalProperties":
        for name in violation.instance.keys() - violation.schema["properties"].keys():
            _remove(event, (*path, name))
    else:
        _replace(event, path, _convert(violation))


def _supply_missing(holder: Any, name: str, stand_ins: Mapping[str, Any]) -> None:
    """Add a missing field: the misnamed value if there is one, else a stand-in."""
    misnamed = find_misnamed_field(holder, name)
    holder[name] = deepcopy(stand_ins[name]) if misnamed is None else holder.pop(misnamed)


def _violations_of_first_branch(branches: Iterable[Violation]) -> list[Violation]:
    """Return the violations in the first branch of user_data; all branches have the same fields.

    A missing em, which only this branch requires, counts if nothing else is wrong.
    """
    first = [violation for violation in branches if violation.schema_path[0] == 0]
    return [violation for violation in first if violation.validator != "required"] or first


def _convert(violation: Violation) -> Any:
    # A single text in content_ids may hold several ids.
    if tuple(violation.absolute_path)[-1:] == ("content_ids",):
        return _NO_CONVERSION
    wanted = violation.validator_value if violation.validator == "type" else ()
    kinds = [wanted] if isinstance(wanted, str) else wanted
    for kind in kinds:
        try:
            return _CONVERSIONS[kind, type(violation.instance)](violation.instance)
        except (ArithmeticError, LookupError, ValueError):  # the sender's meaning is unknown
            continue
    return _NO_CONVERSION


def _replace(event: Any, path: Path, value: Any) -> None:
    if value is _NO_CONVERSION:
        _remove(event, path)
    else:
        *parents, last = path
        _at(event, parents)[last] = value


def _remove(event: Any, path: Path) -> None:
    """Remove a member of an object. Of a list, remove the whole list, so that no index changes."""
    while path and not isinstance(_at(event, path[:-1]), dict):
        path = path[:-1]
    if path:
        _at(event, path[:-1]).pop(path[-1], None)


def _at(value: Any, path: Any) -> Any:
    for step in path:
        value = value[step]
    return value
