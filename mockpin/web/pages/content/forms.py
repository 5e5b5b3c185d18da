"""Reads the forms of the controls page as bodies of the admin API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Form = Mapping[str, str]


class FormUnreadable(ValueError):
    """A field of a form that is missing or is not of its type; the message says what to write."""


def read_clock(form: Form) -> dict[str, Any]:
    """Read how to set the clock. Raises FormUnreadable."""
    order = form.get("order", "")
    if order == "real":
        return {"real": True}
    value = form.get(order, "").strip()
    if order == "freeze" and value:
        return {"freeze": value}
    if order == "advance" and value:
        return {"advance": value}
    raise FormUnreadable(
        "Write how to set the clock: a moment such as 2026-01-31T12:00:00Z, or a time such as 25h."
    )


def read_fault(form: Form) -> dict[str, Any]:
    """Read a fault rule, without empty fields. Raises FormUnreadable."""
    kind = form.get("kind", "")
    if kind not in _FAULT_VALUES:
        raise FormUnreadable(f"Choose a fault: {', '.join(_FAULT_VALUES)}.")
    value = form.get("value", "").strip()
    if kind in _VALUE_EXAMPLES and not value:
        raise FormUnreadable(f"Write a value for {kind}, such as {_VALUE_EXAMPLES[kind]}.")
    rule: dict[str, Any] = {"fault": {kind: _FAULT_VALUES[kind](value)}}
    for name, read in _RULE_FIELDS.items():
        if text := form.get(name, "").strip():
            rule[name] = read(text)
    return rule


def read_account(form: Form) -> dict[str, Any]:
    """Read an ad account with its token, and its tag if one is given."""
    names = ("ad_account_id", "conversion_token", "tag_id")
    return {name: form[name].strip() for name in names if form.get(name, "").strip()}


def read_reset(form: Form) -> dict[str, str]:
    """Read the ad account to reset, or none for all. Raises FormUnreadable without the confirmation."""
    if form.get("confirm") != "yes":
        raise FormUnreadable("Tick the box to confirm: a reset cannot be undone.")
    account = form.get("ad_account_id", "")
    return {"ad_account_id": account} if account else {}


def _read_whole(text: str) -> int:
    try:
        return int(text[:20])
    except ValueError:
        raise FormUnreadable(f"Write a whole number instead of “{text[:20]}”.") from None


def _read_number(text: str) -> float:
    try:
        return float(text[:20])
    except ValueError:
        raise FormUnreadable(f"Write a number instead of “{text[:20]}”.") from None


def _read_delay(text: str) -> float | list[float]:
    """Milliseconds, or the two ends of a range such as 100-500."""
    first, dash, last = text.partition("-")
    return [_read_number(first), _read_number(last)] if dash and first else _read_number(text)


def _read_positions(text: str) -> list[int]:
    return [_read_whole(part.strip()) for part in text.split(",")[:1000]]


#: The kind of a fault -> the function that reads its value.
_FAULT_VALUES: Mapping[str, Callable[[str], Any]] = {
    "status": _read_whole,
    "delay_ms": _read_delay,
    "drop": lambda _text: True,
    "truncate": _read_whole,
    "garbage": lambda _text: True,
    "empty": lambda _text: True,
    "fail_events": _read_positions,
}
#: The kind of a fault that takes a value -> an example of one.
_VALUE_EXAMPLES = {"status": "503", "delay_ms": "100-500", "truncate": "20", "fail_events": "0,2"}
_RULE_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "ad_account_id": str,
    "event_name": str,
    "times": _read_whole,
    "probability": _read_number,
}
