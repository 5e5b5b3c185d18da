"""Write the schemas of mockpin's own files again: `python -m generators.schemas`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from generators.schemas.config import build_config_schema
from generators.schemas.destination import build_destination_schema
from generators.schemas.journey import build_journey_schema
from mockpin.schemas import SCHEMAS, find_schema

BUILDERS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "config": build_config_schema,
    "destination": build_destination_schema,
    "journey": build_journey_schema,
}


def format_schema(name: str) -> str:
    """A schema as the text of its file."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMAS[name]}
    return json.dumps({**head, **BUILDERS[name]()}, indent=1) + "\n"


if __name__ == "__main__":
    for schema in SCHEMAS:
        find_schema(schema).write_text(format_schema(schema), encoding="utf-8")
