"""The table of directives, and the step from a mapping's JSON to something that runs.

There are two kinds of values in a mapping: raw values stand for themselves, directives compute. Compiling
turns each into a resolver: a function from payload to value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn, Protocol

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import JSON, UNDEFINED, ordered_keys
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.unrolling import is_plain_object, unroll


@dataclass(frozen=True)
class MappingProblem:
    """One sentence about a mapping; `enclosed` when it was found while looking through an object."""

    sentence: str
    enclosed: bool = False


class Compile(Protocol):
    """Turns a directive's operand into a resolver.

    With `keep`, members that resolve to UNDEFINED stay in objects: @merge needs them, since they override.
    """

    def __call__(self, operand: JSON, *, keep: bool) -> Resolver:
        """The resolver of the directive with this operand."""


Check = Callable[[JSON, tuple[str, ...]], Sequence[MappingProblem]]
"""Lists the problems of a directive's operand, given the keys that lead to it."""


@dataclass(frozen=True)
class Directive:
    """One word of the mapping language: what its operand must be, and what it does."""

    check: Check
    compile: Compile


DIRECTIVES: dict[str, Directive] = {}


def directive(name: str, check: Check) -> Callable[[Compile], Compile]:
    """Add the decorated compile function to DIRECTIVES under its name."""

    def enter(compile_operand: Compile) -> Compile:
        DIRECTIVES[name] = Directive(check, compile_operand)
        return compile_operand

    return enter


def directive_name(value: JSON) -> str | None:
    """The first @-key of a directive; None for a raw value, as is an object of @-keys and others."""
    if not isinstance(value, dict):
        return None
    if any(not key.startswith("@") and key != "_metadata" for key in value):
        return None
    return next((key for key in value if key.startswith("@")), None)


def compile_value(value: JSON, *, keep: bool = False) -> Resolver:
    """The resolver of any value in a mapping."""
    name = directive_name(value)
    if name is not None:
        return _compile_directive(name, value[name], keep=keep)
    if isinstance(value, dict):
        return _compile_object(value, keep=keep)
    if isinstance(value, list):
        items = [compile_value(item, keep=keep) for item in value]
        return lambda payload: [resolve(payload) for resolve in items]
    return constant(value)


def constant(value: JSON) -> Resolver:
    """A resolver that answers the same for every payload."""
    return lambda _: value


def failing(message: str, *, name: str = "Error", errors: tuple[str, ...] = ()) -> Resolver:
    """A resolver that raises DirectiveFailed, because a directive fails only when it runs."""

    def fail(_: JSON) -> NoReturn:
        raise DirectiveFailed(message, name, errors)

    return fail


def _compile_directive(name: str, operand: JSON, *, keep: bool) -> Resolver:
    if name not in DIRECTIVES:
        return failing(f"{name} is not a valid directive, got undefined")
    return DIRECTIVES[name].compile(operand, keep=keep)


def _compile_object(value: dict[str, JSON], *, keep: bool) -> Resolver:
    if not keep and is_plain_object(value):
        return unroll(value, compile_value)
    members = [(key, compile_value(value[key], keep=keep)) for key in ordered_keys(value)]
    return dropping(lambda payload: {key: resolve(payload) for key, resolve in members}, keep=keep)


def drop_undefined(value: JSON) -> JSON:
    """The value without members that are UNDEFINED; items of lists stay as holes."""
    if isinstance(value, dict):
        return {key: drop_undefined(member) for key, member in value.items() if member is not UNDEFINED}
    if isinstance(value, list):
        return [drop_undefined(item) for item in value]
    return value


def dropping(resolve: Resolver, *, keep: bool) -> Resolver:
    """The resolver, its results without members that are UNDEFINED unless they are to be kept."""
    return resolve if keep else lambda payload: drop_undefined(resolve(payload))
