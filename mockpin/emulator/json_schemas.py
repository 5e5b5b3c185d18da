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


def list_of(schema: Schema) -> Schema:
    """A schema of a list whose items have this one."""
    return {"type": "array", "items": schema}


def full_object(properties: dict[str, Schema]) -> Schema:
    """A schema of an object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def one_of(choices: Iterable[str]) -> Schema:
    """A schema of a text that is one of these."""
    return {"enum": list(choices)}


FINDING = full_object({
    "rule": TEXT,
    "severity": one_of(SEVERITIES),
    "path": TEXT,
    "message": TEXT,
    "fix": TEXT,
    "source": TEXT,
    "documented": TEXT,
})  # fmt: skip
