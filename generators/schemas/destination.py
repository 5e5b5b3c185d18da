"""The JSON Schema of a Segment destination: the check of the file, and what the transformer refuses."""

from copy import deepcopy
from typing import Any

from mockpin.segment.destination_file import FORM
from mockpin_transformer import PRESETS
from mockpin_transformer.destination import MOST_MAPPINGS


def build_destination_schema() -> dict[str, Any]:
    """The whole schema."""
    schema: dict[str, Any] = deepcopy(FORM)
    subscriptions = schema["properties"]["subscriptions"]
    subscriptions["maxItems"] = MOST_MAPPINGS
    subscriptions["items"]["properties"]["preset"]["enum"] = list(PRESETS)
    return schema
