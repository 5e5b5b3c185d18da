"""Warnings about likely mistakes in a valid subscription, which Segment accepts without effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mockpin_validator.contract.spelling import nearest

if TYPE_CHECKING:
    from mockpin_transformer import Lint, Subscription, Trigger
    from mockpin_transformer.payloads.schema import Field


def find_warnings(subscription: Subscription) -> Iterator[str]:
    """Yield a sentence for each warning about the trigger, and for each unknown field of the mapping."""
    yield from (f"trigger: {warning}" for warning in find_trigger_warnings(subscription.trigger))
    yield from (f"mapping: {unknown}" for unknown in find_unknown_fields(subscription.mapping.raw))


def find_trigger_warnings(trigger: Trigger) -> Iterator[str]:
    """Yield each warning about a trigger; for an unreadable one without warnings, Segment's error."""
    yield from map(_describe_lint, trigger.lints)
    if trigger.error and not trigger.lints:
        yield f"Segment cannot read it, so it matches no event ({trigger.error})."


def _describe_lint(lint: Lint) -> str:
    correction = "" if lint.corrected is None else f" Perhaps meant: {lint.corrected}"
    return f"at character {lint.position + 1}: {lint.message}{correction}"


def find_unknown_fields(raw: Any) -> Iterator[str]:
    """Yield a sentence for each field of a mapping that the action does not have and Segment ignores."""
    from mockpin_transformer.payloads.fields import FIELDS  # noqa: PLC0415 - loaded when first needed

    yield from _find_unknown(raw, FIELDS, "")
    for field in FIELDS:
        inner = raw.get(field.name)
        if field.members and isinstance(inner, dict) and not any(name.startswith("@") for name in inner):
            yield from _find_unknown(inner, field.members, f"{field.name}.")


def _find_unknown(raw: dict[str, Any], fields: Iterable[Field], place: str) -> Iterator[str]:
    names = [field.name for field in fields]
    for name in raw:
        if name not in names and not name.startswith("@"):
            near = nearest(name, names)
            hint = f"; did you mean {place}{near}?" if near else "."
            yield f"{place}{name} is not a field of a mapping, so Segment ignores it{hint}"
