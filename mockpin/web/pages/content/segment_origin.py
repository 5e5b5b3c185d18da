"""How an event of the history came from Segment: the Segment event, the mapping that fired, the payload."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockpin.segment.history import find_segment_event
from mockpin.web.pages.content.annotation import Line, annotate
from mockpin.web.pages.content.mapping_steps import MappingStep, describe_steps

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """Where an event came from, None if not from Segment or no longer kept; `mappings` by subscription."""
    found = find_segment_event(store, record)
    if found is None:
        return None
    event = found["event"]
    result = next(each for each in found["results"] if record["seq"] in each["event_seqs"])
    name = result["subscription"]
    steps = trace_masked(event, mappings[name]) if name in mappings else ()
    return SegmentOrigin(name, annotate(event), steps, annotate(result["payload"]))


def trace_masked(event: Any, mapping: SegmentMapping) -> tuple[MappingStep, ...]:
    """Which path fed which field, as far as a masked event tells: not how a match key was cleaned."""
    from mockpin_transformer import TransformFailed, convert  # noqa: PLC0415 - loaded when first needed

    try:
        trace = convert(event, mapping, trace=True).trace
    except TransformFailed:
        return ()
    return tuple(describe_steps(replace(step, stages=(), documented=None) for step in trace))
