"""Moments, which are Unix seconds in here, as ISO 8601 has them."""

from datetime import UTC, datetime


def write_iso(seconds: float) -> str:
    """A moment in UTC to the millisecond: `2026-01-31T12:00:00.000Z`.

    Raises ValueError, OverflowError or OSError beyond the years 1 to 9999.
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_iso(text: str) -> float:
    """Unix seconds of a text; one without an offset is in UTC. Raises ValueError or OverflowError."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
