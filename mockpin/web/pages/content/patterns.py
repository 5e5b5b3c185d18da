"""Matching a text against a pattern with stars, in time that no pattern can make long."""

from __future__ import annotations


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether the text fits a pattern in which `*` stands for any text.

    Looks for the parts between the stars one after another, so that no pattern takes long.
    """
    first, *parts = pattern.split("*")
    if not parts:
        return text == pattern
    *middle, last = parts
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    start, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, start, end)
        if found < 0:
            return False
        start = found + len(part)
    return True
