"""How an event of the history came from Segment: the Segment event, the mapping that fired, the payload."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.annotation import Line, annotate
from mockpin.mapping_steps import MappingStep, describe_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockpin.store import Store
    from transformer import Mapping as SegmentMapping

    Record = Mapping[str, Any]

#: A Segment call is kept after the requests it gave rise to: one batch has at most so many.
_FARTHEST = 2000


@dataclass(frozen=True)
class SegmentOrigin:
    """The three columns of a page: Segment event, mapping, payload."""

    subscription: str
    segment: tuple[Line, ...]
    steps: tuple[MappingStep, ...]
    payload: tuple[Line, ...]


def find_origin(store: Store, record: Record, mappings: Mapping[str, SegmentMapping]) -> SegmentOrigin | None:
    """Where an event came from, None if not from Segment or no longer kept; `mappings` by subscription."""
    if record["source"] != "segment":
        return None
    for event, result in _read_results(store, int(record["request_id"])):
        if record["seq"] in result["event_seqs"]:
            name = result["subscription"]
            steps = trace_masked(event, mappings[name]) if name in mappings else ()
            return SegmentOrigin(name, annotate(event), steps, annotate(result["payload"]))
    return None


def trace_masked(event: Any, mapping: SegmentMapping) -> tuple[MappingStep, ...]:
    """Which path fed which field, as far as a masked event tells: not how a match key was cleaned."""
    from transformer import TransformFailed, convert  # noqa: PLC0415 - loaded when first needed

    try:
        trace = convert(event, mapping, trace=True).trace
    except TransformFailed:
        return ()
    return tuple(describe_steps(replace(step, stages=(), documented=None) for step in trace))


def _read_results(store: Store, after: int) -> Iterator[tuple[Any, Record]]:
    for row in islice(store.exchanges(after=after, limit=_FARTHEST), _FARTHEST):
        body = row.to_dict()["body"] if row.path.startswith("/v1/") else None
        for ingested in body.get("segment", ()) if isinstance(body, dict) else ():
            yield from ((ingested["event"], result) for result in ingested["results"])
