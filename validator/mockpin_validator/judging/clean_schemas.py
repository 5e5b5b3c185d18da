"""Build the clean schemas of rules: JSON Schemas that only events without a finding satisfy.

A path is `event_id`, `custom_data.value`, or `custom_data.contents[].quantity` for a field of every item.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from mockpin_validator.contract.gate import AnySchema
from mockpin_validator.judging.schema_merging import merge_schemas

CleanSchema = Mapping[str, Any]
ITEMS = "[]"


def fields(schemas: Mapping[str, AnySchema]) -> CleanSchema:
    """Require each of these fields, where it is present, to satisfy its schema."""
    return _all(_at(path, schema) for path, schema in schemas.items())


def has(*paths: str, asked: AnySchema = True) -> CleanSchema:
    """Require each of these fields to be present and to satisfy the schema."""
    return _all(_required(path, asked) for path in paths)


def without(pattern: str) -> CleanSchema:
    """Accept any value except a text that matches this pattern; a bare `not` would refuse other types."""
    return {"not": {"type": "string", "pattern": pattern}}


def other_than(field: str, *values: str) -> CleanSchema:
    """Accept events whose field has none of these values."""
    return fields({field: {"not": {"enum": list(values)}}})


def either(*clean: CleanSchema) -> CleanSchema:
    """Accept what at least one of these schemas accepts.

    Schemas of several rules are quickest if they have the same first alternative.
    """
    return {"anyOf": list(clean)}


def _all(schemas: Iterator[AnySchema]) -> CleanSchema:
    whole: AnySchema = {}
    for schema in schemas:
        whole = merge_schemas(whole, schema)
    return whole if isinstance(whole, Mapping) else {"not": {}}


def _at(path: str, schema: AnySchema) -> AnySchema:
    for step in reversed(path.split(".")):
        inner = {"items": schema} if step.endswith(ITEMS) else schema
        schema = {"properties": {step.removesuffix(ITEMS): inner}}
    return schema


def _required(path: str, asked: AnySchema) -> AnySchema:
    schema = asked
    for name in reversed(path.split(".")):
        schema = {"required": [name], **({} if schema is True else {"properties": {name: schema}})}
    return schema
