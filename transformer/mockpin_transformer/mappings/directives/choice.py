"""Directives that choose: @if, @literal, @excludeWhenNull."""

from mockpin_transformer.js import JSON, UNDEFINED, is_truthy, to_string
from mockpin_transformer.mappings.checks import check_nested, check_nothing, fields
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.registry import compile_value, directive, dropping, failing

_NO_CONDITION = '@if requires an "exists" key or a "blank" key'


@directive("@if", fields(dict.fromkeys(("exists", "blank", "then", "else"), check_nothing)))
def compile_if(operand: JSON, *, keep: bool) -> Resolver:
    """`then` when `exists` is neither missing nor null, or when `blank` is *not* blank; else `else`.

    An `else` of 0, false, "" or null counts as absent.
    """
    if not isinstance(operand, dict):
        return failing('@if requires an object with an "exists" key')
    if not is_truthy(operand.get("exists")) and not is_truthy(operand.get("blank")):
        return failing(_NO_CONDITION)
    then = compile_value(operand.get("then", UNDEFINED), keep=keep)
    otherwise = compile_value(operand["else"] if is_truthy(operand.get("else")) else UNDEFINED, keep=keep)
    if "exists" in operand:
        return _choose_existing(compile_value(operand["exists"], keep=keep), then, otherwise)
    blank = compile_value(operand["blank"], keep=keep)
    return lambda payload: (otherwise if _is_blank(blank(payload)) else then)(payload)


def _choose_existing(exists: Resolver, then: Resolver, otherwise: Resolver) -> Resolver:
    def choose(payload: JSON) -> JSON:
        value = exists(payload)
        return otherwise(payload) if value is None or value is UNDEFINED else then(payload)

    return choose


def _is_blank(value: JSON) -> bool:
    """JavaScript's `value == null || value == ""`: also true for 0, false and a list that prints as ""."""
    if isinstance(value, str):
        return not value
    if isinstance(value, list):
        return not to_string(value)
    return not isinstance(value, dict) and not value


@directive("@literal", check_nested)
def compile_literal(operand: JSON, *, keep: bool) -> Resolver:
    """The operand, with the directives in it run."""
    return compile_value(operand, keep=keep)


@directive("@excludeWhenNull", check_nested)
def compile_exclude_when_null(operand: JSON, *, keep: bool) -> Resolver:
    """The operand's value with null taken as missing, through objects but not inside lists."""
    resolve = compile_value(operand, keep=keep)
    return dropping(lambda payload: _null_to_undefined(resolve(payload)), keep=keep)


def _null_to_undefined(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _null_to_undefined(member) for key, member in value.items()}
    return UNDEFINED if value is None else value
