"""The steps of a tag hit. Its event has been read already, and nothing refuses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.pipelines import Pipeline, build_description_steps, build_history_steps

if TYPE_CHECKING:
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.emulator.pipeline.pipelines import PipelineParts


def build_tag_pipeline(parts: PipelineParts) -> Pipeline:
    """The steps of a tag hit."""
    return Pipeline(build_description_steps(parts.settings), (*build_history_steps(parts), answer_tag))


def answer_tag(_context: RequestContext) -> Answer:
    """A transparent pixel."""
    return answers.beacon()
