"""The steps of a mapping, field by field, in words for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockpin.emulator.masking.texts import mask_text

if TYPE_CHECKING:
    from mockpin_transformer import Step


@dataclass(frozen=True)
class MappingStep:
    """One field: its source in the Segment event, notes on what was done, and whether it was left out."""

    field: str
    source: str
    notes: tuple[str, ...] = ()
    dropped: bool = False


def describe_steps(trace: Iterable[Step]) -> Iterator[MappingStep]:
    """Yield the steps for a reader: every field that is sent, and every given value that was left out."""
    for step in trace:
        if not step.is_absent:
            notes = tuple(_describe(step))
            source = " or ".join(step.sources) or "the mapping itself"
            yield MappingStep(mask_text(step.pointer), source, notes, bool(step.dropped))


def _describe(step: Step) -> Iterator[str]:
    if step.stages:
        yield ", then ".join(step.stages)
    if step.documented:
        yield f"Pinterest asks for another hash: {step.documented}"
    if step.dropped:
        yield f"left out: {step.dropped}"
