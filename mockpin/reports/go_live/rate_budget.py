"""How far the sender is from being throttled: its batches, its busiest minute, and the limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.reports.exchanges import Exchange

#: Requests a minute for one ad account, and who says so.
LIMITS: Mapping[int, str] = {
    5_000: "Pinterest's OpenAPI 5.23",
    120_000: "the X-RateLimit-Limit header observed on 2026-09-24",
}
MINUTE = 60


@dataclass(frozen=True)
class RateBudget:
    """What was sent, by request and by minute."""

    requests: int
    events: int
    busiest_minute: int

    @property
    def batch_size(self) -> float:
        """Events a request, on average; 0 without requests."""
        return self.events / self.requests if self.requests else 0.0

    def events_a_minute(self, limit: int) -> int:
        """The events a minute at which batches of this size reach a limit of requests."""
        return round(self.batch_size * limit)

    def __str__(self) -> str:
        if not self.events:
            return (
                "No request of the API brought an event, so nothing is known of its batches and their rate."
            )
        least = min(LIMITS)
        return (
            f"At this batch size ({self.batch_size:.1f} events a request) you would be throttled at "
            f"{self.events_a_minute(least):,} events a minute: {LIMITS[least]} allows {least:,} requests. "
            f"The busiest minute had {count(self.busiest_minute, 'request')}."
        )

    def to_dict(self) -> dict[str, Any]:
        """The figures, and the throttling rate at each known limit."""
        return {
            "requests": self.requests,
            "events": self.events,
            "batch_size": round(self.batch_size, 2),
            "busiest_minute": self.busiest_minute,
            "throttled_at": [
                {"requests_a_minute": limit, "source": source, "events_a_minute": self.events_a_minute(limit)}
                for limit, source in LIMITS.items()
            ],
        }


def measure_budget(exchanges: Iterable[Exchange]) -> RateBudget:
    """The budget of what was sent; requests without a readable batch count as requests."""
    sent = list(exchanges)
    minutes = Counter(int(request.at // MINUTE) for request in sent)
    return RateBudget(
        len(sent), sum(len(request.events) for request in sent), max(minutes.values(), default=0)
    )
