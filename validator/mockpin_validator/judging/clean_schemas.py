"""CleanSchema schemas of rules, written by the paths of the fields that they ask something of.

A path is `event_id`, `custom_data.value`, or `custom_data.contents[].quantity` for a field of every item.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from mockpin_validator.contract.gate import AnySchema
from mockpin_validator.judging.schema_merging import merge_schemas

CleanSchema = Mapping[str, Any]
ITEMS = "[]"


def fields(asked: Mapping[str, AnySchema]) -> CleanSchema:
    """What is asked of each of these fields where it is there."""
    return _all(_at(path, schema) for path, schema in asked.items())


def has(*paths: str, asked: AnySchema = True) -> CleanSchema:
    """That each of these fields is there, with what is asked of it."""
    return _all(_required(path, asked) for path in paths)


def without(pattern: str) -> CleanSchema:
    """Any value but a text that holds this pattern; a bare `not` would refuse other types."""
    return {"not": {"type": "string", "pattern": pattern}}


def either(*clean: CleanSchema) -> CleanSchema:
    """What one of these schemas accepts."""
    return {"anyOf": list(clean)}


def _all(schemas: Iterator[AnySchema]) -> CleanSchema:
    whole: AnySchema = {}
    for each in schemas:
        whole = merge_schemas(whole, each)
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
