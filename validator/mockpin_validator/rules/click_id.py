"""The click id: the value of Pinterest's `_epik` cookie, or of the `epik` parameter of a URL."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qs, urlsplit

from mockpin_validator.forensics.domains import HEX_64
from mockpin_validator.judging.clean_schemas import either, fields, without
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import FOREIGN_CLICK_IDS, OPENAPI, PARAMETERS
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, MISTAKE, rule

_PATH: Final = "/user_data/click_id"
#: Certainly a click id of Pinterest: not as long as a hash (64 characters), not in another platform's form.
_CERTAIN_CLICK_ID: Final = {"pattern": r"^dj0[A-Za-z0-9_-]{7,60}=*$"}
#: Every URL with a parameter epik matches this: letters may be percent-encoded, white space is left out.
_MAY_BE_EPIK: Final = r"epik|%[67]|[\t\r\n]"
#: All observed click ids are longer.
MIN_CLICK_ID_LENGTH: Final = 8
#: Beginning of another platform's click id -> the platform.
_FOREIGN: Final = {
    re.compile(r"fb\.\d\.\d|IwAR|IwY2x|IwZX"): "Meta's (fbclid, _fbc, _fbp)",
    re.compile(r"Cj0KC|CjwKC|EAIaIQ"): "Google's (gclid)",
    re.compile(r"E\.C\.P\."): "TikTok's (ttclid)",
    re.compile(
        r"(?:gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|yclid|ScCid|li_fat_id|irclickid)="
    ): "another platform's",
}


@rule(ADVICE, OPENAPI, clean=fields({"user_data.click_id": _CERTAIN_CLICK_ID}))
def click_id_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The click id is the bare value of the _epik cookie or the epik parameter, in plain text."""
    click_id = event["user_data"].get("click_id")
    if click_id and not _find_owner(click_id) and not _is_click_id(click_id):
        hashed = HEX_64.fullmatch(click_id)
        yield Complaint(
            _PATH,
            "The click id is a hash." if hashed else "This does not look like a click id.",
            "Send the value of the _epik cookie, or of the URL's epik parameter, unhashed and nothing else.",
        )


@rule(MISTAKE, FOREIGN_CLICK_IDS, clean=fields({"user_data.click_id": _CERTAIN_CLICK_ID}))
def click_id_foreign(event: Event, _: Context) -> Iterator[Complaint]:
    """The click id is Pinterest's, not that of another platform."""
    if owner := _find_owner(event["user_data"].get("click_id") or ""):
        yield Complaint(
            _PATH,
            f"The click id is {owner}: Pinterest cannot match anyone by it.",
            "Send the value of the _epik cookie, or of the URL's epik parameter.",
        )


@rule(
    ADVICE,
    PARAMETERS,
    clean=either(
        fields({"event_source_url": without(_MAY_BE_EPIK)}),
        fields({"user_data.click_id": False}),
    ),
)
def click_id_differs(event: Event, _: Context) -> Iterator[Complaint]:
    """The click id equals the epik parameter of the page's URL, if the URL has one."""
    click_id, in_url = event["user_data"].get("click_id"), _read_epik(event.get("event_source_url") or "")
    if click_id and in_url and click_id != in_url:
        yield Complaint(
            _PATH,
            "The click id differs from the epik parameter of the event source URL.",
            "Send the click id of the click that led to this page.",
        )


def _read_epik(url: str) -> str | None:
    with suppress(ValueError):  # unbalanced brackets
        return parse_qs(urlsplit(url).query).get("epik", [None])[0]
    return None


def _find_owner(click_id: str) -> str | None:
    """Return the platform whose click ids have this form, None if it is not a known foreign form."""
    return next((owner for form, owner in _FOREIGN.items() if form.match(click_id)), None)


def _is_click_id(text: str) -> bool:
    wrapped = text.startswith(("epik=", "_epik=")) or text == "undefined" or HEX_64.fullmatch(text)
    return not wrapped and len(text) >= MIN_CLICK_ID_LENGTH and not any(char in text for char in " &?/;,\"'")


RULES: Final = (click_id_form, click_id_foreign, click_id_differs)
