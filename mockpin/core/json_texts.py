"""The one way in for JSON from outside: parsed strictly, and refused where it nests too deeply.

orjson reads 1,024 levels and writes 254; whatever is let in here can be masked, wrapped and written again.
"""

from dataclasses import dataclass
from typing import Any

import orjson

#: How many objects and lists may lie within one another; a conversion event needs six.
DEEPEST = 100
#: Every byte that opens and closes nothing.
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))


@dataclass(eq=False)
class JsonUnreadable(ValueError):
    """The text is not JSON, or nests too deeply. `reason` says which, without values."""

    reason: str

    def __str__(self) -> str:
        return self.reason


def parse_json(text: bytes | str) -> Any:
    """The value of a JSON text. Raises JsonUnreadable."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise JsonUnreadable(str(error)) from None
    if may_nest_deeply(text) and nests_deeply(value):
        raise JsonUnreadable(f"objects and lists lie more than {DEEPEST} deep within one another")
    return value


def may_nest_deeply(text: bytes | str) -> bool:
    """Whether a look at the brackets leaves a doubt; it costs a tenth of parsing, `nests_deeply` half.

    Only what stands within strings may deceive it, and then the doubt is groundless.
    """
    brackets = (text.encode() if isinstance(text, str) else text).translate(None, _OTHERS)
    for _ in range(DEEPEST):
        inner = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if inner == brackets:
            return bool(inner)
        brackets = inner
    return bool(brackets)


def nests_deeply(value: Any) -> bool:
    """Whether objects and lists lie more than `DEEPEST` deep within one another, level by level."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [inner for each in level for inner in children(each)]
        if not level:
            return False
    return True


def children(value: Any) -> list[Any]:
    """What lies directly within an object or a list."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
