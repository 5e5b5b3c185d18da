"""What a mapping did, field by field, in words for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockpin.emulator.masking.texts import mask_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockpin_transformer import Step


@dataclass(frozen=True)
class MappingStep:
    """One field, where in the Segment event it came from, what was done to it, and if it was left out."""

    field: str
    source: str
    said: tuple[str, ...] = ()
    dropped: bool = False


def describe_steps(trace: Iterable[Step]) -> Iterator[MappingStep]:
    """The steps that a reader wants: all that is sent, and what was given and yet left out."""
    for step in trace:
        if not step.is_absent:
            said = tuple(_describe(step))
            yield MappingStep(mask_text(step.pointer), _name_sources(step), said, bool(step.dropped))


def _name_sources(step: Step) -> str:
    return " or ".join(step.sources) if step.sources else "the mapping itself"


def _describe(step: Step) -> Iterator[str]:
    if step.stages:
        yield ", then ".join(step.stages)
    if step.documented:
        yield f"Pinterest asks for another hash: {step.documented}"
    if step.dropped:
        yield f"left out: {step.dropped}"
