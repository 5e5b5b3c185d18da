"""The event name: standard, or advertiser-defined."""

import re
from collections.abc import Iterator
from typing import Final

from mockpin_validator.contract.names import STANDARD_EVENT_NAMES
from mockpin_validator.contract.spelling import find_meant_event_name, quoted
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import ADVERTISER_DEFINED, OBSERVED_WARNING
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import CONTESTED, HINT, rule

ADVERTISER_DEFINED_FORM: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_CLEAN: Final = fields({"event_name": {"enum": list(STANDARD_EVENT_NAMES)}})
_LABELED_UNKNOWN: Final = (
    "This event has a non-standard name and is currently being labeled as an 'Unknown' event. "
    "Please use a standard event name."
)


@rule(CONTESTED, OBSERVED_WARNING, clean=_CLEAN)
def event_name_unknown(event: Event, context: Context) -> Iterator[Complaint]:
    """The event name is one of Pinterest's 22 standard names; an event of your own is called custom."""
    name = event["event_name"]
    if name not in STANDARD_EVENT_NAMES:
        yield Complaint(
            "/event_name",
            f"{quoted(name)} is not a standard event name: Pinterest files the event under 'Unknown'.",
            _suggest_name(name),
            _reply(name, context),
            context.policy.unknown_event_name,
        )


@rule(HINT, ADVERTISER_DEFINED, clean=_CLEAN)
def event_name_form(event: Event, _: Context) -> Iterator[Complaint]:
    """An advertiser-defined name has 1 to 100 letters, digits, underscores and dashes."""
    if not ADVERTISER_DEFINED_FORM.fullmatch(event["event_name"]):
        yield Complaint(
            "/event_name",
            f"{quoted(event['event_name'])} is not a valid name for an event type of your own.",
            "Use 1 to 100 letters, digits, underscores and dashes.",
        )


def _suggest_name(name: str) -> str:
    if meant := find_meant_event_name(name):
        return f"Send {meant!r}."
    return "Send 'custom' for an event of your own, or one of the 22 standard names."


def _reply(name: str, context: Context) -> str | None:
    if context.policy.unknown_event_name == "fail":
        return (
            f"Invalid event_name: {name}. "
            "Use a supported conversion event_name (for example subscribe, checkout)."
        )
    return _LABELED_UNKNOWN if context.policy.warnings == "2026" else None


RULES: Final = (event_name_unknown, event_name_form)
