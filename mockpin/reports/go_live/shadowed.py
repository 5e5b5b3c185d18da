"""What a real service said in shadow mode, counted for the go-live report."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ShadowFigures:
    """How many requests were compared, and the events that the service failed, or processed, unlike mockpin.

    `statuses` counts requests whose status alone differs.
    """

    requests: int = 0
    failed_there: int = 0
    processed_there: int = 0
    statuses: int = 0

    def to_dict(self) -> dict[str, int]:
        """The figures as JSON."""
        return asdict(self)


def count_shadow(requests: Iterable[Mapping[str, Any]]) -> ShadowFigures:
    """The figures from exchanges of the admin API, of which those that were compared have a `shadow`."""
    compared = [request["shadow"] for request in requests if request.get("shadow")]
    differing = [disagreement for answer in compared for disagreement in answer["disagreements"]]
    events = [disagreement for disagreement in differing if disagreement["index"] is not None]
    return ShadowFigures(
        requests=len(compared),
        failed_there=sum(disagreement["observed"] == "failed" for disagreement in events),
        processed_there=sum(disagreement["observed"] == "processed" for disagreement in events),
        statuses=len(differing) - len(events),
    )
