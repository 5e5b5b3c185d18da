"""The IP address and user agent of a visitor."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from mockpin_validator.caching import cache_short_texts
from mockpin_validator.contract.names import APP_SOURCES
from mockpin_validator.contract.request import VISITOR_KEYS
from mockpin_validator.judging.clean_schemas import either, fields, has, without
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI, OUR_ADVICE, PARAMETERS, PROXY_RANGES
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import HINT, MISTAKE, rule

if TYPE_CHECKING:
    from ua_parser import Result

_IP: Final = "/user_data/client_ip_address"
_USER_AGENT: Final = "/user_data/client_user_agent"
#: The second documentation range (RFC 9637), which Python 3.11 reports as public.
_DOCUMENTATION: Final = IPv6Network("3fff::/20")
#: Addresses from which Cloudflare reaches a site. Those of its other ranges may be people who use its VPN.
_PROXIES: Final = tuple(map(ip_network, (
    "103.21.244.0/22", "103.22.200.0/22", "103.31.4.0/22", "108.162.192.0/18", "131.0.72.0/22",
    "141.101.64.0/18", "162.158.0.0/15", "172.64.0.0/13", "173.245.48.0/20", "188.114.96.0/20",
    "190.93.240.0/20", "197.234.240.0/22", "198.41.128.0/17",
)))  # fmt: skip
#: Every address of a proxy matches this.
_MAY_BE_PROXY: Final = r"^1(?:03|08|31|41|62|72|73|88|90|97|98)\."
_SYSTEM: Final = (
    r"(?:Windows NT 10\.0; Win64; x64|Macintosh; Intel Mac OS X 10[._]\d\d?(?:[._]\d\d?)?|X11; Linux x86_64"
    r"|Linux; Android \d\d?; K|i(?:Phone; CPU iPhone|Pad; CPU) OS \d\d?_\d\d?(?:_\d\d?)? like Mac OS X)"
)
_VERSION: Final = r"\d{1,3}(?:\.\d{1,5}){1,3}"
#: User agents that certainly belong to browsers. The tables that tell for all others take 0.1 s to load.
_COMMON_BROWSER: Final = re.compile(
    rf"Mozilla/5\.0 \({_SYSTEM}(?:; rv:{_VERSION}\) Gecko/20100101 Firefox/{_VERSION}"
    rf"|\) AppleWebKit/{_VERSION} (?:\(KHTML, like Gecko\) )?(?:Chrome|Version)/{_VERSION}"
    rf"(?: Mobile(?:/15E148)?)? Safari/{_VERSION}(?: Edg/{_VERSION})?)",
    re.ASCII,
)
#: Browsers that run without a person.
_AUTOMATED: Final = frozenset({"HeadlessChrome", "PhantomJS"})
#: Characters of a user agent that are parsed; no browser sends more.
_MAX_PARSED_AGENT: Final = 1_000
#: Results of `_count_families` for a bot and for an unrecognized user agent.
_UNKNOWN: Final = (None, 0, 1)
_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
# Addresses that are certainly public. The rules check all others.
_PUBLIC_IPV4: Final = (
    r"(?:[1-9]|1[1-9]|[2-9][0-9]|1[13-5][0-9]|10[1-9]|12[0-68-9]|16[0-8]|170|171|17[3-9]|18[0-9]|19[013-79]"
    rf"|20[0-24-9]|21[0-9]|22[0-3])(?:\.{_OCTET}){{3}}"
)
_PUBLIC_IPV6: Final = r"2[46a][0-9a-f]{2}:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){6}"
_CLEAN_IP: Final = fields(
    {"user_data.client_ip_address": {"pattern": f"^(?:{_PUBLIC_IPV4}|{_PUBLIC_IPV6})$"}}
)


@rule(MISTAKE, PARAMETERS, clean=_CLEAN_IP)
def ip_address_form(event: Event, _: Context) -> Iterator[Complaint]:
    """The IP address is a valid IPv4 or IPv6 address, in plain text and not hashed."""
    text = event["user_data"].get("client_ip_address")
    if text and _address(text) is None:
        yield Complaint(
            _IP,
            "This is not an IP address.",
            "Send one IPv4 or IPv6 address: unhashed, without a port, the first of X-Forwarded-For.",
        )


@rule(MISTAKE, PARAMETERS, clean=_CLEAN_IP)
def ip_address_not_public(event: Event, _: Context) -> Iterator[Complaint]:
    """The IP address is a visitor's: not 0.0.0.0, not private, not reserved for documentation."""
    address = _address(event["user_data"].get("client_ip_address") or "")
    if address is not None and not _is_public(address):
        yield Complaint(
            _IP,
            f"The address is {_kind(address)}: it matches no one.",
            "Send the visitor's own address, as your edge (proxy, load balancer) saw it.",
        )


