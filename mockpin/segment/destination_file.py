"""A Segment destination from JSON: settings, and presets by name or your own subscriptions.

    {
      "settings": {"ad_account_id": "549755885175", "conversion_token": "pina_..."},
      "normalization": "segment",
      "subscriptions": [
        {"preset": "Checkout"},
        {"name": "Quote", "trigger": "type = identify", "mapping": {"event_name": "lead"}}
      ]
    }

Every part is optional: without `subscriptions`, all presets apply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.segment.doubts import find_warnings
from mockpin_validator.files import read_whole

if TYPE_CHECKING:
    from mockpin_transformer import Destination, Subscription

_ENABLED = {"type": "boolean", "description": "false: accept events and send nothing."}
_SUBSCRIPTION = {
    "type": "object",
    "properties": {
        "preset": {"type": "string", "description": "One of Segment's prebuilt mappings."},
        "name": {"type": "string", "description": "What reports and pages call the subscription."},
        "trigger": {
            "type": "string",
            "description": "Which Segment events are sent, in Segment's trigger language.",
        },
        "mapping": {
            "type": "object",
            "description": "The conversion event, field by field, in Segment's mapping language. "
            "With a preset, only the fields that differ.",
        },
        "enabled": _ENABLED,
    },
    "additionalProperties": False,
    "if": {"required": ["preset"]},
    "else": {"required": ["trigger", "mapping"]},
}
FORM = {
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "description": "Where an editor finds the schema of this file."},
        "settings": {
            "type": "object",
            "description": "What the destination sends with; without it, the server's first ad account.",
            "properties": {
                "ad_account_id": {"type": "string"},
                "conversion_token": {"type": "string", "minLength": 1},
            },
            "required": ["ad_account_id", "conversion_token"],
            "additionalProperties": False,
        },
        "normalization": {
            "enum": ["segment", "documented"],
            "description": "Clean match keys as Segment does, or as Pinterest asks for.",
        },
        "enabled": _ENABLED,
        "subscriptions": {
            "type": "array",
            "description": "What is sent; without it, every preset applies.",
            "items": _SUBSCRIPTION,
        },
    },
    "additionalProperties": False,
}


@dataclass(eq=False)
class DestinationInvalid(ValueError):
    """A destination file that cannot be used; each problem says where, and what to do."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "The destination cannot be used:\n" + "\n".join(f"  {problem}" for problem in self.problems)


def read_destination(path: Path) -> Mapping[str, Any]:
    """Read and check a destination file. Raises `DestinationInvalid`, or OSError."""
    try:
        form = parse_json(read_whole(path))
    except JsonUnreadable as error:
        raise DestinationInvalid((f"{path} is not JSON: {error}",)) from None
    problems = tuple(_check(form))
    if problems:
        raise DestinationInvalid(problems)
    return form  # type: ignore[no-any-return]  # FORM says that it is an object


def read_usable(path: Path) -> Mapping[str, Any]:
    """Read a file and check that a destination can be built from it. Raises as `read_destination` does."""
    form = read_destination(path)
    build_destination(form, settings={"ad_account_id": "", "conversion_token": ""})
    return form


def list_warnings(form: Mapping[str, Any]) -> Iterator[str]:
    """Yield a warning, with its JSON pointer, for each likely mistake in a valid file."""
    for index, entry in enumerate(_list_entries(form)):
        warnings = find_warnings(_subscribe(index, entry))
        yield from (f"/subscriptions/{index}/{warning}" for warning in warnings)


def build_destination(form: Mapping[str, Any], *, settings: Mapping[str, str]) -> Destination:
    """Build the destination of a checked file. It sends with `settings`, not with those of the file.

    Raises:
        DestinationInvalid: A preset is unknown, a mapping breaks its language's rules, or there are too many.
    """
    from mockpin_transformer import Destination, TransformerError  # noqa: PLC0415 - loaded when first needed

    subscriptions = [_subscribe(index, entry) for index, entry in enumerate(_list_entries(form))]
    try:
        return Destination(
            settings,
            subscriptions,
            normalization=form.get("normalization", "segment"),
            enabled=form.get("enabled", True),
        )
    except TransformerError as error:
        raise DestinationInvalid((str(error),)) from error


def _list_entries(form: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    from mockpin_transformer import PRESETS  # noqa: PLC0415 - loaded when first needed

    presets: list[Mapping[str, Any]] = [{"preset": name} for name in PRESETS]
    return form.get("subscriptions", presets)  # type: ignore[no-any-return]  # FORM says that it is a list


def _subscribe(index: int, entry: Mapping[str, Any]) -> Subscription:
    """Build a subscription from a preset with changes, or from its own trigger and mapping."""
    from mockpin_transformer import PRESETS, MappingInvalid, Subscription  # noqa: PLC0415 - loaded when first needed

    preset = PRESETS.get(entry.get("preset", ""))
    if preset is None and "preset" in entry:
        known = ", ".join(PRESETS)
        raise DestinationInvalid((f"/subscriptions/{index}/preset is not one of {known}.",))
    trigger = entry.get("trigger", str(preset and preset.trigger))
    mapping = {**(preset.mapping.raw if preset else {}), **entry.get("mapping", {})}
    try:
        name = entry.get("name") or entry.get("preset")
        return Subscription(trigger, mapping, name, enabled=entry.get("enabled", True))
    except MappingInvalid as error:
        raise DestinationInvalid(
            tuple(f"/subscriptions/{index}/mapping: {problem}" for problem in error.errors)
        ) from error


def _check(form: object) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - loaded when first needed

    for error in Draft202012Validator(FORM).iter_errors(form):
        place = "".join(f"/{step}" for step in error.absolute_path) or "/"
        hidden = "settings" in error.absolute_path
        yield f"{place}: {'is not as docs/destination.md says' if hidden else error.message}"
