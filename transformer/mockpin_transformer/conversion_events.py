"""Builds conversion events from fields, with one builder for each generation of Pinterest's fields.

Members come in the order Segment's action-destinations 3.517.0 sends them; absent fields are left out.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from mockpin_transformer.errors import LanguageInvalid
from mockpin_transformer.js import JSON, number_text, utf16_length
from mockpin_transformer.times.dates import epoch_seconds, install_seconds

Fields: TypeAlias = Mapping[str, JSON]
#: Members in the order they are sent, each with the function that converts its value (None: unchanged).
Table: TypeAlias = Mapping[str, Callable[[JSON], JSON] | None]

PARTNER_NAME: Final = "ss-segment"

_NOTHING: Final[Fields] = {}
_LANGUAGE_LENGTH: Final = 2
_SENT_WITH_MEMBERS: Final = ("app_info", "device_info")


class Layout(NamedTuple):
    """Members in the order they are sent, and the functions that convert the values of some."""

    names: tuple[str, ...]
    converters: tuple[tuple[str, Callable[[JSON], JSON]], ...]

    @classmethod
    def of(cls, table: Table) -> "Layout":
        """The layout that a table describes."""
        return cls(tuple(table), tuple((name, convert) for name, convert in table.items() if convert))


def build_latest(payload: Fields, user_data: Fields) -> dict[str, JSON]:
    """Build an event with `app_info` and `device_info`; LanguageInvalid for a wrong device language."""
    custom_data = payload.get("custom_data_2", _NOTHING)
    if "contents" in payload:
        custom_data = {**custom_data, "contents": payload["contents"]}
    event = _build(payload, user_data, custom_data, _LATEST)
    for name in _SENT_WITH_MEMBERS:
        if not event.get(name, True):
            del event[name]
    return event


def build_legacy(payload: Fields, user_data: Fields) -> dict[str, JSON]:
    """Build an event with the app and the device in its own members, such as `app_name`."""
    return _build(payload, user_data, payload.get("custom_data", _NOTHING), _LEGACY)


#: Builders by data format; any other data format, and none, means `build_legacy`.
BUILDERS: Final[Mapping[str, Callable[[Fields, Fields], dict[str, JSON]]]] = {"latest": build_latest}


def _build(payload: Fields, user_data: Fields, custom_data: Fields, layout: Layout) -> dict[str, JSON]:
    fields = {**payload, "partner_name": PARTNER_NAME, "user_data": user_data, "custom_data": custom_data}
    return _arrange(fields, layout)


def _arrange(fields: Fields, layout: Layout) -> dict[str, JSON]:
    arranged = {name: fields[name] for name in layout.names if name in fields}
    for name, convert in layout.converters:
        if name in arranged:
            arranged[name] = convert(arranged[name])
    return arranged


def _custom_data(custom_data: Fields) -> dict[str, JSON]:
    arranged = _arrange(custom_data, _CUSTOM_DATA)
    arranged["np"] = PARTNER_NAME
    return arranged


def _contents(contents: list[Fields]) -> list[Fields]:
    return [
        {**item, "item_price": number_text(item["item_price"])} if "item_price" in item else item
        for item in contents
    ]


def _app_info(app_info: dict[str, JSON]) -> dict[str, JSON]:
    if "install_time" not in app_info:
        return app_info
    converted = {**app_info, "install_time": install_seconds(app_info["install_time"])}
    return {name: value for name, value in converted.items() if value is not None or name != "install_time"}


def _device_info(device_info: dict[str, JSON]) -> dict[str, JSON]:
    for language in device_info.get("languages", ()):
        if utf16_length(language) != _LANGUAGE_LENGTH:
            raise LanguageInvalid(language)
    return device_info


_CUSTOM_DATA: Final = Layout.of(
    {
        "currency": None,
        "value": number_text,
        "content_ids": None,
        "contents": _contents,
        "num_items": None,
        "order_id": None,
        "search_string": None,
        "opt_out_type": None,
        "content_brand": None,
        "content_category": None,
        "content_name": None,
        "predicted_ltv": number_text,
    }
)
_OPENING: Final[Table] = {
    "event_name": None,
    "action_source": None,
    "event_time": epoch_seconds,
    "event_id": None,
    "event_source_url": None,
    "partner_name": None,
    "opt_out": None,
    "advertiser_tracking_enabled": None,
    "user_data": None,
    "custom_data": _custom_data,
}
_CLOSING: Final[Table] = {"wifi": None, "language": None}
_LATEST: Final = Layout.of({**_OPENING, "app_info": _app_info, "device_info": _device_info, **_CLOSING})
_LEGACY: Final = Layout.of(
    {
        **_OPENING,
        "app_id": None,
        "app_name": None,
        "app_version": None,
        "device_brand": None,
        "device_carrier": None,
        "device_model": None,
        "device_type": None,
        "os_version": None,
        **_CLOSING,
    }
)
