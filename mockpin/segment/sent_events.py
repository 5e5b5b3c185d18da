"""A conversion event as Pinterest's JSON reader has it, without writing it as JSON and reading it again."""

from typing import Any

#: JSON readers take integers of up to 64 bits; what is larger becomes a double.
SMALLEST, LARGEST = -(2**63), 2**64 - 1


def read_as_sent(value: Any) -> Any:
    """Return the value with integers of over 64 bits as doubles, and a lone surrogate as U+FFFD.

    JavaScript has doubles alone, and Segment's mappings cut text in UTF-16 units. What Pinterest makes of a
    lone surrogate is not known; U+FFFD is a guess.
    """
    if isinstance(value, dict):
        return {read_as_sent(name): read_as_sent(member) for name, member in value.items()}
    if isinstance(value, list):
        return [read_as_sent(item) for item in value]
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    is_long = isinstance(value, int) and not SMALLEST <= value <= LARGEST
    return float(value) if is_long else value
