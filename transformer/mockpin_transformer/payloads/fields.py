"""The fields of the action Report Conversion Event: names, labels, types and limits.

After Segment's action-destinations 3.517.0; the order is the one in which problems are reported.
"""

from typing import Final

from mockpin_transformer.payloads.nested_fields import (
    APP_INFO,
    CONTENTS,
    CUSTOM_DATA,
    DEVICE_INFO,
    LEGACY_CUSTOM_DATA,
    USER_DATA,
)
from mockpin_transformer.payloads.schema import Field

DATA_FORMATS: Final = ("latest", "legacy")
ACTION_SOURCES: Final = ("app_android", "app_ios", "web", "offline")
EVENT_NAMES: Final = (
    "add_payment_info",
    "add_to_cart",
    "add_to_wishlist",
    "app_install",
    "app_open",
    "checkout",
    "contact",
    "custom",
    "customize_product",
    "find_location",
    "initiate_checkout",
    "lead",
    "page_visit",
    "schedule",
    "search",
    "signup",
    "start_trial",
    "submit_application",
    "subscribe",
    "view_category",
    "view_content",
    "watch_video",
)

FIELDS: Final = (
    Field("data_format", label="Use Latest Fields", choices=DATA_FORMATS),
    Field("event_name", choices=EVENT_NAMES, required=True),
    Field("action_source", choices=ACTION_SOURCES, required=True),
    Field("event_time", label="Event Timestamp", required=True),
    Field("event_id", label="Event ID", required=True),
    Field("event_source_url", label="Event Source URL"),
    Field("opt_out", "boolean"),
    Field("advertiser_tracking_enabled", "boolean"),
    Field("user_data", "object", members=USER_DATA),
    Field("custom_data", "object", label="[Legacy] Custom Data", members=LEGACY_CUSTOM_DATA),
    Field("app_id", label="[Legacy] App ID"),
    Field("app_name", label="[Legacy] App Name"),
    Field("app_version", label="[Legacy] App Version"),
    Field("device_brand", label="[Legacy] Device Brand"),
    Field("device_carrier", label="[Legacy] Device Carrier"),
    Field("device_model", label="[Legacy] Device Model"),
    Field("device_type", label="[Legacy] Device Type"),
    Field("os_version", label="[Legacy] OS Version"),
    Field("custom_data_2", "object", label="Custom Data", members=CUSTOM_DATA),
    Field("contents", "object", many=True, members=CONTENTS),
    Field("app_info", "object", members=APP_INFO),
    Field("device_info", "object", members=DEVICE_INFO),
    Field("wifi", "boolean"),
    Field("language"),
)
