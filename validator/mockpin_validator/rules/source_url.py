"""The URL of the page on which an event happened."""

import re
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import unquote, urlsplit

from mockpin_validator.detectors import CREDENTIAL_IN_URL, MAX_SEARCHED_LENGTH, PERSONAL_IN_URL
from mockpin_validator.judging.clean_schemas import either, fields, has, other_than, without
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OUR_ADVICE, PARAMETERS
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import HINT, MISTAKE, rule

_CERTAINLY_ABSOLUTE: Final = {
    "pattern": r"^https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[1-9][0-9]{0,3})?(?:[/?#][!-~]*)?$"
}
_ABSOLUTE: Final = re.compile(r"https?://[a-z0-9\[][^\s]*", re.IGNORECASE)
_URL: Final = "/event_source_url"
# The rule itself decodes percent-encoded letters, digits and signs.
_SUSPECT: Final = (
    r"[@+(]|%2[Bb58]|%[3-7]"
    r"|[Pp][Hh](?:[Oo][Nn][Ee]|[=\[])|[Mm][Oo][Bb]|[Cc][Ee][Ll][Ll]|[Tt][Ee][Ll]|[Mm][Ss][Ii]"
    r"|oken|jwt|key|passw|secret|pin[ac]_|eyJ|earer"
)
#: Top-level domains that no public page has: for one machine, a local network, or tests.
_LOCAL_ENDINGS: Final = ("localhost", "local", "internal", "lan", "test", "invalid")
_LOCAL: Final = "on a local machine"
_PRIVATE_NETWORKS: Final = tuple(
    map(ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"))
)
#: Words in a host name, before its domain, of pages that are not live.
_STAGING_WORDS: Final = frozenset({"staging", "stage", "stg", "dev", "development", "qa", "uat", "preprod"})
_BACK_OFFICE: Final = re.compile(
    r"/(?:wp-admin|wp-json|wp-login\.php|wp-cron\.php|xmlrpc\.php|administrator)(?:/|$)|^/admin(?:/|$)|/feed/?$"
    r"|\.(?:xml|json|txt|css|js)$"
)
#: Every URL of a page that is not live matches this.
_NOT_LIVE: Final = (
    r"(?i)localhost|\.(?:local|internal|lan|test|invalid)|[/@][0-9\[]|stag|stg|dev|qa|uat|preprod"
    r"|wp-|xmlrpc|admin|/feed|\.(?:xml|json|txt|css|js)"
)
#: How often a URL is percent-decoded; a URL within a URL is encoded twice.
_MAX_DECODINGS: Final = 3


@rule(
    HINT,
    PARAMETERS,
    clean=either(other_than("action_source", "web"), has("event_source_url")),
)
def event_source_url_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A web event names the page on which it happened."""
    if event["action_source"] == "web" and "event_source_url" not in event:
        yield Complaint(
            "",
            "The web event has no event_source_url.",
            "Send the full URL of the page, with its epik parameter when the visit came from Pinterest.",
        )


@rule(MISTAKE, PARAMETERS, clean=fields({"event_source_url": _CERTAINLY_ABSOLUTE}))
def event_source_url_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The event source URL is absolute: http or https, a host, no spaces."""
    url = event.get("event_source_url")
    if url and not (_ABSOLUTE.fullmatch(url) and _read_host(url)):
        yield Complaint(
            _URL,
            "The event source URL is not an absolute http or https URL.",
            "Send the whole URL, beginning with https:// and the host.",
        )


@rule(MISTAKE, OUR_ADVICE, clean=fields({"event_source_url": {**_CERTAINLY_ABSOLUTE, **without(_SUSPECT)}}))
def event_source_url_personal(event: Event, _: Context) -> Iterator[Complaint]:
    """The event source URL carries no e-mail address, no phone number and no token."""
    url = _decode((event.get("event_source_url") or "")[:MAX_SEARCHED_LENGTH])
    if PERSONAL_IN_URL.search(url):
        yield Complaint(
            _URL,
            "The event source URL carries an e-mail address or a phone number in plain text.",
            "Remove personal data from the URL before sending it.",
        )
    if CREDENTIAL_IN_URL.search(url):
        yield Complaint(
            _URL,
            "The event source URL carries a token or a password.",
            "Remove it from the URL before sending it, and replace it: it has left your systems.",
        )


@rule(HINT, OUR_ADVICE, clean=fields({"event_source_url": {**_CERTAINLY_ABSOLUTE, **without(_NOT_LIVE)}}))
def event_source_url_not_live(event: Event, _: Context) -> Iterator[Complaint]:
    """The page is public: not on a local machine, a test site or in the administration, and not a file.

    A page on a local machine, where tests run, gives only a note.
    """
    if kind := _describe_page(event.get("event_source_url") or ""):
        yield Complaint(
            _URL,
            f"The page is {kind}: its events do not belong among those of real visitors.",
            "Send events of the live site's public pages only; in a test this finding is expected.",
            verdict=None if kind == _LOCAL else "warn",
        )


def _describe_page(url: str) -> str | None:
    """Describe a page that is not public; None for a public one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # unbalanced brackets
        return None
    *labels, _domain, ending = ["", "", *host.split(".")]
    words = {word for label in labels for word in label.split("-")}
    kinds = {
        _LOCAL: ending in _LOCAL_ENDINGS or _is_private(host),
        "on a test site": bool(words & _STAGING_WORDS),
        "of the site's administration, or a feed or file": bool(_BACK_OFFICE.search(parts.path)),
    }
    return next((kind for kind, holds in kinds.items() if holds), None)


def _is_private(host: str) -> bool:
    with suppress(ValueError):  # a name
        address = ip_address(host)
        return any(address in network for network in _PRIVATE_NETWORKS)
    return False


def _read_host(url: str) -> str | None:
    with suppress(ValueError):  # unbalanced brackets, or a port that is not a number
        parts = urlsplit(url)
        return parts.hostname if parts.port != 0 else None
    return None


def _decode(url: str) -> str:
    for _ in range(_MAX_DECODINGS):
        url = unquote(url)
    return url


RULES: Final = (
    event_source_url_missing,
    event_source_url_form,
    event_source_url_personal,
    event_source_url_not_live,
)
