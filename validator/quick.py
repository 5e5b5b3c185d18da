"""One schema that says at once what the clean schemas of many rules say."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from validator.rule import Rule

Schema = Mapping[str, Any]


def quick_gate(rules: Iterable[Rule]) -> Callable[[Any], bool]:
    """A test that passes only events about which none of these rules has anything to say."""
    import jsonschema_rs  # noqa: PLC0415 - importing the validator must not load it

    schema: Schema = {}
    for rule in rules:
        schema = merged(schema, rule.clean or {})
    is_valid = jsonschema_rs.Draft202012Validator(dict(schema)).is_valid

    def is_clean(event: Any) -> bool:
        try:
            return is_valid(event)
        except ValueError:  # nested beyond what jsonschema-rs takes
            return False

    return is_clean


def merged(one: Schema, other: Schema) -> Schema:
    """A schema that accepts what both accept, with as few sub-schemas as possible."""
    if not one or one == other:
        return other
    both = dict(one)
    for keyword, value in other.items():
        both = _with_keyword(both, keyword, value)
    return both


def _with_keyword(schema: dict[str, Any], keyword: str, value: Any) -> dict[str, Any]:
    if keyword not in schema:
        return {**schema, keyword: value}
    if keyword == "properties":
        names = {**schema[keyword], **value}
        return {
            **schema,
            keyword: {name: merged(schema[keyword].get(name, {}), value.get(name, {})) for name in names},
        }
    if keyword == "items":
        return {**schema, keyword: merged(schema[keyword], value)}
    if schema[keyword] == value:
        return schema
    return {**schema, "allOf": [*schema.get("allOf", ()), {keyword: value}]}
