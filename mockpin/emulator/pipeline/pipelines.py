"""What happens to a request, in order: the steps for Pinterest's events route, and how steps are run.

Judging takes most of a large request's time and needs nothing of the history: it holds up no other request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mockpin.emulator.breakdowns import report_breakdown
from mockpin.emulator.pipeline import answers, event_steps, request_steps
from mockpin.emulator.pipeline.context import Refused

if TYPE_CHECKING:
    from mockpin.emulator.accounts import Accounts
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.emulator.pipeline.deduplication import Deduplication
    from mockpin.emulator.pipeline.faults import Faults
    from mockpin.emulator.pipeline.rate_limit import RateLimit
    from mockpin.emulator.settings.settings import Settings
    from mockpin_validator import Judge

    Step = Callable[[RequestContext], Answer | None]
    Steps = Sequence[Step]


class Pipeline(NamedTuple):
    """The steps of a request.

    `judging` steps may run for several requests at once. `recording` steps depend on the history, so they run
    for one request after another.
    """

    judging: Steps
    recording: Steps = ()


class PipelineParts(NamedTuple):
    """What the steps work with."""

    settings: Settings
    accounts: Accounts
    faults: Faults
    judge: Judge
    rate_limit: RateLimit
    deduplication: Deduplication


def build_events_pipeline(parts: PipelineParts) -> Pipeline:
    """The steps of a POST to an ad account's events, in the order of Pinterest's checks."""
    read_body = partial(request_steps.read_body, parts.settings.body_limit)
    return Pipeline(
        (read_body, *_build_admission_steps(parts), request_steps.require_json, *_build_judging_steps(parts)),
        _build_recording_steps(parts),
    )


def build_payload_pipeline(parts: PipelineParts) -> Pipeline:
    """The steps of a payload that needs no reading: those of a POST without its body."""
    judging = (*_build_admission_steps(parts), *_build_judging_steps(parts))
    return Pipeline(judging, _build_recording_steps(parts))


def _build_admission_steps(parts: PipelineParts) -> Steps:
    return (
        partial(request_steps.fault_on_request, parts.faults),
        partial(request_steps.authorize, parts.accounts, parts.settings.unknown_ad_account),
        partial(request_steps.limit_rate, parts.rate_limit),
    )


def _build_judging_steps(parts: PipelineParts) -> Steps:
    return (
        partial(request_steps.match_schema, parts.judge),
        partial(event_steps.decide_verdicts, parts.settings.test_batch),
        partial(event_steps.fault_on_events, parts.faults),
        *build_description_steps(parts.settings),
    )


def _build_recording_steps(parts: PipelineParts) -> Steps:
    answer_events = partial(event_steps.answer_events, parts.settings.mixed_batch_status)
    return (*build_history_steps(parts), answer_events)


def build_description_steps(settings: Settings) -> Steps:
    """The judging steps that events of every source share once they have a verdict."""
    return (
        partial(event_steps.classify_events, settings.ldp_states, settings.late_after),
        event_steps.mask_events,
    )


def build_history_steps(parts: PipelineParts) -> Steps:
    """The recording steps that events of every source share."""
    return (partial(event_steps.find_duplicates, parts.deduplication), event_steps.build_rows)


def run_steps(steps: Steps, context: RequestContext) -> Answer | None:
    """Run steps until one answers or refuses. A step that breaks down is answered 500."""
    try:
        for step in steps:
            if answer := step(context):
                return answer
    except Refused as refused:
        context.reason, context.cause = refused.reason, refused.cause
        context.drop_events()
        return refused.answer
    except Exception as error:  # noqa: BLE001 - the request needs an answer whatever broke
        report_breakdown(error)
        context.drop_events()
        return answers.broken()
    return None
