"""Short JSON Schemas of what the emulator's records hold, for the admin API and its OpenAPI document."""

from collections.abc import Iterable
from typing import Any

from mockpin_validator.judging.finding import SEVERITIES

Schema = dict[str, Any]

#: The largest whole number that every JSON reader keeps exactly.
MAX_NUMBER = 2**53
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}
MOMENT: Schema = {"type": "number", "description": "Seconds since 1970."}
ANY_OBJECT: Schema = {"type": "object"}


def nullable(schema: Schema) -> Schema:
    """A schema that also allows null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: Schema) -> Schema:
    """A list whose items have this schema."""
    return {"type": "array", "items": schema}


def answered(properties: dict[str, Schema]) -> Schema:
    """An object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def one_of(choices: Iterable[str]) -> Schema:
    """One of these texts."""
    return {"enum": list(choices)}


FINDING = answered({
    "rule": TEXT,
    "severity": one_of(SEVERITIES),
    "path": TEXT,
    "message": TEXT,
    "fix": TEXT,
    "source": TEXT,
    "documented": TEXT,
})  # fmt: skip
