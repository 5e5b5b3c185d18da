"""How an event came from Segment: the Segment event, the mapping, and the payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockpin.segment.history import find_segment_event
from mockpin.web.pages.content.annotation import Line, annotate
from mockpin.web.pages.content.mapping_steps import MappingStep, describe_steps

if TYPE_CHECKING:
    from mockpin.emulator.history.store import Store
    from mockpin_transformer import Mapping as SegmentMapping

    Record = Mapping[str, Any]


@dataclass(frozen=True)
class SegmentOrigin:
    """The three columns of a page: Segment event, mapping, payload."""

    subscription: str
    segment: tuple[Line, ...]
    steps: tuple[MappingStep, ...]
    payload: tuple[Line, ...]


def find_origin(store: Store, record: Record, mappings: Mapping[str, SegmentMapping]) -> SegmentOrigin | None:
    """Find the Segment event of an event; None without a stored one. `mappings` is by subscription name."""
    message = find_segment_event(store, record)
    if message is None:
        return None
    event = message["event"]
    result = next(result for result in message["results"] if record["seq"] in result["event_seqs"])
    name = result["subscription"]
    steps = trace_masked(event, mappings[name]) if name in mappings else ()
    return SegmentOrigin(name, annotate(event), steps, annotate(result["payload"]))


def trace_masked(event: Any, mapping: SegmentMapping) -> tuple[MappingStep, ...]:
    """Return which path gave which field. A masked event does not show how a match key was normalized."""
    from mockpin_transformer import TransformFailed, convert  # noqa: PLC0415 - loaded when first needed

    try:
        trace = convert(event, mapping, trace=True).trace
    except TransformFailed:
        return ()
    return tuple(describe_steps(replace(step, stages=(), documented=None) for step in trace))
