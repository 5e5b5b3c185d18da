"""Strategies for conversion events, invalid events with their fault, and whole requests."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from hypothesis import strategies as st

from mockpin.strategies.baskets import custom_data
from mockpin.strategies.mutations import EVENT_MUTATIONS, Mutation
from mockpin.strategies.narrowing import check_names
from mockpin.strategies.people import CALIFORNIA, PLACES, USER_AGENTS, check_identity, identifying, user_data
from mockpin_validator.contract.request import CHECKOUT_KEYS, VISITOR_KEYS

EVENT_NAMES = (
    "checkout", "add_to_cart", "page_visit", "search", "signup", "lead", "view_category", "watch_video",
    "add_payment_info", "add_to_wishlist", "initiate_checkout", "subscribe", "view_content", "custom",
)  # fmt: skip
ACTION_SOURCES = ("web", "app_ios", "app_android", "offline")
#: The match keys that limited data processing requires.
LIMITED_DATA_KEYS = {"country", "st"}
OPT_OUTS: Sequence[dict[str, bool]] = ({}, {"opt_out": False}, {"opt_out": True})
#: Half an hour, in seconds. Pinterest reports events newer than this as web or app, not as offline.
MAX_AGE = 1_800
#: Action source -> the system of its devices, a model, its version and a user agent.
APPS = {
    "app_ios": ("ios", "iPhone15,2", "17.6", USER_AGENTS[2]),
    "app_android": ("android", "Pixel 8", "14", USER_AGENTS[3]),
}
#: Queries of real senders: none, the documented form, and the capitalised booleans of Pinterest's SDKs.
QUERIES = ("", "?test=false", "?test=False", "?test=true", "?test=True")
CONTENT_TYPES = ("application/json", "application/json; charset=utf-8")


def _describe_origin(action_source: str) -> dict[str, Any]:
    if action_source == "web":
        return {"event_source_url": "https://shop.example.com/checkout"}
    if action_source not in APPS:
        return {}
    family, model, version, _ = APPS[action_source]
    return {
        "app_info": {"app_id": "429047995", "app_name": "Shop", "app_version": "4.2.0"},
        "device_info": {"os_family": family, "model": model, "os_version": version, "locale": "en_US"},
    }


def _use_own_system(person: dict[str, Any], action_source: str) -> dict[str, Any]:
    """The user data with the user agent, if there is one, of the system on which an app's event happened."""
    if action_source not in APPS or "client_user_agent" not in person:
        return person
    return {**person, "client_user_agent": APPS[action_source][-1]}


def _recommend_match_keys(event_name: str, action_source: str) -> set[str]:
    """Return the match keys that Pinterest recommends for an event."""
    return {
        "external_id",
        *(CHECKOUT_KEYS if event_name == "checkout" else ()),
        *(VISITOR_KEYS if action_source != "offline" else ()),
        *(("click_id",) if action_source == "web" else ()),
        *(("hashed_maids",) if action_source in APPS else ()),
    }


def conversion_events(
    *,
    event_names: Sequence[str] = EVENT_NAMES,
    action_sources: Sequence[str] = ACTION_SOURCES,
    match_keys: Collection[str] | None = None,
    now: float | None = None,
    max_age: int = MAX_AGE,
) -> st.SearchStrategy[dict[str, Any]]:
    """Generate conversion events that the faithful profile accepts.

    `match_keys` are exactly the user_data fields that every event has. Warnings may then name other fields
    that Pinterest recommends. By default the recommended keys are there, an opt-out is the only finding,
    and the other match keys vary, as do the identifying ones. `now` is the time in seconds since 1970
    before which they happened, the machine's clock if not given, and `max_age` how many seconds before at
    most. Some users opted out, and some ask for limited data processing.

    Raises NarrowingInvalid when names are not a list, for an unknown action source or match key, and for
    match keys that do not identify a person.
    """
    check_names("event_names", event_names)
    check_names("action_sources", action_sources, ACTION_SOURCES)
    if match_keys is not None:
        check_identity(match_keys)
    ages = st.integers(0, max_age)
    kinds = st.tuples(st.sampled_from(event_names), st.sampled_from(action_sources))
    return _events(kinds, ages.map(lambda age: int(time.time() if now is None else now) - age), match_keys)


