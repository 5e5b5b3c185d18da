"""The sentences in which fields are refused, word for word as Segment's ajv-human-errors 2.20 makes them."""

from collections.abc import Sequence

from mockpin_transformer.js import JSON, type_name, utf16_length

_VOWELS = "aeiou"


def mismatch(subject: str, wanted: str, value: JSON) -> str:
    """The sentence for a value of the wrong type after coercion."""
    return f"{subject} must be {_article(wanted)} {wanted} but it was {_called(value)}."


def not_among(subject: str, choices: Sequence[str]) -> str:
    """The sentence for a value that is not one of the choices."""
    *others, last = (f'"{choice}"' for choice in choices)
    comma = "," if len(others) > 1 else ""
    return f"{subject} must be one of: {', '.join(others)}{comma} or {last}."


def too_long(subject: str, limit: int, text: str) -> str:
    """The sentence for a text over its limit; the limit counts code points, the message UTF-16 units."""
    return f"{subject} must be {limit} characters or fewer but it was {utf16_length(text)} characters."


def not_date_like(subject: str) -> str:
    """The sentence for a text that is not a time."""
    return f"{subject} must be a valid date-like string but it was not."


def missing(name: str) -> str:
    """The sentence for a missing required field."""
    return f"The root value is missing the required field '{name}'."


#: Follows a missing field that is required under a condition.
CONDITION_UNMET = 'The root value must match "then" schema.'


def _called(value: JSON) -> str:
    name = type_name(value)
    return name if name in ("null", "undefined") else f"{_article(name)} {name}"


def _article(word: str) -> str:
    return "an" if word[0] in _VOWELS else "a"
