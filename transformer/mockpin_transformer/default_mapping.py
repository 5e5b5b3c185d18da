"""Every field's default, as stored mappings hold them.

After Segment's action-destinations 3.517.0: old and new fields stand side by side, and "latest" chooses.
"""

from typing import Final

from mockpin_transformer.js import JSON


def _path(path: str) -> JSON:
    return {"@path": path}


def _either(first: str, second: str) -> JSON:
    return {"@if": {"exists": _path(first), "then": _path(first), "else": _path(second)}}


_VALUE: Final = _either("$.properties.price", "$.properties.value")

USER_DATA: Final = {
    "email": _either("$.properties.email", "$.traits.email"),
    "client_ip_address": _path("$.context.ip"),
    "client_user_agent": _path("$.context.userAgent"),
}

CONTENTS: Final = {
    "@arrayPath": [
        "$.properties.products",
        {
            "id": _path("$.product_id"),
            "item_price": _path("$.price"),
            "quantity": _path("$.quantity"),
            "item_brand": _path("$.brand"),
            "item_category": _path("$.category"),
            "item_name": _path("$.name"),
        },
    ]
}

APP_INFO: Final = {
    "app_name": _path("$.context.app.name"),
    "app_package_name": _path("$.context.app.namespace"),
    "app_version": _path("$.context.app.version"),
    "user_agent": _path("$.context.userAgent"),
    "window_height": _path("$.context.screen.height"),
    "window_width": _path("$.context.screen.width"),
}

DEVICE_INFO: Final = {
    "brand": _path("$.context.device.manufacturer"),
    "carrier": _path("$.context.network.carrier"),
    "model": _path("$.context.device.model"),
    "type": _path("$.context.device.type"),
    "os_version": _path("$.context.os.version"),
    "locale": _path("$.context.locale"),
    "screen_density": _path("$.context.screen.density"),
    "screen_height": _path("$.context.screen.height"),
    "screen_width": _path("$.context.screen.width"),
    "timezone": _path("$.context.timezone"),
}

DEFAULT_MAPPING: Final[dict[str, JSON]] = {
    "data_format": "latest",
    "action_source": "web",
    "event_time": _path("$.timestamp"),
    "event_id": _path("$.messageId"),
    "event_source_url": _path("$.context.page.url"),
    "opt_out": True,
    "advertiser_tracking_enabled": _path("$.context.device.adTrackingEnabled"),
    "user_data": USER_DATA,
    "custom_data": {
        "value": _VALUE,
        "search_string": _path("$.properties.query"),
        "order_id": _path("$.properties.order_id"),
        "currency": _path("$.properties.currency"),
    },
    "app_id": _path("context.app.id"),
    "app_name": _path("$.context.app.name"),
    "app_version": _path("$.context.app.version"),
    "device_brand": _path("$.context.device.brand"),
    "device_carrier": _path("context.device.carrier"),
    "device_model": _path("$.context.device.model"),
    "device_type": _path("$.context.device.type"),
    "os_version": _path("$.context.os.version"),
    "custom_data_2": {
        "currency": _path("$.properties.currency"),
        "value": _VALUE,
        "order_id": _path("$.properties.order_id"),
        "search_string": _path("$.properties.query"),
    },
    "contents": CONTENTS,
    "app_info": APP_INFO,
    "device_info": DEVICE_INFO,
    "wifi": _path("$.context.network.wifi"),
}

_TODAYS_ONLY: Final = (
    "data_format",
    "advertiser_tracking_enabled",
    "custom_data_2",
    "contents",
    "app_info",
    "device_info",
)

#: The older generation's: no data format, so that an app name is always required.
SEED_MAPPING: Final = {name: value for name, value in DEFAULT_MAPPING.items() if name not in _TODAYS_ONLY}