@rule(HINT, PROXY_RANGES, clean=fields({"user_data.client_ip_address": without(_MAY_BE_PROXY)}))
def ip_address_of_proxy(event: Event, _: Context) -> Iterator[Complaint]:
    """The IP address is the visitor's, not that of Cloudflare, which stands before many sites."""
    address = _address(event["user_data"].get("client_ip_address") or "")
    if isinstance(address, IPv4Address) and any(address in network for network in _PROXIES):
        yield Complaint(
            _IP,
            "The address is Cloudflare's, not the visitor's.",
            "Send the visitor's address, which Cloudflare puts into the header CF-Connecting-IP.",
        )


@rule(HINT, OUR_ADVICE, clean=_CLEAN_IP)
def ip_address_mapped(event: Event, _: Context) -> Iterator[Complaint]:
    """An IPv4 address is written as such, not within an IPv6 address."""
    address = _address(event["user_data"].get("client_ip_address") or "")
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if inner is not None and _is_public(inner):
        yield Complaint(
            _IP,
            "This is an IPv4 address, written as an IPv6 address (::ffff:...): Pinterest may not match it.",
            "Send the IPv4 address alone; a server that listens on IPv6 puts ::ffff: before it.",
        )


def _browser_of(event: Event) -> str:
    """The user agent of an event outside apps, whose user agents are their own; empty if there is none."""
    return (event["action_source"] not in APP_SOURCES and event["user_data"].get("client_user_agent")) or ""


def _is_browser(event: Event, _: Context) -> bool:
    """Whether the user agent is missing, of an app, or recognized as a browser."""
    user_agent = _browser_of(event)
    return not user_agent or _is_recognized(user_agent[:_MAX_PARSED_AGENT])


@rule(MISTAKE, PARAMETERS, quiet=_is_browser)
def user_agent_unrecognized(event: Event, _: Context) -> Iterator[Complaint]:
    """The user agent names at least two of browser, operating system and device."""
    user_agent = _browser_of(event)
    if user_agent and _count_families(user_agent[:_MAX_PARSED_AGENT]) in {0, 1}:
        yield Complaint(
            _USER_AGENT,
            "The user agent names fewer than two of browser, operating system and device.",
            "Send the visitor's User-Agent header unchanged, not your server's or library's.",
        )


@rule(MISTAKE, PARAMETERS, quiet=_is_browser)
def user_agent_bot(event: Event, _: Context) -> Iterator[Complaint]:
    """The user agent does not belong to a bot, crawler or monitor."""
    user_agent = _browser_of(event)
    if user_agent and _count_families(user_agent[:_MAX_PARSED_AGENT]) is None:
        yield Complaint(
            _USER_AGENT,
            "The user agent belongs to a bot.",
            "Do not send events of bots; send the visitor's own User-Agent header.",
        )


@rule(
    HINT,
    OPENAPI,
    clean=either(
        has(*(f"user_data.{key}" for key in VISITOR_KEYS)), fields({"action_source": {"const": "offline"}})
    ),
)
def visitor_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """An online event carries the visitor's IP address and user agent."""
    missing = [key for key in VISITOR_KEYS if key not in event["user_data"]]
    if missing and event["action_source"] != "offline":
        yield Complaint(
            "/user_data",
            f"The event has no {' and no '.join(missing)}: Pinterest recommends both for all events.",
            "Send the visitor's IP address and User-Agent header.",
        )


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return (
            None if "%" in text else ip_address(text)
        )  # the zone after a % has a meaning on one machine only
    except ValueError:
        return None


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and address not in _DOCUMENTATION


def _kind(address: IPv4Address | IPv6Address) -> str:
    kinds = {
        "multicast": address.is_multicast,
        "unspecified": address.is_unspecified,
        "this machine's own (loopback)": address.is_loopback,
        "link-local": address.is_link_local,
        "private or reserved for documentation": address.is_private or address in _DOCUMENTATION,
    }
    return next((kind for kind, holds in kinds.items() if holds), "not public")


@cache_short_texts(maxsize=8_192)
def _is_recognized(user_agent: str) -> bool:
    return bool(_COMMON_BROWSER.fullmatch(user_agent)) or _count_families(user_agent) not in _UNKNOWN


@cache_short_texts(maxsize=8_192)
def _count_families(user_agent: str) -> int | None:
    """Count which of browser, operating system and device are recognized; None for a bot."""
    from ua_parser import parse  # noqa: PLC0415 - importing the rules must not load its tables

    parsed = parse(user_agent)
    if _is_automated(parsed):
        return None
    return sum(
        part is not None and part.family != "Other" for part in (parsed.user_agent, parsed.os, parsed.device)
    )


def _is_automated(parsed: "Result") -> bool:
    spider = parsed.device is not None and parsed.device.family == "Spider"
    return spider or (parsed.user_agent is not None and parsed.user_agent.family in _AUTOMATED)


RULES: Final = (
    ip_address_form,
    ip_address_not_public,
    ip_address_of_proxy,
    ip_address_mapped,
    user_agent_unrecognized,
    user_agent_bot,
    visitor_missing,
)
