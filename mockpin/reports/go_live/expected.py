"""How many events of a name there should be, of one source or of all: `checkout=136`, `api:checkout=136`."""

from collections.abc import Iterable

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.history.event_fields import SOURCES
from mockpin_validator.contract.spelling import suggest


class ExpectedInvalid(ValueError):
    """A text that does not say how many events to expect."""


def read_expected(texts: Iterable[str]) -> dict[str, int]:
    """`[api:|tag:|segment:]NAME=COUNT` texts as counts by key, the name canonical. Raises ExpectedInvalid."""
    expected: dict[str, int] = {}
    for text in texts:
        key, count = _read(text)
        if key in expected:
            raise ExpectedInvalid(f"{key} is expected twice: give one number for it.")
        expected[key] = count
    return expected


def split_key(key: str) -> tuple[str, str]:
    """The source (empty for all) and the event name of a key."""
    source, sign, name = key.partition(":")
    return (source, name) if sign and source in SOURCES else ("", key)


def _read(text: str) -> tuple[str, int]:
    key, sign, number = text.rpartition("=")
    if not sign or not key or not number.isdecimal():
        raise ExpectedInvalid(f"{text!r} is not NAME=COUNT or SOURCE:NAME=COUNT, such as api:checkout=12.")
    source, sign, name = key.partition(":")
    if not sign:
        return canonical_name(key), int(number)
    if source not in SOURCES:
        raise ExpectedInvalid(f"{text!r}: no source {source!r}; {suggest(source, SOURCES)}")
    if not name:
        raise ExpectedInvalid(f"{text!r} names no event, such as {source}:checkout=12.")
    return f"{source}:{canonical_name(name)}", int(number)
