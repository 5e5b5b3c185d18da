"""Conversion events, bad ones that know what is wrong with them, and whole requests."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from hypothesis import strategies as st

from mockpin.mutations import EVENT_MUTATIONS, Mutation
from mockpin.strategies.baskets import custom_data
from mockpin.strategies.people import MATCH_KEYS, USER_AGENTS, user_data

EVENT_NAMES = (
    "checkout", "add_to_cart", "page_visit", "search", "signup", "lead", "view_category", "watch_video",
    "add_payment_info", "add_to_wishlist", "initiate_checkout", "subscribe", "view_content", "custom",
)  # fmt: skip
ACTION_SOURCES = ("web", "app_ios", "app_android", "offline")
#: Half an hour: what is newer than this is reported as web or app, not as offline.
MAX_AGE = 1_800
APPS = {"app_ios": ("ios", "iPhone15,2", "17.6"), "app_android": ("android", "Pixel 8", "14")}
#: How real senders spell the query: nothing, Pinterest's SDKs' capitalised booleans, the documented form.
QUERIES = ("", "?test=false", "?test=False", "?test=true", "?test=True")
CONTENT_TYPES = ("application/json", "application/json; charset=utf-8")


def _where(action_source: str) -> dict[str, Any]:
    if action_source == "web":
        return {"event_source_url": "https://shop.example.com/checkout"}
    if action_source not in APPS:
        return {}
    family, model, version = APPS[action_source]
    return {
        "app_info": {"app_id": "429047995", "app_name": "Shop", "app_version": "4.2.0"},
        "device_info": {"os_family": family, "model": model, "os_version": version, "locale": "en_US"},
    }


@st.composite
def conversion_events(  # noqa: PLR0913 - each keyword narrows one thing
    draw: st.DrawFn,
    /,
    *,
    event_names: Sequence[str] = EVENT_NAMES,
    action_sources: Sequence[str] = ACTION_SOURCES,
    match_keys: Collection[str] = MATCH_KEYS,
    now: float | None = None,
    max_age: int = MAX_AGE,
) -> dict[str, Any]:
    """Conversion events as the contract's `data` items, accepted and without a finding of ours.

    `now` is the time in seconds since 1970 before which they happened, the machine's clock if not given, and
    `max_age` how many seconds before at most. `match_keys` are the user_data fields that every event has.
    """
    moment = int(time.time() if now is None else now)
    event_name = draw(st.sampled_from(event_names))
    action_source = draw(st.sampled_from(action_sources))
    return {
        "event_name": event_name,
        "action_source": action_source,
        "event_time": moment - draw(st.integers(0, max_age)),
        "event_id": str(draw(st.uuids())),
        "partner_name": "direct",
        "user_data": draw(user_data(match_keys)),
        "custom_data": draw(custom_data(event_name)),
        **_where(action_source),
    }


@dataclass(eq=False)
class NoSuchFault(ValueError):
    """No fault of `mockpin.mutations` breaks one of these rules with one of these verdicts."""

    rules: tuple[str, ...]
    verdicts: tuple[str, ...]

    def __str__(self) -> str:
        known = ", ".join(sorted({mutation.rule for mutation in EVENT_MUTATIONS}))
        asked = " or ".join(self.rules) or "any rule"
        return f"no fault breaks {asked} so that it is {' or '.join(self.verdicts)}; known rules: {known}"


@dataclass(frozen=True)
class InvalidConversionEvent:
    """A conversion event with one fault.

    Attributes:
        event: The conversion event.
        fault: What was done to a good event, a name of `mockpin.mutations`.
        rule: The rule of `validator.RULES` it breaks, "schema" when the request as a whole is refused.
        verdict: "refused" (400), "failed" (422) or "warned" (200).
    """

    event: dict[str, Any]
    fault: str
    rule: str
    verdict: str


def _broken(event: dict[str, Any], mutation: Mutation) -> InvalidConversionEvent:
    return InvalidConversionEvent(
        mutation.change({"data": [event]})["data"][0], mutation.name, mutation.rule, mutation.verdict
    )


def invalid_conversion_events(
    *,
    rules: Collection[str] | None = None,
    verdicts: Collection[str] = ("refused", "failed"),
    **narrowing: Any,
) -> st.SearchStrategy[InvalidConversionEvent]:
    """Conversion events with exactly one fault that Pinterest's answer shows.

    `rules` keeps the faults that break one of these rules, `verdicts` those with one of these outcomes
    ("warned" may be among them); all else narrows the good event, as in `conversion_events`.
    Raises NoSuchFault when no fault is left.
    """
    wanted = [m for m in EVENT_MUTATIONS if m.verdict in verdicts and (rules is None or m.rule in rules)]
    if not wanted:
        raise NoSuchFault(tuple(rules or ()), tuple(verdicts))
    return st.builds(_broken, conversion_events(**narrowing), st.sampled_from(wanted))


@dataclass(frozen=True)
class EventsRequest:
    """A request to POST /v5/ad_accounts/{ad_account_id}/events, as some sender spells it.

    Attributes:
        query: "" or the query with its question mark.
        payload: The payload, `{"data": [...]}`.
        headers: The headers, without authorization.
    """

    query: str
    payload: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def test(self) -> bool:
        """Whether this is a test request, which Pinterest judges and does not record."""
        return self.query.lower() == "?test=true"

    @property
    def body(self) -> bytes:
        """The payload as JSON."""
        return orjson.dumps(self.payload)

    def url(self, api_uri: str, ad_account_id: str) -> str:
        """Where to send it: `api_uri` ends in /v5."""
        return f"{api_uri}/ad_accounts/{ad_account_id}/events{self.query}"


@st.composite
def requests(
    draw: st.DrawFn,
    /,
    *,
    min_events: int = 1,
    max_events: int = 20,
    test: bool | None = None,
    **narrowing: Any,
) -> EventsRequest:
    """Requests that the contract accepts; `test` keeps test requests (True) or real ones (False).

    Everything else narrows the events, as in `conversion_events`.
    """
    queries = [query for query in QUERIES if test is None or test == (query.lower() == "?test=true")]
    events = st.lists(
        conversion_events(**narrowing),
        min_size=min_events,
        max_size=max_events,
        unique_by=lambda event: event["event_id"],
    )
    headers = {"Content-Type": st.sampled_from(CONTENT_TYPES), "User-Agent": st.sampled_from(USER_AGENTS[:1])}
    return EventsRequest(
        draw(st.sampled_from(queries)), {"data": draw(events)}, draw(st.fixed_dictionaries(headers))
    )
