"""App and device details of app events, in the latest or the legacy fields."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mockpin_validator.contract.names import APP_SOURCES
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI, PARAMETERS
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, HINT, rule

_LATEST: Final[Mapping[str, tuple[str, str]]] = {
    "app_id": ("app_info", "app_id"),
    "app_name": ("app_info", "app_name"),
    "app_version": ("app_info", "app_version"),
    "device_brand": ("device_info", "brand"),
    "device_carrier": ("device_info", "carrier"),
    "device_model": ("device_info", "model"),
    "device_type": ("device_info", "type"),
    "os_version": ("device_info", "os_version"),
}
_NAMES: Final = ("app_id", "app_name", "app_version")
_APP: Final = (*_NAMES, "app_info")
_DEVICE: Final = ("device_brand", "device_model", "device_type", "os_version", "device_info")
_NOT_AN_APP: Final = fields({"action_source": {"enum": ["web", "offline"]}})
_NO_LEGACY: Final = fields(dict.fromkeys(_LATEST, False))


@rule(HINT, PARAMETERS, clean=_NOT_AN_APP)
def app_details_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """An app event describes the app and the device."""
    for block, names in (("app_info", _APP), ("device_info", _DEVICE)):
        if event["action_source"] in APP_SOURCES and not any(event.get(name) for name in names):
            yield Complaint("", f"The app event has no {block}.", f"Send {block}.")


@rule(HINT, PARAMETERS, clean=_NOT_AN_APP)
def mobile_advertising_id_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """An app event carries the hashed mobile advertising id."""
    if event["action_source"] in APP_SOURCES and not event["user_data"].get("hashed_maids"):
        yield Complaint(
            "/user_data",
            "The app event has no hashed_maids: Pinterest recommends them for app events.",
            "Send the SHA-256 of the GAID or IDFA where the user allows it.",
        )


@rule(HINT, OPENAPI, clean=fields(dict.fromkeys(_NAMES, False)))
def app_details_elsewhere(event: Event, _: Context) -> Iterator[Complaint]:
    """Only app events name an app."""
    named = [name for name in _NAMES if event.get(name)]
    if named and event["action_source"] not in APP_SOURCES:
        yield Complaint(
            f"/{named[0]}",
            f"The event names an app ({', '.join(named)}), but its action source is not an app.",
            "Send 'app_android' or 'app_ios' as action source, or leave the app out.",
        )


@rule(HINT, OPENAPI, clean=_NO_LEGACY)
def legacy_field(event: Event, _: Context) -> Iterator[Complaint]:
    """App and device details are in app_info and device_info, not in the legacy fields."""
    for name, (block, latest) in _LATEST.items():
        if event.get(name) and latest not in _block(event, block):
            yield Complaint(f"/{name}", f"{name} is a legacy field.", f"Send {block}.{latest} instead.")


@rule(ADVICE, OPENAPI, clean=_NO_LEGACY)
def legacy_field_disagrees(event: Event, _: Context) -> Iterator[Complaint]:
    """A legacy field has the same value as the field that replaced it."""
    for name, (block, latest) in _LATEST.items():
        if event.get(name) and _block(event, block).get(latest, event[name]) != event[name]:
            yield Complaint(
                f"/{name}",
                f"{name} and {block}.{latest} disagree.",
                f"Leave {name} out: {block}.{latest} replaces it.",
            )


def _block(event: Event, name: str) -> Mapping[str, Any]:
    block: Mapping[str, Any] = event.get(name, {})
    return block


RULES: Final = (
    app_details_missing,
    mobile_advertising_id_missing,
    app_details_elsewhere,
    legacy_field,
    legacy_field_disagrees,
)
