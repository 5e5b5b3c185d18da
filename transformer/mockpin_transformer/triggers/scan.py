"""From tokens to conditions: not a grammar but one scan from left to right, after Segment's parse-fql.

There is no precedence: the last `and` or `or` joins the whole level. What the scan does not expect it skips.
"""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from mockpin_transformer.js import JSON, UNDEFINED, from_units, to_number, to_string, to_units
from mockpin_transformer.triggers.conditions import CONTAINERS, Condition, Group
from mockpin_transformer.triggers.lexer import END, TriggerToken

FUNCTIONS: Final = ("contains", "match")
_PLAIN = ("type", "event", "name", "userId")
_CALLABLE_ON = ("event", "name", "userId")
_NO_TYPE = "TypeError: Cannot read properties of undefined (reading 'type')"

_FORMS: Final = {
    ("!=", "null"): "exists",
    ("=", "null"): "not_exists",
    ("=", "true"): "is_true",
    ("=", "false"): "is_false",
}
_NUMBER_FORMS: Final = {"=": "number_equals", "!=": "number_not_equals"}
_FORMS_OF: Final[dict[str, tuple[str, ...]]] = {
    "type": (),
    "event": (),
    "name": ("exists", "not_exists"),
    "userId": ("exists", "not_exists", "is_true", "is_false"),
} | dict.fromkeys(CONTAINERS, (*_FORMS.values(), *_NUMBER_FORMS.values()))


@dataclass
class Unreadable(Exception):
    """The scan gave up, as Segment's does; the trigger never matches."""

    error: str


@dataclass(frozen=True)
class Scan:
    """One run over the tokens of a level: the conditions it has read, and the identifiers it has skipped."""

    tokens: deque[TriggerToken]
    skipped: list[TriggerToken] = field(default_factory=list)
    members: list[Condition | Group | None] = field(default_factory=list)

    def take(self, error: str) -> TriggerToken:
        """The next token, whatever it is."""
        if not self.tokens:
            raise Unreadable(error)
        return self.tokens.popleft()

    def skip(self) -> None:
        """Leave one token out, if there is one."""
        if self.tokens:
            self.tokens.popleft()


def scan(tokens: Iterable[TriggerToken]) -> Group:
    """The conditions of a trigger; Unreadable where Segment gives up."""
    condition = _scan_level(Scan(deque(tokens)))
    if condition is None:
        raise Unreadable(_NO_TYPE)
    return condition if isinstance(condition, Group) else Group("and", (condition,))


def find_skipped(tokens: Iterable[TriggerToken]) -> tuple[TriggerToken, ...]:
    """The identifiers the scan passes over, as far as it gets."""
    level = Scan(deque(tokens))
    with suppress(Unreadable):
        _scan_level(level)
    return tuple(level.skipped)


def _scan_level(level: Scan) -> Condition | Group | None:
    joiner = "and"
    while level.tokens and level.tokens[0].kind != "eos":
        token = level.tokens.popleft()
        if token.kind == "conditional":
            joiner = token.value
        elif token.kind in _STEPS:
            _STEPS[token.kind](level, token)
    if len(level.members) > 1:
        return Group(joiner, tuple(level.members))
    return level.members[0] if level.members else None


def _read_identifier(level: Scan, token: TriggerToken) -> None:
    if token.value.partition(".")[0] in _FORMS_OF:
        level.members.append(_read_condition(level, token))
    elif token.value in FUNCTIONS:
        _read_call(level, token.value, negation="")
    else:
        level.skipped.append(token)


def _read_condition(level: Scan, token: TriggerToken) -> Condition:
    field_name = token.value.partition(".")[0]
    operator = level.take("Error: Operator token is missing")
    value = level.take("Error: Value token is missing")
    form = _FORMS.get((operator.value, value.value))
    if value.kind == "number":
        form = _NUMBER_FORMS.get(operator.value)
    name = token.value.removeprefix(field_name + ".")
    if form is None or form not in _FORMS_OF[field_name]:
        said = _value(value)
        return Condition(field_name, name, operator.value, to_string(said) if field_name in _PLAIN else said)
    return Condition(field_name, name, form, _value(value) if value.kind == "number" else UNDEFINED)


def _value(token: TriggerToken) -> JSON:
    """What a token says: double quotes are taken off, single quotes are part of the value."""
    if token.kind == "string":
        return token.value.removeprefix('"').removesuffix('"')
    if token.kind == "number":
        return to_number(token.value)
    if token.kind == "ident" and token.value in ("true", "false"):
        return token.value == "true"
    return token.value


def _read_negation(level: Scan, token: TriggerToken) -> None:
    following = level.tokens[0] if level.tokens else END
    if token.value == "!" and following.kind == "ident" and following.value in FUNCTIONS:
        level.skip()
        _read_call(level, following.value, negation="not_")


def _read_call(level: Scan, function: str, *, negation: str) -> None:
    """Five tokens, taken without a look at the parentheses and the comma."""
    level.skip()
    argument = level.take(f"Error: {function}() is missing a 1st argument")
    level.skip()
    value = level.take(f"Error: {function}() is missing a 2nd argument")
    level.skip()
    operator, text = ("contains", to_string(_value(value))) if function == "contains" else _pattern(value)
    place = _place(argument.value)
    if place:
        level.members.append(Condition(*place, negation + operator, text))


def _pattern(token: TriggerToken) -> tuple[str, str]:
    """A pattern with an asterisk last asks for a start; any other for an end, less its first character."""
    units = to_units(to_string(_value(token)))
    if token.value.endswith('*"'):
        return "starts_with", from_units(units[:-1])
    return "ends_with", from_units(units[1:])


def _place(argument: str) -> tuple[str, str] | None:
    if argument in _CALLABLE_ON:
        return argument, argument
    return next(
        ((name, argument.removeprefix(name + ".")) for name in CONTAINERS if argument.startswith(name)), None
    )


def _read_group(level: Scan, _: TriggerToken) -> None:
    """Everything up to the first closing parenthesis is a level of its own."""
    inner: deque[TriggerToken] = deque()
    while (token := level.take(_NO_TYPE)).kind != "parenright":
        inner.append(token)
    level.members.append(_scan_level(Scan(deque([*inner, END]), level.skipped)))


_STEPS: Final[dict[str, Callable[[Scan, TriggerToken], None]]] = {
    "ident": _read_identifier,
    "operator": _read_negation,
    "parenleft": _read_group,
}
