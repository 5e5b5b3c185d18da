"""Personal data where it does not belong: in fields that are not hashed, and in the event id."""

from collections.abc import Iterator
from typing import Any, Final

from mockpin_validator.contract.request import HASHED_MATCH_KEYS, properties_of
from mockpin_validator.detectors import CREDENTIAL, EMAIL_IN_VALUE, PHONE_IN_VALUE
from mockpin_validator.judging.clean_schemas import fields, without
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OUR_ADVICE
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import MISTAKE, rule

_KINDS: Final = {
    "an e-mail address": EMAIL_IN_VALUE,
    "a token": CREDENTIAL,
    "a phone number": PHONE_IN_VALUE,
}
#: Characters of a text that the rules search: one pattern takes 27 ms for a megabyte.
_MAX_SEARCHED: Final = 10_000
#: Characters one of which every text that `_KINDS` matches holds.
_SUSPECT: Final = r"[@+]|pin[ac]_|eyJ|earer"
#: Parts whose texts are neither hashed nor the visitor's headers -> part of the contract with their fields.
_PARTS: Final = {"": "event", "custom_data": "custom_data", "app_info": "app_info"}
#: Fields with rules of their own.
_JUDGED_ELSEWHERE: Final = ("event_source_url", "event_name")


def _texts_of(part: str) -> list[str]:
    """Return the paths of a part's fields that hold a text."""
    return [
        f"{part}.{name}".removeprefix(".")
        for name, schema in properties_of(_PARTS[part]).items()
        if "string" in schema.get("type", ()) and name not in _JUDGED_ELSEWHERE
    ]


_FIELDS: Final = (*(path for part in _PARTS for path in _texts_of(part)), "user_data.partner_id")
_UNSUSPICIOUS: Final = without(_SUSPECT)


@rule(
    MISTAKE,
    OUR_ADVICE,
    clean=fields(
        {
            **dict.fromkeys((*_FIELDS, "custom_data.content_ids[]"), _UNSUSPICIOUS),
            "custom_data.contents[]": {"additionalProperties": _UNSUSPICIOUS},
        }
    ),
)
def personal_data_elsewhere(event: Event, _: Context) -> Iterator[Complaint]:
    """No field except the hashed match keys carries an e-mail address, a phone number or a token."""
    for path, text in _texts(event):
        if kind := _kind(text):
            yield Complaint(
                f"/{path}",
                f"{path.rpartition('/')[2]} carries {kind} in plain text.",
                "Leave it out; send a person's data hashed, in user_data."
                if kind != "a token"
                else "Leave it out, and replace the token: it has left your systems.",
            )


@rule(
    MISTAKE,
    OUR_ADVICE,
    clean=fields(
        {
            "event_id": without("^[A-Fa-f0-9]{64}$"),
            **{f"user_data.{key}[]": {"pattern": "^[a-f0-9]{64}$"} for key in HASHED_MATCH_KEYS},
        }
    ),
)
def event_id_of_person(event: Event, _: Context) -> Iterator[Complaint]:
    """The event id names the event, not the person: it is not the hash that a match key holds."""
    event_id = event.get("event_id", "").lower()
    for key in HASHED_MATCH_KEYS:
        if event_id and event_id in (value.lower() for value in event["user_data"].get(key, ())):
            yield Complaint(
                "/event_id",
                f"The event id is the hash of {key}: all of this person's events of one name share it, "
                "and Pinterest counts one of them.",
                "Create an id for each event, and send the same id with the Pinterest tag.",
            )
            return


def _kind(text: str) -> str | None:
    return next((kind for kind, form in _KINDS.items() if form.search(text[:_MAX_SEARCHED])), None)


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    """Yield each text that may hold personal data by mistake, with its path."""
    for field in _FIELDS:
        part, _, name = field.rpartition(".")
        holder: Any = event.get(part, {}) if part else event
        if text := holder.get(name):
            yield field.replace(".", "/"), text
    custom_data: dict[str, Any] = event.get("custom_data", {})
    for index, text in enumerate(custom_data.get("content_ids", ())):
        yield f"custom_data/content_ids/{index}", text
    for index, item in enumerate(custom_data.get("contents", ())):
        for name, value in item.items():
            if isinstance(value, str):
                yield f"custom_data/contents/{index}/{name}", value


RULES: Final = (personal_data_elsewhere, event_id_of_person)
