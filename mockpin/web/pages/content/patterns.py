"""Matches texts against patterns with stars, in linear time."""

from __future__ import annotations


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether the text fits a pattern in which `*` stands for any text.

    It finds the parts between the stars one after another, so the time is linear for any pattern.
    """
    first, *parts = pattern.split("*")
    if not parts:
        return text == pattern
    *middle, last = parts
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    start, end = len(first), len(text) - len(last)
    for part in middle:
        index = text.find(part, start, end)
        if index < 0:
            return False
        start = index + len(part)
    return True
