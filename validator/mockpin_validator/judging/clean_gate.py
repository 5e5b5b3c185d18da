"""Build the one check that only events without a finding pass, with few steps for each event."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any, Final

from mockpin_validator.contract.gate import AnySchema, gate
from mockpin_validator.judging.rule import Rule
from mockpin_validator.judging.schema_merging import (
    DEPENDENT_KEYWORDS,
    inline_references,
    list_types,
    merge_schemas,
)

#: Keywords that say nothing without one another.
_TOGETHER: Final = {"additionalProperties", "properties"}
#: Keyword -> the types that it is about; values of other types satisfy it.
_TYPES_OF_KEYWORDS: Final[Mapping[str, Iterable[str]]] = {
    **dict.fromkeys(("items", "maxItems", "minItems"), ("array",)),
    **dict.fromkeys(("maxLength", "minLength", "pattern"), ("string",)),
    **dict.fromkeys(("maximum", "minimum"), ("integer", "number")),
}


def build_clean_gate(schema: Mapping[str, Any], rules: Iterable[Rule]) -> Callable[[Any], bool]:
    """Return a function that accepts only what the schema accepts and no rule with a clean schema finds."""
    inlined = inline_references(schema, schema.get("$defs", {}))
    return gate(simplify(merge_schemas(inlined, merge_clean_schemas(rules))))


def merge_clean_schemas(rules: Iterable[Rule]) -> AnySchema:
    """Merge the clean schemas of rules: it accepts only events on which none of them has a finding."""
    schemas: list[AnySchema] = [True]
    for rule in rules:
        if rule.clean is not None and rule.clean not in schemas:  # several rules share one schema
            schemas.append(rule.clean)
    return reduce(merge_schemas, join_alternatives(schemas))


def join_alternatives(schemas: Iterable[AnySchema]) -> list[AnySchema]:
    """Join schemas that have the same first alternative, so that it is checked once.

    What accepts "A or B" and what accepts "A or C" together accept "A or (B and C)".
    """
    joined: list[AnySchema] = []
    alternatives: list[tuple[AnySchema, AnySchema]] = []
    for schema in schemas:
        if isinstance(schema, Mapping) and schema.keys() == {"anyOf"}:
            first, *others = schema["anyOf"]
            alternatives.append((first, others[0] if len(others) == 1 else {"anyOf": others}))
        else:
            joined.append(schema)
    while alternatives:
        first = alternatives[0][0]
        others = [other for same, other in alternatives if same == first]
        joined.append({"anyOf": [first, reduce(merge_schemas, others)]})
        alternatives = [pair for pair in alternatives if pair[0] != first]
    return joined


def simplify(schema: Any) -> Any:
    """Leave out checks that the others of a schema make needless."""
    if isinstance(schema, list):
        return [simplify(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "enum" in schema:
        return _check_choices_once(schema)
    needless = _list_needless(schema["type"]) if "type" in schema else ()
    return {
        keyword: {name: simplify(item) for name, item in value.items()}
        if keyword == "properties"
        else simplify(value)
        for keyword, value in (_check_common_once(schema) if "anyOf" in schema else schema).items()
        if keyword not in needless
    }


def _list_needless(types: Any) -> set[str]:
    """List the keywords that say nothing about values of these types."""
    allowed = list_types(types)
    return {keyword for keyword, applicable in _TYPES_OF_KEYWORDS.items() if allowed.isdisjoint(applicable)}


def _check_choices_once(schema: Mapping[str, Any]) -> AnySchema:
    """Build a schema of the choices that the rest of the schema accepts."""
    is_accepted = gate({keyword: value for keyword, value in schema.items() if keyword != "enum"})
    return {"enum": [choice for choice in schema["enum"] if is_accepted(choice)]}


def _check_common_once(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take what all alternatives of a schema ask for out of them."""
    alternatives = schema["anyOf"]
    if not all(
        isinstance(alternative, Mapping) and not DEPENDENT_KEYWORDS & alternative.keys()
        for alternative in alternatives
    ):
        return schema
    common = [
        keyword
        for keyword, value in alternatives[0].items()
        if all(keyword in alternative and alternative[keyword] == value for alternative in alternatives)
    ]
    if any("additionalProperties" in alternative for alternative in alternatives):
        common = [keyword for keyword in common if keyword not in _TOGETHER]
    beside = {keyword: value for keyword, value in schema.items() if keyword != "anyOf"}
    whole = merge_schemas(beside, {keyword: alternatives[0][keyword] for keyword in common})
    rest = [
        {keyword: alternative[keyword] for keyword in alternative if keyword not in common}
        for alternative in alternatives
    ]
    return {**whole, "anyOf": rest} if isinstance(whole, Mapping) else {"not": {}}
