"""The line of text a finding is about, masked, and the carets that mark its value."""

import re
from typing import Final

from mockpin_validator.masking import mask

#: Characters shown before and from the caret on.
BEFORE: Final = 50
AFTER: Final = 60
#: Characters before the caret that are read for the field it is in; beyond, the line begins at the caret.
_REACH: Final = 20_000
#: Characters after the shown ones that are read so that a key is known by its colon.
_BEYOND: Final = 100
_ELLIPSIS: Final = "…"
#: A text in quotation marks, or as much of it as is there.
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"?')
_VALUE_END: Final = ",]}\n\r"

#: A line of masked text, and the line below it with carets under the value.
Excerpt = tuple[str, str]


def excerpt(text: str, offset: int, start: int = 0) -> Excerpt:
    """The line around an offset; `start` is the offset of a value around it at which masking may begin."""
    line = text.rfind("\n", 0, offset) + 1
    start = start if offset - start <= _REACH else offset
    masked = mask(text[start : line_end(text, offset)])
    from_line = max(line, start)
    return crop_line(masked[from_line - start :], offset - from_line)


def line_end(text: str, offset: int) -> int:
    """Where the shown part of a line ends."""
    newline = text.find("\n", offset)
    return min(newline if newline >= 0 else len(text), offset + AFTER + _BEYOND)


def crop_line(line: str, caret: int) -> Excerpt:
    """A line cut to what is near a caret, and the carets below it; unprintable characters become blanks."""
    indent = len(line) - len(line.lstrip())
    first = max(caret - BEFORE, 0) or min(indent, caret)
    before = _ELLIPSIS if first > indent else ""
    after = _ELLIPSIS if len(line) > caret + AFTER else ""
    shown = "".join(char if char.isprintable() else " " for char in line[first : caret + AFTER])
    space = " " * (caret - first + len(before))
    return before + shown + after, space + "^" * value_width(line[caret : caret + AFTER])


def value_width(rest: str) -> int:
    """How long the value is that a rest of a line begins with; 1 for an object or array."""
    if text := _TEXT.match(rest):
        return text.end()
    length = next((at for at, char in enumerate(rest) if char in _VALUE_END), len(rest))
    return max(1, len(rest[:length].rstrip())) if rest[:1] not in "{[" else 1
