"""The steps of a tag hit. Its event has been read already, and nothing refuses it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.pipelines import Pipeline, build_description_steps, build_history_steps

if TYPE_CHECKING:
    from mockpin.emulator.accounts import Accounts
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.emulator.pipeline.pipelines import PipelineParts


def build_tag_pipeline(parts: PipelineParts) -> Pipeline:
    """The steps of a tag hit."""
    find_account = partial(find_ad_account, parts.accounts)
    return Pipeline(
        build_description_steps(parts.settings), (find_account, *build_history_steps(parts), answer_tag)
    )


def find_ad_account(accounts: Accounts, context: RequestContext) -> None:
    """Find the tag's ad account when the hit is recorded: a sender may have decided it since."""
    context.ad_account_id = accounts.find_by_tag(str(context.payload.get("tid", ""))) or ""


def answer_tag(_context: RequestContext) -> Answer:
    """A transparent pixel."""
    return answers.beacon()
