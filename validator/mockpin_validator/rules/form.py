"""The form of values: languages, partner names, nulls and empty texts."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mockpin_validator.contract.iso_codes import language_codes
from mockpin_validator.contract.request import properties_of
from mockpin_validator.contract.spelling import quoted
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI, OUR_ADVICE
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, HINT, NOTE, rule

_PARTNER: Final = re.compile(r"direct|ss-(?!partnername$|companyname$)[a-z0-9][a-z0-9._-]*")
_CERTAIN_PARTNER: Final = "^(?:direct|ss-[a-bd-oq-z0-9][a-z0-9._-]*)$"
#: Frequent languages, accepted without loading the list of all.
_FREQUENT: Final = ["en", "de", "fr", "es", "pt", "it", "nl", "ja", None]
_VALUE: Final[dict[str, Any]] = {
    "type": ["array", "boolean", "number", "object", "string"],
    "minLength": 1,
    "minItems": 1,
}
_FILLED_PART: Final = {"additionalProperties": _VALUE}
#: Parts in which the schema refuses null.
_FILLED_TEXTS: Final = {"additionalProperties": {"minLength": 1, "minItems": 1}}
_FILLED: Final = {
    "additionalProperties": _VALUE,
    "properties": {
        "app_info": _FILLED_TEXTS,
        "device_info": _FILLED_TEXTS,
        "user_data": _FILLED_PART,
        "custom_data": {
            **_FILLED_PART,
            "properties": {
                "contents": {**_VALUE, "items": _FILLED_TEXTS},
                "content_ids": {**_VALUE, "items": {"minLength": 1}},
            },
        },
    },
}
#: Part of an event -> the part of the contract with its fields.
_PARTS: Final = {
    "app_info": "app_info",
    "custom_data": "custom_data",
    "device_info": "device_info",
    "user_data": "match_keys",
}


@rule(ADVICE, OPENAPI, clean=fields({"language": {"enum": _FREQUENT}}))
def language_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The language is a two-letter ISO 639-1 code in lower case."""
    language = event.get("language")
    if language and language not in language_codes().values():
        meant = language_codes().get(language.strip().lower().replace("_", "-").partition("-")[0])
        yield Complaint(
            "/language",
            f"{quoted(language)} is not a two-letter ISO 639-1 code.",
            f"Send {meant!r}." if meant else "Send two lower-case letters, such as 'en'.",
        )


@rule(ADVICE, OPENAPI, clean=fields({"partner_name": {"pattern": _CERTAIN_PARTNER}}))
def partner_name_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The partner name is ss- and the partner's name in lower case, or direct."""
    partner = event.get("partner_name")
    if partner and not _PARTNER.fullmatch(partner):
        yield Complaint(
            "/partner_name",
            f"{quoted(partner)} is not a valid partner name.",
            "Send 'ss-' and your name in lower case, or 'direct' when you send for yourself.",
        )


@rule(NOTE, OUR_ADVICE, clean=_FILLED)
def null_field(event: Event, _: Context) -> Iterator[Complaint]:
    """A field is null, which is accepted only where Pinterest documents it: leave such a field out."""
    for path, value in _fields(event):
        if value is None:
            yield Complaint(path, f"{path.rpartition('/')[2]} is null.", "Leave the field out.")


@rule(HINT, OUR_ADVICE, clean=_FILLED)
def empty_field(event: Event, _: Context) -> Iterator[Complaint]:
    """A field without a value is left out, not sent as an empty text or list."""
    for path, value in _fields(event):
        if value in ("", []) and path not in {"/event_id", "/event_name", "/action_source"}:
            holder, name = path.split("/")[-2:]
            called, kind = (f"An entry of {holder}", "entry") if name.isdigit() else (name, "field")
            yield Complaint(path, f"{called} is empty.", f"Leave the {kind} out.")


def _fields(event: Event) -> Iterator[tuple[str, Any]]:
    """Yield each documented field of the event and its parts: (path, value)."""
    yield from _own_fields("", event, "event")
    for part, home in _PARTS.items():
        yield from _own_fields(f"/{part}", event.get(part, {}), home)
    custom_data = event.get("custom_data", {})
    for index, item in enumerate(custom_data.get("contents", ())):
        yield from _own_fields(f"/custom_data/contents/{index}", item, "contents")
    for index, content_id in enumerate(custom_data.get("content_ids", ())):
        yield f"/custom_data/content_ids/{index}", content_id


def _own_fields(path: str, holder: Mapping[str, Any], home: str) -> Iterator[tuple[str, Any]]:
    for name in sorted(holder.keys() & properties_of(home).keys()):
        yield f"{path}/{name}", holder[name]


RULES: Final = (language_form, partner_name_form, null_field, empty_field)
