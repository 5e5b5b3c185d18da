"""The event names and action sources that Pinterest knows, and the names that people use instead."""

from typing import Final

STANDARD_EVENT_NAMES: Final = (
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

#: Standard names from Pinterest's tracking page and server template that its OpenAPI 5.23 does not list.
LATER_EVENT_NAMES: Final = frozenset(
    {
        "app_open",
        "contact",
        "customize_product",
        "find_location",
        "schedule",
        "start_trial",
        "submit_application",
    }
)

ACTION_SOURCES: Final = ("app_android", "app_ios", "web", "offline")
APP_SOURCES: Final = ("app_android", "app_ios")

#: Field of an event -> its names, for fields whose names only the description's prose lists.
NAMES: Final = {"event_name": STANDARD_EVENT_NAMES, "action_source": ACTION_SOURCES}


def fold(name: str) -> str:
    """Return an event name in lower case without underscores and spaces, to compare spellings."""
    return name.lower().replace("_", "").replace(" ", "")


# Names of other platforms and of Segment (letters and digits only) -> standard event name.
OTHER_NAMES: Final = {
    "purchase": "checkout",
    "completepayment": "checkout",
    "ordercompleted": "checkout",
    "order": "checkout",
    "orderplaced": "checkout",
    "placedorder": "checkout",
    "checkoutcompleted": "checkout",
    "placeanorder": "checkout",
    "pageview": "page_visit",
    "page": "page_visit",
    "viewitem": "page_visit",
    "productviewed": "page_visit",
    "productadded": "add_to_cart",
    "addtobasket": "add_to_cart",
    "cart": "add_to_cart",
    "begincheckout": "initiate_checkout",
    "checkoutstarted": "initiate_checkout",
    "completeregistration": "signup",
    "register": "signup",
    "registration": "signup",
    "signedup": "signup",
    "subscription": "subscribe",
    "generatelead": "lead",
    "submitform": "lead",
    "viewitemlist": "view_category",
    "productlistviewed": "view_category",
    "productssearched": "search",
    "paymentinfoentered": "add_payment_info",
    "install": "app_install",
    "applicationinstalled": "app_install",
    "applicationopened": "app_open",
    "play": "watch_video",
    "videoplay": "watch_video",
}

OTHER_SOURCES: Final = {
    "website": "web",
    "serverwebsite": "web",
    "server": "web",
    "browser": "web",
    "android": "app_android",
    "ios": "app_ios",
    "app": "app_android",
    "physicalstore": "offline",
    "instore": "offline",
    "store": "offline",
    "pos": "offline",
}
