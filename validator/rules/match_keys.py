"""The hashed match keys: is each value the SHA-256 of something? No plain text leaves this module."""

import re
from collections.abc import Iterator
from typing import Any, Final

from validator.context import Context, Event
from validator.contract import HASHED_MATCH_KEYS
from validator.evidence import UNHASHED
from validator.finding import Complaint
from validator.rule import CONTESTED, rule

_SHA256: Final = re.compile(r"[A-Fa-f0-9]{64}")


def _values(event: Event) -> Iterator[tuple[str, int, str]]:
    """Every value of every hashed match key as (match key, index, value)."""
    user_data = event["user_data"]
    for key in HASHED_MATCH_KEYS:
        for index, value in enumerate(user_data.get(key, ())):
            yield key, index, value


def _pattern(pattern: str) -> dict[str, Any]:
    hashes = {"items": {"pattern": pattern}}
    return {"properties": {"user_data": {"properties": dict.fromkeys(HASHED_MATCH_KEYS, hashes)}}}


@rule(CONTESTED, UNHASHED, clean=_pattern("^[A-Fa-f0-9]{64}$"))
def match_key_not_hashed(event: Event, context: Context) -> Iterator[Complaint]:
    """Every value of a hashed match key is a SHA-256: 64 hexadecimal digits."""
    for key, index, value in _values(event):
        if not _SHA256.fullmatch(value):
            yield Complaint(
                f"/user_data/{key}/{index}",
                f"A value of {key} is not hashed: {len(value)} characters that are no SHA-256.",
                "Normalize the value, then send its SHA-256 in hexadecimal.",
                f"'{key}' is not in sha256 hashed format",
                context.policy.verdict_on_unhashed(key),
            )


RULES: Final = (match_key_not_hashed,)
