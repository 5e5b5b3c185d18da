"""How many requests an ad account may send in a window, and the headers that say so.

The header form is the one seen on Pinterest's /events in September 2026: Envoy's draft-03 form, the
limit, then the policy with its window in seconds and its name.
"""

import math
import re
from dataclasses import dataclass, field
from threading import Lock

POLICY = "ads_conversions_ad_account_id"
WINDOWS = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "d": 86400,
    "day": 86400,
}
_SHAPE = re.compile(r"(?!0+/)(\d{1,12})/([a-z]+)", re.ASCII)


@dataclass(frozen=True)
class Limit:
    """The most requests in a window, whose length is in seconds."""

    requests: int
    window: int = 60

    def __str__(self) -> str:
        unit = {1: "s", 60: "min", 3600: "h", 86400: "d"}[self.window]
        return f"{self.requests}/{unit}"


@dataclass(eq=False)
class LimitUnreadable(ValueError):
    """A text that is not a rate limit."""

    text: str

    def __str__(self) -> str:
        what = f"{self.text!r} is not a rate limit: write a whole number from 1 and a window"
        return f"{what}, such as 5000/min, or off."


def parse_limit(text: str) -> Limit | None:
    """The limit a text such as `120000/min` states, None for `off`. Raises LimitUnreadable."""
    if text == "off":
        return None
    found = _SHAPE.fullmatch(text)
    if not found or found[2] not in WINDOWS:
        raise LimitUnreadable(text)
    return Limit(int(found[1]), WINDOWS[found[2]])


@dataclass(frozen=True)
class Allowance:
    """What is left after one request: whether it may pass, and the numbers its headers state."""

    limit: Limit
    used: int
    reset: int

    @property
    def exceeded(self) -> bool:
        """Whether this request was one too many."""
        return self.used > self.limit.requests

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The three headers in the observed form; `reset` counts seconds to the end of the window."""
        most, window = self.limit.requests, self.limit.window
        return (
            ("X-RateLimit-Limit", f'{most}, {most};w={window};name="{POLICY}"'),
            ("X-RateLimit-Remaining", str(max(0, most - self.used))),
            ("X-RateLimit-Reset", str(self.reset)),
        )


@dataclass
class RateLimit:
    """Counts the requests of each ad account in fixed windows. Thread-safe."""

    limit: Limit | None
    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def count(self, ad_account_id: str, now: float) -> Allowance | None:
        """Count one request; None when there is no limit."""
        if self.limit is None:
            return None
        window = int(now // self.limit.window)
        with self._lock:
            seen, used = self._counts.get(ad_account_id, (window, 0))
            used = used + 1 if seen == window else 1
            self._counts[ad_account_id] = (window, used)
        return Allowance(self.limit, used, math.ceil((window + 1) * self.limit.window - now))

    def reset(self, ad_account_id: str | None = None) -> None:
        """Begin again, for one ad account or for all."""
        with self._lock:
            if ad_account_id is None:
                self._counts.clear()
            else:
                self._counts.pop(ad_account_id, None)
