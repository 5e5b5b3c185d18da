"""Conversion events as the JSON text that JavaScript would print."""

from collections.abc import Sequence

import orjson

from transformer.js import JSON, stringify


def write_payload(conversion_events: Sequence[dict[str, JSON]]) -> bytes:
    """A request's body, `{"data":[...]}`, in UTF-8."""
    payload = {"data": list(conversion_events)}
    if any(map(_prints_its_own_way, conversion_events)):
        return stringify(payload).encode()
    try:
        return orjson.dumps(payload, option=orjson.OPT_STRICT_INTEGER)
    except TypeError:
        # Lone surrogates, and integers of more than 53 bits, whose last digits JavaScript does not know.
        return stringify(payload).encode()


def _prints_its_own_way(event: dict[str, JSON]) -> bool:
    """The install time is the one number that may have a fraction; orjson prints some of those otherwise."""
    return isinstance(event.get("app_info", {}).get("install_time"), float)
