"""The limits of a field beyond its type: a length, a format, a list of choices."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mockpin_transformer.js import JSON
from mockpin_transformer.payloads.schema import Field
from mockpin_transformer.payloads.sentences import not_among, not_date_like, too_long
from mockpin_transformer.times.dates import is_date_like


class FieldLimit(NamedTuple):
    """A condition, and the sentence for a value that breaks it."""

    holds: Callable[[JSON], bool]
    sentence: Callable[[JSON], str]


def find_limits(field: Field) -> Iterator[FieldLimit]:
    """What a field's value must keep to: its longest length, a date's form, its choices."""
    longest = field.max_length
    if longest:
        yield FieldLimit(
            lambda value: not isinstance(value, str) or len(value) <= longest,
            lambda value: too_long(field.title, longest, value),
        )
    if field.kind == "string or number":
        yield FieldLimit(
            lambda value: not isinstance(value, str) or is_date_like(value),
            lambda _: not_date_like(field.title),
        )
    if field.choices:
        yield FieldLimit(
            lambda value: value in field.choices, lambda _: not_among(field.title, field.choices)
        )
