"""Conversion events out of fields: one builder for each generation of Pinterest's fields.

Members come in the order Segment's action-destinations 3.517.0 sends them; absent fields are left out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from transformer.dates import epoch_seconds, install_seconds
from transformer.errors import LanguageInvalid
from transformer.js import JSON, number_text, utf16_length

Fields: TypeAlias = Mapping[str, JSON]

PARTNER_NAME: Final = "ss-segment"

_LEGACY_APP: Final = ("app_id", "app_name", "app_version")
_LEGACY_DEVICE: Final = ("device_brand", "device_carrier", "device_model", "device_type", "os_version")
_CONTENT: Final = ("content_brand", "content_category", "content_name")
_LANGUAGE_LENGTH: Final = 2


def build_latest(payload: Fields, user_data: Fields) -> dict[str, JSON]:
    """The generation with `app_info` and `device_info`; LanguageInvalid for a language of the device."""
    app, device = _app_info(payload.get("app_info", {})), payload.get("device_info", {})
    _check_languages(device.get("languages", ()))
    return {
        **_opening(payload),
        "user_data": user_data,
        "custom_data": _custom_data(payload.get("custom_data_2", {}), payload),
        **({"app_info": app} if app else {}),
        **({"device_info": device} if device else {}),
        **_present(payload, ("wifi", "language")),
    }


def build_legacy(payload: Fields, user_data: Fields) -> dict[str, JSON]:
    """The generation that names app and device beside the event."""
    custom_data = payload.get("custom_data", {})
    return {
        **_opening(payload),
        "user_data": user_data,
        "custom_data": _custom_data(custom_data, custom_data),
        **_present(payload, (*_LEGACY_APP, *_LEGACY_DEVICE, "wifi", "language")),
    }


#: By data format; every other, and none, is legacy.
BUILDERS: Final[Mapping[str, Callable[[Fields, Fields], dict[str, JSON]]]] = {"latest": build_latest}


def _opening(payload: Fields) -> dict[str, JSON]:
    return {
        "event_name": payload["event_name"],
        "action_source": payload["action_source"],
        "event_time": epoch_seconds(payload["event_time"]),
        "event_id": payload["event_id"],
        **_present(payload, ("event_source_url",)),
        "partner_name": PARTNER_NAME,
        **_present(payload, ("opt_out", "advertiser_tracking_enabled")),
    }


def _custom_data(custom_data: Fields, holder_of_contents: Fields) -> dict[str, JSON]:
    contents = holder_of_contents.get("contents")
    return {
        **_present(custom_data, ("currency",)),
        **_number_texts(custom_data, "value"),
        **_present(custom_data, ("content_ids",)),
        **({} if contents is None else {"contents": [_content(each) for each in contents]}),
        **_present(custom_data, ("num_items", "order_id", "search_string", "opt_out_type", *_CONTENT)),
        **_number_texts(custom_data, "predicted_ltv"),
        "np": PARTNER_NAME,
    }


def _content(item: Fields) -> dict[str, JSON]:
    return {name: number_text(value) if name == "item_price" else value for name, value in item.items()}


def _app_info(app_info: Fields) -> dict[str, JSON]:
    if "install_time" not in app_info:
        return dict(app_info)
    converted = {**app_info, "install_time": install_seconds(app_info["install_time"])}
    return {name: value for name, value in converted.items() if value is not None or name != "install_time"}


def _check_languages(languages: Iterable[str]) -> None:
    for language in languages:
        if utf16_length(language) != _LANGUAGE_LENGTH:
            raise LanguageInvalid(language)


def _number_texts(fields: Fields, name: str) -> dict[str, str]:
    return {name: number_text(fields[name])} if name in fields else {}


def _present(fields: Fields, names: Iterable[str]) -> dict[str, JSON]:
    return {name: fields[name] for name in names if name in fields}
