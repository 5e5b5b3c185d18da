"""From a trigger's text to tokens, after Segment's fql-ts.

Whitespace is space, tab and line feed only. Many tokens count only when a terminator follows: the end,
whitespace, `,`, `]` or `)`. One unreadable place, and Segment sees no token at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from mockpin_transformer.js import from_units, to_units

LONGEST_TOKEN = 100_000
"""The UTF-16 units at which text, a number or an identifier becomes unreadable."""

_END = r"(?=[ \t\n,\])]|\Z)"
# At the end of a trigger an `a` swallows one character and an `n` up to two: fql-ts looks ahead for `and` and
# `null` and does not step back where the text ends too early.
_TOKEN: Final = re.compile(
    rf"""
      (?P<space>[ \t\n]+)
    | (?P<operator>!(?=[A-Za-z(]) | !={_END} | [<>]={_END} | [<>=])
    | (?P<conditional>(?:and|or){_END})
    | (?P<null>null{_END})
    | (?P<cut>(?:a[^ \t\n,\])]|n[^ \t\n,\])]{{1,2}})\Z)
    | (?P<ident>(?:[A-Za-z_]|\\.)(?:[A-Za-z0-9_-]|\\.)*+(?=[ \t\n,\]).(=!]|\Z))
    | (?P<number>[0-9+-][0-9]*+(?:\.(?![ \t\n,\])]|\Z)[0-9]*+)?+(?!\.))
    | (?P<string>"[^"]*+"{_END} | '[^']*+'{_END})
    | (?P<open_string>"[^"]*+(?=") | '[^']*+(?='))
    | (?P<dot>\.) | (?P<comma>,) | (?P<parenleft>\() | (?P<parenright>\)) | (?P<bracket>[\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class TriggerToken:
    """One token: what kind, what it says (text keeps its quotes), and where it stands, in UTF-16 units."""

    kind: str
    value: str
    start: int
    end: int


END: Final = TriggerToken("eos", "eos", -1, -1)

Tokens: TypeAlias = tuple[TriggerToken, ...]


@dataclass(frozen=True)
class Lexed:
    """The tokens of a trigger, and the position of the first unreadable character, where reading stops."""

    tokens: Tokens
    failed_at: int | None = None


def lex(text: str) -> Lexed:
    """The tokens of a trigger, dotted identifiers merged, END last where all of it can be read."""
    units = to_units(text)
    tokens: list[TriggerToken] = []
    position = 0
    while position < len(units):
        match = _TOKEN.match(units, position)
        if match is None or match.end() - position > LONGEST_TOKEN:
            return Lexed(tuple(_merge(tokens)), position)
        position = match.end()
        if match.lastgroup != "space":
            tokens.append(_token(match))
    return Lexed((*_merge(tokens), END))


def _token(match: re.Match[str]) -> TriggerToken:
    kind, value = match.lastgroup or "", match[0]
    if kind == "ident":
        value = _ESCAPE.sub(r"\1", value)
    elif kind == "cut":
        kind, value = "ident", value[0]
    elif kind == "open_string":
        kind, value = "string", value + value[0]
    return TriggerToken(kind, from_units(value), *match.span())


def _merge(tokens: list[TriggerToken]) -> Iterator[TriggerToken]:
    """An identifier, a dot and an identifier make one, again and again from the left."""
    held: TriggerToken | None = None
    rest = iter([*zip(tokens, [*tokens[1:], END], strict=False)])
    for token, following in rest:
        if held and held.kind == "ident" and token.kind == "dot" and following.kind == "ident":
            held = TriggerToken("ident", f"{held.value}.{following.value}", held.start, following.end)
            next(rest)
            continue
        if held:
            yield held
        held = token
    if held:
        yield held
