"""@transform: a mapping within a mapping, and what every whole mapping goes through."""

from mockpin_transformer.errors import DirectiveFailed, MappingInvalid
from mockpin_transformer.js import JSON, UNDEFINED, is_truthy, spread, type_name
from mockpin_transformer.mappings.checks import check_object_or_directive, check_value, fields
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.registry import compile_value, directive, failing

ROOT_DIRECTIVE = "__segment_internal_directive"
"""The key whose single directive takes all other keys of a mapping as its own `mapping`."""


def compile_transformation(raw: JSON) -> Resolver:
    """The resolver of a whole mapping: takes an object, gives the result without UNDEFINED members.

    MappingInvalid when the mapping breaks the rules.
    """
    mapping = apply_root_directive(raw)
    problems = check_value(mapping)
    if problems:
        name = "AggregateError" if any(problem.enclosed for problem in problems) else "ValidationError"
        raise MappingInvalid(name, tuple(problem.sentence for problem in problems))
    resolve = compile_value(mapping)
    return lambda payload: resolve(require_object(payload))


def require_object(payload: JSON) -> JSON:
    """The payload, an empty one for UNDEFINED; DirectiveFailed when it is not an object."""
    if isinstance(payload, dict):
        return payload
    if payload is UNDEFINED:
        return {}
    raise DirectiveFailed(f"data must be an object, got {type_name(payload)}")


def apply_root_directive(raw: JSON) -> JSON:
    """The mapping with all its keys moved into its root directive, if it has one."""
    if raw is None:
        raise MappingInvalid("TypeError", ("Cannot convert undefined or null to object",))
    mapping = spread(raw)
    if ROOT_DIRECTIVE not in mapping:
        return mapping
    root = mapping.pop(ROOT_DIRECTIVE)
    if root is None:
        raise MappingInvalid("TypeError", ("Cannot convert undefined or null to object",))
    members = spread(root)
    if len(members) > 1:
        raise MappingInvalid("Error", ("The root mapping must only have a single directive object",))
    operand = next(iter(members.values()), None)
    if not isinstance(operand, dict | list):
        raise MappingInvalid("Error", ("The root directive must be an object",))
    return _give_mapping(root, operand, mapping)


def _give_mapping(root: JSON, operand: JSON, mapping: dict[str, JSON]) -> JSON:
    if not isinstance(operand, dict):
        return root  # JavaScript sets a property on the list, which Segment never reads
    given = operand | {"mapping": mapping}
    return [given] if isinstance(root, list) else dict.fromkeys(root, given)


@directive(
    "@transform",
    fields(
        {"apply": check_object_or_directive, "mapping": check_object_or_directive},
        required=("apply", "mapping"),
    ),
)
def compile_transform(operand: JSON, *, keep: bool) -> Resolver:
    """`mapping` resolved against what `apply` makes of the payload, and against nothing else."""
    if not isinstance(operand, dict):
        return failing('@transform requires an object with an "apply" key and a "mapping" key')
    for name in ("mapping", "apply"):
        if not is_truthy(operand.get(name)):
            return failing(f'@transform requires a "{name}" key')
    if not isinstance(operand["apply"], dict):
        return failing('@transform "apply" key should be an object')
    apply, resolve = _compile_apply(operand["apply"]), compile_value(operand["mapping"], keep=keep)
    return lambda payload: resolve(apply(payload))


def _compile_apply(raw: JSON) -> Resolver:
    try:
        return compile_transformation(raw)
    except MappingInvalid as invalid:
        fail = failing(invalid.message, name=invalid.name, errors=invalid.errors)
        return lambda payload: fail(require_object(payload))
