"""The members of the object fields, in the order of their problems.

After Segment's action-destinations 3.517.0.
"""

from typing import Final

from mockpin_transformer.payloads.schema import Field

USER_DATA: Final = (
    Field("email", many=True),
    Field("hashed_maids", label="Mobile Ad Identifier", many=True),
    Field("client_ip_address", label="Client IP Address"),
    Field("client_user_agent"),
    Field("phone", label="Phone Number", many=True),
    Field("first_name", many=True),
    Field("last_name", many=True),
    Field("external_id", label="External ID", many=True),
    Field("gender", many=True),
    Field("date_of_birth", label="Date of Birth", many=True),
    Field("city", many=True),
    Field("state", many=True),
    Field("zip", label="Zip Code", many=True),
    Field("country", many=True),
    Field("click_id", "string or null", label="Click ID"),
    Field("partner_id", "string or null", label="Partner ID"),
)

LEGACY_CONTENTS: Final = (
    Field("id", label="ID"),
    Field("item_price", "number", label="Price"),
    Field("quantity", "integer"),
    Field("item_brand"),
    Field("item_brand_id", label="Item Brand ID", max_length=64),
    Field("item_category"),
    Field("item_name"),
)

CONTENTS: Final = (Field("id", label="Product ID"), *LEGACY_CONTENTS[1:])

CUSTOM_DATA: Final = (
    Field("currency"),
    Field("value", "number"),
    Field("content_ids", label="Content IDs", many=True),
    Field("num_items", "integer", label="Number of Items"),
    Field("order_id", label="Order ID"),
    Field("search_string"),
    Field("opt_out_type"),
    Field("content_brand"),
    Field("content_category"),
    Field("content_name"),
    Field("predicted_ltv", "number", label="Predicted LTV"),
)

LEGACY_CUSTOM_DATA: Final = (
    *CUSTOM_DATA[:3],
    Field("contents", "object", label="Product Info", many=True, members=LEGACY_CONTENTS),
    *CUSTOM_DATA[3:],
)

APP_INFO: Final = (
    Field("app_id", label="App ID"),
    Field("app_name"),
    Field("app_package_name"),
    Field("app_store"),
    Field("app_version"),
    Field("install_time", "string or number"),
    Field("user_agent"),
    Field("window_height", "integer"),
    Field("window_width", "integer"),
)

FORM_FACTORS: Final = (
    "desktop",
    "laptop",
    "cellphone",
    "tablet",
    "smartwatch",
    "tv",
    "vr",
    "console",
    "other",
)
NETWORK_TYPES: Final = (
    "wifi",
    "cellular_2g",
    "cellular_3g",
    "cellular_4g",
    "cellular_5g",
    "cellular_6g",
    "ethernet",
    "unknown",
)
OS_FAMILIES: Final = ("ios", "android", "macos", "windows", "linux", "bsd", "other")

DEVICE_INFO: Final = (
    Field("battery_level", "integer"),
    Field("brand"),
    Field("carrier"),
    Field("cpu_cores", "integer", label="CPU Cores"),
    Field("external_storage_free_space", "integer"),
    Field("external_storage_size", "integer"),
    Field("form_factor", choices=FORM_FACTORS),
    Field("kernel_version"),
    Field("languages", many=True),
    Field("locale"),
    Field("model"),
    Field("network_type", choices=NETWORK_TYPES),
    Field("os_family", label="OS Family", choices=OS_FAMILIES),
    Field("os_name", label="OS Name", max_length=100),
    Field("os_release_name", label="OS Release Name"),
    Field("os_version", label="OS Version", max_length=100),
    Field("screen_density", "integer"),
    Field("screen_height", "integer"),
    Field("screen_width", "integer"),
    Field("storage_free_space", "integer"),
    Field("storage_size", "integer"),
    Field("timezone"),
    Field("timezone_abbr", label="Timezone Abbreviation"),
    Field("type"),
)
