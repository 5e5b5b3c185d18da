"""Search for a limit of time: the largest age, or the largest distance ahead, that is still processed."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

#: Seconds that the answers leave open at most: event times and clocks are in whole seconds.
PRECISION = 10
#: Seconds on either side of a likely limit that are asked first.
MARGIN = 5
#: Rounds of questions for one limit.
MAX_ROUNDS = 7
#: Lengths of time in the order in which people choose limits, in seconds.
ROUND_SPANS = (86_400, 43_200, 21_600, 3_600, 1_800, 900, 600, 300, 60, 30, 15, 10, 5, 1)


class LimitRange(NamedTuple):
    """A limit lies from `accepted` (seconds) up to `refused`, which is infinite where nothing was refused."""

    accepted: float
    refused: float

    def choose_round(self) -> float:
        """The roundest length of time in the range, one second of clock error allowed; at least 0."""
        if math.isinf(self.refused):
            return max(self.accepted, 0)
        low, high = max(self.accepted - 1, 0), self.refused + 1
        return next(
            (math.ceil(low / span) * span for span in ROUND_SPANS if math.ceil(low / span) * span < high), low
        )


def find_limit(
    ask: Callable[[Sequence[float]], Sequence[bool]],
    *,
    likely: Sequence[float],
    far: Sequence[float],
    batch: int,
) -> LimitRange:
    """Narrow a limit down; `ask` says of at most `batch` distances (seconds) whether each is processed."""
    found = LimitRange(-MARGIN, math.inf)
    planned = sorted({limit + side for limit in likely for side in (-MARGIN, MARGIN)} | set(far))
    for _ in range(MAX_ROUNDS):
        distances = choose_distances(found, planned, batch)
        if not distances:
            break
        found = narrow(found, distances, ask(distances))
    return found


def choose_distances(found: LimitRange, planned: Sequence[float], batch: int) -> list[float]:
    """What to ask next: planned distances inside the range, then equal steps until it is narrow enough."""
    inside = [distance for distance in planned if found.accepted < distance < found.refused]
    if inside:
        return [inside[index] for index in spread(len(inside), batch)]
    if math.isinf(found.refused) or found.refused - found.accepted <= PRECISION:
        return []
    step = (found.refused - found.accepted) / (batch + 1)
    return [found.accepted + step * number for number in range(1, batch + 1)]


def spread(count: int, wanted: int) -> list[int]:
    """At most `wanted` of the numbers below `count`, evenly spread."""
    if count <= wanted:
        return list(range(count))
    return sorted({(number * count + count // 2) // wanted for number in range(wanted)})


def narrow(found: LimitRange, distances: Sequence[float], processed: Sequence[bool]) -> LimitRange:
    """The range after these answers: the nearest refusal, and the farthest distance processed before it."""
    pairs = list(zip(distances, processed, strict=True))
    refused = min([found.refused, *(distance for distance, is_processed in pairs if not is_processed)])
    below = [distance for distance, is_processed in pairs if is_processed and distance < refused]
    return LimitRange(max([found.accepted, *below]), refused)
