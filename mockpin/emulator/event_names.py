"""One name for an event, whoever reports it: the API's `add_to_cart` is the tag's `AddToCart`."""

from collections.abc import Mapping

from mockpin_validator.caching import cache_short_texts
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES, fold

STANDARD: Mapping[str, str] = {fold(name): name for name in STANDARD_EVENT_NAMES}


@cache_short_texts(maxsize=4096)
def canonical_name(name: str) -> str:
    """The API's own spelling of a standard event; a custom name stays as it was sent."""
    return STANDARD.get(fold(name), name)
