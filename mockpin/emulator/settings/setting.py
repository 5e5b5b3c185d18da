"""One setting: a field of `Settings` that knows how its value is read and written, and on what evidence."""

from collections.abc import Callable
from dataclasses import Field, dataclass, field
from typing import Any

#: What reading or writing a value raises that the setting cannot have.
UNFIT = (ValueError, LookupError, TypeError, AttributeError, StopIteration)


@dataclass(eq=False)
class SettingInvalid(ValueError):
    """A setting was given a value it cannot have."""

    name: str
    value: object
    values: str

    def __str__(self) -> str:
        return f"{self.name} cannot be {self.value!r}: it takes {self.values}."


def setting(
    text: str, parse: Callable[[str], Any], *, shown: Callable[[Any], str] = str, **evidence: str
) -> Any:
    """A field whose default is written as a user would write it."""
    about = {"parse": parse, "shown": shown, "default": parse(text), **evidence}
    return field(default_factory=lambda: parse(text), metadata=about)


def parse_value(of: Field[Any], value: Any) -> Any:
    """The value that a text states; any other is written as a text first, and so checked alike.

    Raises SettingInvalid.
    """
    try:
        return of.metadata["parse"](value if isinstance(value, str) else of.metadata["shown"](value))
    except UNFIT as error:
        raise SettingInvalid(of.name, value, of.metadata["values"]) from error
