"""What a trigger's parentheses were meant to say, as far from Segment's scan as its author may have been."""

from dataclasses import dataclass, field, replace

from mockpin_transformer.triggers.lexer import END, Tokens, TriggerToken
from mockpin_transformer.triggers.scan import FUNCTIONS


@dataclass(frozen=True)
class Level:
    """The whole trigger (the first level), or what stands in parentheses that are not those of a function.

    `parent` is an index into the levels; `negation` the `!` or `not` before the parentheses.
    """

    parent: int = 0
    opening: TriggerToken | None = None
    closing: TriggerToken | None = None
    negation: TriggerToken | None = None
    tokens: Tokens = ()

    @property
    def is_group(self) -> bool:
        """Whether it stands between parentheses."""
        return self.opening is not None

    @property
    def joiners(self) -> Tokens:
        """The `and` and `or` of this level."""
        return tuple(token for token in self.tokens if token.kind == "conditional")

    @property
    def calls(self) -> Tokens:
        """The function names that parentheses follow."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return tuple(name for name, mark in pairs if _is_function(name) and mark.kind == "parenleft")


def read_levels(tokens: Tokens) -> tuple[Level, ...]:
    """The levels of a trigger, the whole of it first, then each pair of parentheses as it opens."""
    reader = _Reader()
    for token in tokens:
        reader.read(token)
    return tuple(
        replace(level, tokens=tuple(tokens))
        for level, tokens in zip(reader.levels, reader.tokens, strict=True)
    )


@dataclass
class _Reader:
    levels: list[Level] = field(default_factory=lambda: [Level()])
    tokens: list[list[TriggerToken]] = field(default_factory=lambda: [[]])
    open_levels: list[int] = field(default_factory=lambda: [0])
    open_calls: int = 0
    previous: TriggerToken = END

    def read(self, token: TriggerToken) -> None:
        here = self.open_levels[-1]
        if token.kind == "parenleft" and not _is_function(self.previous):
            self._open(Level(here, opening=token, negation=_negation(self.previous)))
        elif token.kind == "parenright" and here and not self.open_calls:
            self.levels[here] = replace(self.levels[here], closing=token)
            self.open_levels.pop()
        else:
            self.open_calls = max(0, self.open_calls + _CALL_DEPTH.get(token.kind, 0))
            self.tokens[here].append(token)
        self.previous = token

    def _open(self, level: Level) -> None:
        self.open_levels.append(len(self.levels))
        self.levels.append(level)
        self.tokens.append([])


_CALL_DEPTH = {"parenleft": 1, "parenright": -1}


def _is_function(token: TriggerToken) -> bool:
    return token.kind == "ident" and token.value in FUNCTIONS


def _negation(token: TriggerToken) -> TriggerToken | None:
    is_word = token.kind == "ident" and token.value.lower() == "not"
    return token if is_word or (token.kind == "operator" and token.value == "!") else None
