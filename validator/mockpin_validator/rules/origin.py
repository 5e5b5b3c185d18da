"""Where an event happened: its action source and the URL of its page."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final
from urllib.parse import unquote, urlsplit

from mockpin_validator.contract.names import ACTION_SOURCES, OTHER_SOURCES
from mockpin_validator.contract.spelling import bare, nearest, quoted
from mockpin_validator.detectors import PERSONAL_IN_URL
from mockpin_validator.judging.clean import either, fields, has
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI_INFERRED, OUR_ADVICE, PARAMETERS
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import HINT, MISTAKE, REFUSED, rule

_PLAINLY_ABSOLUTE: Final = r"^https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[1-9][0-9]{0,3})?(?:[/?#][!-~]*)?$"
_ABSOLUTE: Final = re.compile(r"https?://[a-z0-9\[][^\s]*", re.IGNORECASE)
_URL: Final = "/event_source_url"
# Quoted letters, digits and signs are for the rule to read.
_SUSPECT: Final = (
    r"[@+(]|%2[Bb58]|%[3-7]"
    r"|[Pp][Hh](?:[Oo][Nn][Ee]|[=\[])|[Mm][Oo][Bb]|[Cc][Ee][Ll][Ll]|[Tt][Ee][Ll]|[Mm][Ss][Ii]"
)
#: How often a URL within a URL may have been quoted.
_QUOTINGS: Final = 3


@rule(REFUSED, OPENAPI_INFERRED, clean=fields({"action_source": {"enum": list(ACTION_SOURCES)}}))
def action_source_unknown(event: Event, context: Context) -> Iterator[Complaint]:
    """The action source is app_android, app_ios, web or offline."""
    source = event["action_source"]
    if source not in ACTION_SOURCES:
        meant = OTHER_SOURCES.get(bare(source)) or nearest(source, ACTION_SOURCES)
        yield Complaint(
            "/action_source",
            f"{quoted(source)} is no action source that Pinterest knows.",
            f"Send {meant!r}." if meant else "Send 'app_android', 'app_ios', 'web' or 'offline'.",
            f"Invalid action_source: {source}. Use one of app_android, app_ios, web, offline.",
            context.policy.unknown_action_source,
        )


@rule(
    HINT,
    PARAMETERS,
    clean=either(has("event_source_url"), fields({"action_source": {"not": {"const": "web"}}})),
)
def event_source_url_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A web event names the page on which it happened."""
    if event["action_source"] == "web" and "event_source_url" not in event:
        yield Complaint(
            "",
            "The web event has no event_source_url.",
            "Send the full URL of the page, with its epik parameter when the visit came from Pinterest.",
        )


@rule(MISTAKE, PARAMETERS, clean=fields({"event_source_url": {"pattern": _PLAINLY_ABSOLUTE}}))
def event_source_url_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The event source URL is absolute: http or https, a host, no spaces."""
    url = event.get("event_source_url")
    if url and not (_ABSOLUTE.fullmatch(url) and _host(url)):
        yield Complaint(
            _URL,
            "The event source URL is not an absolute http or https URL.",
            "Send the whole URL, beginning with https:// and the host.",
        )


@rule(MISTAKE, OUR_ADVICE, clean=fields({"event_source_url": {"not": {"pattern": _SUSPECT}}}))
def event_source_url_personal(event: Event, _: Context) -> Iterator[Complaint]:
    """The event source URL carries no e-mail address and no phone number."""
    if PERSONAL_IN_URL.search(_unquoted(event.get("event_source_url") or "")):
        yield Complaint(
            _URL,
            "The event source URL carries an e-mail address or a phone number in plain text.",
            "Remove personal data from the URL before sending it.",
        )


def _host(url: str) -> str | None:
    with suppress(ValueError):  # brackets that do not close, or a port that is no number
        parts = urlsplit(url)
        return parts.hostname if parts.port != 0 else None
    return None


def _unquoted(url: str) -> str:
    for _ in range(_QUOTINGS):
        url = unquote(url)
    return url


RULES: Final = (
    action_source_unknown,
    event_source_url_missing,
    event_source_url_form,
    event_source_url_personal,
)