@st.composite
def _events(
    draw: st.DrawFn,
    kinds: st.SearchStrategy[tuple[str, str]],
    times: st.SearchStrategy[int],
    match_keys: Collection[str] | None,
) -> dict[str, Any]:
    event_name, action_source = draw(kinds)
    limited = draw(st.booleans()) and LIMITED_DATA_KEYS.issubset(match_keys or LIMITED_DATA_KEYS)
    recommended = _recommend_match_keys(event_name, action_source) | (LIMITED_DATA_KEYS if limited else set())
    keys = draw(identifying(recommended)) if match_keys is None else match_keys
    person = draw(user_data(keys, CALIFORNIA if limited else PLACES))
    return {
        "event_name": event_name,
        "action_source": action_source,
        "event_time": draw(times),
        "event_id": str(draw(st.uuids())),
        "partner_name": "direct",
        "user_data": _use_own_system(person, action_source),
        "custom_data": draw(custom_data(event_name)) | ({"opt_out_type": "LDP"} if limited else {}),
        **draw(st.sampled_from(OPT_OUTS)),
        **_describe_origin(action_source),
    }


@dataclass(eq=False)
class NoSuchFault(ValueError):
    """No mutation of `mockpin.strategies.mutations` breaks one of these rules with one of these verdicts."""

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
        fault: What was done to a good event, a name of `mockpin.strategies.mutations`.
        rule: The rule it breaks (a name in `RULES`), or "schema" when the whole request is refused.
        verdict: "refused" (400), "failed" (422) or "warned" (200).
    """

    event: dict[str, Any]
    fault: str
    rule: str
    verdict: str


def _apply_mutation(mutation: Mutation, event: dict[str, Any]) -> InvalidConversionEvent:
    return InvalidConversionEvent(
        mutation.change({"data": [event]})["data"][0], mutation.name, mutation.rule, mutation.verdict
    )


def invalid_conversion_events(
    *,
    rules: Collection[str] | None = None,
    verdicts: Collection[str] = ("refused", "failed"),
    **narrowing: Any,
) -> st.SearchStrategy[InvalidConversionEvent]:
    """Generate conversion events with exactly one fault that Pinterest's answer shows.

    `rules` keeps the faults that break one of these rules, `verdicts` those with one of these outcomes
    ("warned" may be among them); all else narrows the good event, as in `conversion_events`.
    Raises NoSuchFault when no fault is left, NarrowingInvalid as it does.
    """
    mutations = [m for m in EVENT_MUTATIONS if m.verdict in verdicts and (rules is None or m.rule in rules)]
    if not mutations:
        raise NoSuchFault(tuple(rules or ()), tuple(verdicts))
    # The mutation is drawn before the event, because Hypothesis often gives the last draw its simplest value.
    return st.builds(_apply_mutation, st.sampled_from(mutations), conversion_events(**narrowing))


@dataclass(frozen=True)
class EventsRequest:
    """A request to POST /v5/ad_accounts/{ad_account_id}/events, as a real sender writes it.

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
        """Whether this is a test request, which Pinterest judges but does not record."""
        return self.query.lower() == "?test=true"

    @property
    def body(self) -> bytes:
        """The payload as JSON."""
        return orjson.dumps(self.payload)

    def url(self, api_uri: str, ad_account_id: str) -> str:
        """Return the URL to send it to. `api_uri` ends in /v5."""
        return f"{api_uri}/ad_accounts/{ad_account_id}/events{self.query}"


def requests(
    *, min_events: int = 1, max_events: int = 20, test: bool | None = None, **narrowing: Any
) -> st.SearchStrategy[EventsRequest]:
    """Generate requests that the contract accepts; `test` selects test requests (True) or real ones (False).

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
    payloads = events.map(lambda drawn: {"data": drawn})
    return st.builds(EventsRequest, st.sampled_from(queries), payloads, st.fixed_dictionaries(headers))
