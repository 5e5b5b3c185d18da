"""How values are written: languages, partner names, nulls and empty texts."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from validator.context import Context, Event
from validator.contract import properties_of
from validator.evidence import OPENAPI, OUR_ADVICE
from validator.finding import Complaint
from validator.rule import ADVICE, HINT, NOTE, rule
from validator.spelling import quoted

_PARTNER: Final = re.compile(r"direct|ss-(?!partnername$|companyname$)[a-z0-9][a-z0-9._-]*")
_PLAINLY_PARTNER: Final = "^(?:direct|ss-[a-bd-oq-z0-9][a-z0-9._-]*)$"
#: Languages that need no look at the list of all.
_FREQUENT: Final = ["en", "de", "fr", "es", "pt", "it", "nl", "ja", None]
_VALUE: Final[dict[str, Any]] = {
    "type": ["array", "boolean", "number", "object", "string"],
    "minLength": 1,
    "minItems": 1,
}
_FILLED: Final = {
    "additionalProperties": _VALUE,
    "properties": {
        "user_data": {"additionalProperties": _VALUE},
        "custom_data": {"additionalProperties": _VALUE},
    },
}
_PARTS: Final = {"": "event", "custom_data": "custom_data", "user_data": "match_keys"}


@rule(ADVICE, OPENAPI, clean={"properties": {"language": {"enum": _FREQUENT}}})
def language_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The language is a two-letter ISO 639-1 code in lower case."""
    language = event.get("language")
    if language and language not in _languages():
        short = language[:2].lower()
        yield Complaint(
            "/language",
            f"{quoted(language)} is no two-letter ISO 639-1 code.",
            f"Send {short!r}." if short in _languages() else "Send two small letters, such as 'en'.",
        )


@rule(ADVICE, OPENAPI, clean={"properties": {"partner_name": {"pattern": _PLAINLY_PARTNER}}})
def partner_name_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The partner name is ss- and the partner's name in lower case, or direct."""
    partner = event.get("partner_name")
    if partner and not _PARTNER.fullmatch(partner):
        yield Complaint(
            "/partner_name",
            f"{quoted(partner)} is no partner name.",
            "Send 'ss-' and your name in lower case, or 'direct' when you send for yourself.",
        )


@rule(NOTE, OUR_ADVICE, clean=_FILLED)
def null_field(event: Event, _: Context) -> Iterator[Complaint]:
    """A field that has no value is left out: null is taken only where Pinterest documents it."""
    for path, value in _fields(event):
        if value is None:
            yield Complaint(path, f"{path.rpartition('/')[2]} is null.", "Leave the field out.")


@rule(HINT, OUR_ADVICE, clean=_FILLED)
def empty_field(event: Event, _: Context) -> Iterator[Complaint]:
    """A field that has no value is left out, not sent as an empty text or list."""
    for path, value in _fields(event):
        if value in ("", []) and path not in {"/event_id", "/event_name", "/action_source"}:
            yield Complaint(path, f"{path.rpartition('/')[2]} is empty.", "Leave the field out.")


def _fields(event: Event) -> Iterator[tuple[str, Any]]:
    """Every documented field that the event and its two main parts hold, with its path."""
    for part, home in _PARTS.items():
        holder = event.get(part, {}) if part else event
        for name in sorted(holder.keys() & properties_of(home).keys()):
            yield f"/{part}/{name}" if part else f"/{name}", holder[name]


@cache
def _languages() -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - importing the rules must not load its tables

    return frozenset(each.alpha_2 for each in pycountry.languages if hasattr(each, "alpha_2"))


RULES: Final = (language_form, partner_name_form, null_field, empty_field)
