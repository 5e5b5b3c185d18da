"""@liquid: Liquid templates, where the extra `mockpin[liquid]` is installed."""

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import JSON, utf16_length
from mockpin_transformer.mappings.checks import check_text
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.registry import constant, directive, failing

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment
    from liquid.exceptions import LiquidError

LONGEST = 1000
"""The maximum length of a Liquid template in UTF-16 units."""

_MISSING = "@liquid needs python-liquid, which is not installed: pip install 'mockpin[liquid]'"


@directive("@liquid", check_text)
def compile_liquid(operand: JSON, *, keep: bool) -> Resolver:  # noqa: ARG001 - the result is text
    """Text from a Liquid template, with the event as its scope."""
    if not isinstance(operand, str):
        return failing("liquid template value must be a string")
    if not operand:
        return constant("")
    if utf16_length(operand) > LONGEST:
        return failing(f"liquid template values are limited to {LONGEST} characters")
    if find_spec("liquid") is None:
        return failing(_MISSING)
    return _compile_template(operand)


@cache
def _environment() -> "Environment":
    from mockpin_transformer.mappings.liquid.environment import make_environment  # noqa: PLC0415 - belongs to an extra

    return make_environment()


def _compile_template(source: str) -> Resolver:
    from liquid import exceptions  # noqa: PLC0415 - belongs to an extra

    try:
        template = _environment().from_string(source)
    except exceptions.LiquidError as error:
        return failing(_place(error.message, error), name="ParseError")
    return lambda payload: _render(template, payload)


def liquid_paths(source: str) -> list[str]:
    """The paths of the event that a template reads; none if the template has a syntax error."""
    if find_spec("liquid") is None:
        return []
    from liquid.exceptions import LiquidError  # noqa: PLC0415 - belongs to an extra

    try:
        variables = _environment().from_string(source).global_variable_segments()
    except LiquidError:
        return []
    return sorted(".".join(str(key) for key in keys if isinstance(key, str | int)) for keys in variables)


def _render(template: "BoundTemplate", payload: JSON) -> str:
    """Render the template; an error message never holds a value of the event."""
    from mockpin_transformer.mappings.liquid.refusals import FilterRefused  # noqa: PLC0415 - belongs to an extra

    try:
        return template.render(payload if isinstance(payload, dict) else {})
    except FilterRefused as refused:
        raise DirectiveFailed(_place(refused.message, refused), "RenderError") from None
    except Exception as error:  # noqa: BLE001 - python-liquid lets through whatever a filter raises
        raise DirectiveFailed(f"@liquid cannot be rendered: {type(error).__name__}", "RenderError") from None


def _place(message: object, error: "LiquidError") -> str:
    if error.token is None or error.token.start_index < 0:
        return str(message)
    source, start = error.token.source, error.token.start_index
    opening = max(source.rfind(braces, 0, start + len(braces)) for braces in ("{{", "{%"))
    line, column = source.count("\n", 0, opening) + 1, opening - source.rfind("\n", 0, opening)
    return f"{message}, line:{line}, col:{column}"
