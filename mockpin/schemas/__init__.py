"""The JSON Schemas of mockpin's own files, as the distribution holds them. `make docs` writes them."""

from pathlib import Path

#: What each schema describes.
SCHEMAS = {
    "config": "mockpin.toml",
    "destination": "a Segment destination (JSON)",
    "journey": "a journey (TOML)",
}


def find_schema(name: str) -> Path:
    """The file of a schema, one of `SCHEMAS`."""
    return Path(__file__).with_name(f"{name}.json")
