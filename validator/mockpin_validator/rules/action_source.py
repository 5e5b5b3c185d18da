"""The action source: where an event happened."""

from collections.abc import Iterator, Mapping
from typing import Final

from mockpin_validator.contract.names import ACTION_SOURCES, APP_SOURCES, OTHER_SOURCES
from mockpin_validator.contract.spelling import bare, nearest, quoted
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI_INFERRED
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, REFUSED, rule

#: What browsers name in their user agents. Pages within apps name no Safari on iOS, and `; wv` on Android.
_BROWSERS: Final = ("Safari/", "Firefox/")
#: Fields that only an app's events have.
_OF_APPS: Final = ("app_id", "app_name", "app_info", "device_model", "device_info")
#: What the requests of an app itself name in their user agents on iOS and Android, and no browser does.
_APP_AGENTS: Final = (" CFNetwork/", "Dalvik/")
#: Action source -> what only user agents of the other system name, and that system's source.
_OTHER_SYSTEM: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "app_ios": (("Android", "Dalvik/"), "app_android"),
    "app_android": (("iPhone", "iPad", " CFNetwork/"), "app_ios"),
}


@rule(REFUSED, OPENAPI_INFERRED, clean=fields({"action_source": {"enum": list(ACTION_SOURCES)}}))
def action_source_unknown(event: Event, context: Context) -> Iterator[Complaint]:
    """The action source is app_android, app_ios, web or offline."""
    source = event["action_source"]
    if source not in ACTION_SOURCES:
        meant = OTHER_SOURCES.get(bare(source)) or nearest(source, ACTION_SOURCES)
        yield Complaint(
            "/action_source",
            f"{quoted(source)} is not an action source that Pinterest knows.",
            f"Send {meant!r}." if meant else "Send 'app_android', 'app_ios', 'web' or 'offline'.",
            f"Invalid action_source: {source}. Use one of app_android, app_ios, web, offline.",
            context.policy.unknown_action_source,
        )


def _is_plausible(event: Event, _: Context) -> bool:
    """Whether the event is of a page on the web, of an app on its own system without a page, or offline."""
    on_web = bool(event["action_source"] == "web")
    in_place = event["action_source"] == "offline" or ("event_source_url" in event) == on_web
    return in_place and not _find_other_system(event)


@rule(ADVICE, OPENAPI_INFERRED, quiet=_is_plausible)
def action_source_contradicted(event: Event, _: Context) -> Iterator[Complaint]:
    """An app event is of its own system and no page in a browser; a web event without a page, of no app."""
    has_page, agent = "event_source_url" in event, event["user_data"].get("client_user_agent") or ""
    if event["action_source"] in APP_SOURCES and has_page and _is_browser(agent):
        yield Complaint(
            "/action_source",
            "The action source is an app, but the event has a page's URL and a browser's user agent.",
            "Send 'web' for what happens in a browser, also on a phone.",
        )
    elif other := _find_other_system(event):
        yield Complaint(
            "/action_source",
            f"The action source is {event['action_source']}, but the user agent is one of {other}.",
            f"Send {other!r} here: read each device's own system.",
        )
    if event["action_source"] == "web" and not has_page and _names_app(event):
        yield Complaint(
            "/action_source",
            "The action source is web, but the event has no page and names an app or a device.",
            "Send 'app_android' or 'app_ios' for what happens in an app.",
        )


def _find_other_system(event: Event) -> str:
    """The action source of the system that an app event's user agent names, if not its own."""
    parts, other = _OTHER_SYSTEM.get(event["action_source"], ((), ""))
    agent = event["user_data"].get("client_user_agent") or ""
    return other if any(part in agent for part in parts) else ""


def _is_browser(user_agent: str) -> bool:
    """Whether a user agent is a browser's own, not that of a page within an app."""
    return (
        user_agent.startswith("Mozilla/5.0")
        and "; wv)" not in user_agent
        and any(browser in user_agent for browser in _BROWSERS)
    )


def _names_app(event: Event) -> bool:
    user_data = event["user_data"]
    agent = user_data.get("client_user_agent") or ""
    named = any(event.get(name) for name in _OF_APPS) or any(part in agent for part in _APP_AGENTS)
    return named or bool(user_data.get("hashed_maids"))


RULES: Final = (action_source_unknown, action_source_contradicted)
