"""Triggers: which Segment events a subscription is for, in FQL exactly as Segment reads it."""

from dataclasses import dataclass, field
from functools import cached_property

from mockpin_transformer.js import JSON, UNDEFINED
from mockpin_transformer.triggers.conditions import Group
from mockpin_transformer.triggers.lexer import lex
from mockpin_transformer.triggers.lints import Lint, lint
from mockpin_transformer.triggers.scan import Unreadable, scan


@dataclass(frozen=True)
class Trigger:
    """A trigger as it was written. Made by `parse_trigger`; `error` says why it can never match, if so."""

    text: str
    error: str | None = field(default=None, compare=False)
    _conditions: Group = field(default=Group("or", ()), repr=False, compare=False)

    def __str__(self) -> str:
        return self.text

    @cached_property
    def lints(self) -> tuple[Lint, ...]:
        """Warnings where the trigger does not mean what it says, in the order of its text."""
        return lint(self.text)

    def matches(self, event: JSON) -> bool:
        """Whether Segment sends this event; TriggerFailed where judging it fails (empty parentheses)."""
        return event is not UNDEFINED and self._conditions.holds(event)


def parse_trigger(text: str) -> Trigger:
    """The trigger of a text. Never raises: one that cannot be read has an `error` and matches nothing."""
    lexed = lex(text)
    try:
        conditions = scan(lexed.tokens if lexed.failed_at is None else ())
    except Unreadable as unreadable:
        return Trigger(text, unreadable.error)
    return Trigger(text, _conditions=conditions)
