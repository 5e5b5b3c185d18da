"""What of a subscription may not be meant: it is valid, and Segment takes it, but nothing comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockpin_validator.contract.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockpin_transformer import Lint, Subscription, Trigger
    from mockpin_transformer.payloads.schema import Field


def find_doubts(subscription: Subscription) -> Iterator[str]:
    """A sentence for each warning about the trigger, and for each field that the mapping does not have."""
    yield from (f"trigger: {doubt}" for doubt in find_trigger_doubts(subscription.trigger))
    yield from (f"mapping: {unknown}" for unknown in find_unknown_fields(subscription.mapping.raw))


def find_trigger_doubts(trigger: Trigger) -> Iterator[str]:
    """Each warning about a trigger; of one that cannot be read, and says no more, what Segment says of it."""
    yield from map(_describe_lint, trigger.lints)
    if trigger.error and not trigger.lints:
        yield f"Segment cannot read it, so it is for no event ({trigger.error})."


def _describe_lint(lint: Lint) -> str:
    meant = "" if lint.corrected is None else f" Perhaps meant: {lint.corrected}"
    return f"at character {lint.position + 1}: {lint.message}{meant}"


def find_unknown_fields(raw: Any) -> Iterator[str]:
    """What a mapping sets that the action does not have, and would silently be lost."""
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
            yield f"{place}{name} is no field of a mapping, so nothing comes of it{hint}"
