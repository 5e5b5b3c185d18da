"""The one way in for JSON from outside: parsed strictly, and refused if it nests too deeply or is too much.

orjson reads 1,024 levels and writes 254; whatever is let in here can be masked, wrapped and written again.
"""

from collections.abc import Iterable
from typing import Any

import orjson

#: How many objects and lists may lie within one another; a conversion event needs six.
DEEPEST = 100
#: How many values a text may hold. No other thread runs while they are parsed, visited by the garbage
#: collector or freed: each takes up to 0.2 s for so many, and 0.6 s for 9 MB of them.
MAX_VALUES = 500_000
#: Every byte that does not begin a further value.
_NOT_BEFORE_VALUES = bytes(set(range(256)) - set(b",[{"))
#: Objects as if they were lists.
_AS_LISTS = bytes.maketrans(b"{}", b"[]")
#: Every byte that does not open or close an object, a list or a string.
_OTHERS = bytes(set(range(256)) - set(b'[]{}"\\'))
#: What holds something else.
_NESTED = frozenset({dict, list})


class JsonUnreadable(ValueError):
    """The text is not JSON, nests too deeply or holds too much. The message says which, without values."""


def object_of(value: Any) -> dict[str, Any]:
    """An object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def parse_json(text: bytes | str) -> Any:
    """The value of a JSON text. Raises JsonUnreadable."""
    if may_hold_too_much(text):
        raise JsonUnreadable(f"it holds more than {MAX_VALUES:,} values")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise JsonUnreadable(str(error)) from None
    if may_nest_deeply(text) and nests_deeply(value):
        raise JsonUnreadable(f"objects and lists lie more than {DEEPEST} deep within one another")
    return value


def may_hold_too_much(text: bytes | str) -> bool:
    """Whether a text may hold more than `MAX_VALUES` values. Commas and brackets in strings count, too."""
    if len(text) <= MAX_VALUES:
        return False
    whole = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return len(whole.translate(None, _NOT_BEFORE_VALUES)) > MAX_VALUES


def may_nest_deeply(text: bytes | str) -> bool:
    """Whether a look at the brackets leaves a doubt; it costs a third of `nests_deeply`.

    A string that holds a bracket or a backslash leaves one, which is seldom right.
    """
    whole = text.encode() if isinstance(text, str) else text
    brackets = whole.translate(_AS_LISTS, _OTHERS).replace(b'""', b"")
    for levels in range(DEEPEST, 0, -1):
        if len(brackets) <= 2 * levels:
            return False
        inner = brackets.replace(b"[]", b"")
        if len(inner) == len(brackets):
            return True
        brackets = inner
    return True


def nests_deeply(value: Any) -> bool:
    """Whether objects and lists lie more than `DEEPEST` deep within one another, level by level."""
    level: list[Any] = [[value]]
    for _ in range(DEEPEST + 1):
        level = [inner for outer in level for inner in children(outer) if type(inner) in _NESTED]
        if not level:
            return False
    return True


def children(nested: dict[str, Any] | list[Any]) -> Iterable[Any]:
    """What lies directly within an object or a list."""
    return nested.values() if type(nested) is dict else nested
