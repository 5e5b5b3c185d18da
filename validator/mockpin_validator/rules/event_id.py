"""The name an event has among its sender's events, by which duplicates are recognized."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.judging.clean_schemas import has
from mockpin_validator.judging.context import Context, Event, has_event_id
from mockpin_validator.judging.evidence import OPENAPI, OPENAPI_INFERRED, OUR_ADVICE, SAME_ID
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.policy import verdict_of
from mockpin_validator.judging.rule import MISTAKE, rule


@rule(MISTAKE, OPENAPI, clean=has("event_id", asked={"pattern": "[!-~]"}))
def event_id_blank(event: Event, context: Context) -> Iterator[Complaint]:
    """The event id names the event: without one it cannot be recognized as a duplicate of the tag's."""
    missing = "event_id" not in event  # the schema refuses it unless the policy says otherwise
    if missing or not has_event_id(event):
        yield Complaint(
            "" if missing else "/event_id",
            f"The event id is {'missing' if missing else 'blank'}: "
            "the event takes no part in deduplication and may be counted twice.",
            "Send the id that the Pinterest tag sends for the same event.",
            verdict=verdict_of(context.policy.event_id_missing) if missing else None,
            evidence=OPENAPI_INFERRED if missing else None,
        )


def _ids_differ(_event: Event, context: Context) -> bool:
    """Whether every event of the batch has an id of its own."""
    return not context.batch.repeated and not context.batch.constant_event_id


@rule(MISTAKE, SAME_ID, quiet=_ids_differ)
def event_id_duplicated(event: Event, context: Context) -> Iterator[Complaint]:
    """No two events of a batch have both name and id in common; batches are not compared with each other."""
    times = context.batch.times(event)
    if times > 1 and not context.batch.constant_event_id:
        yield Complaint(
            "/event_id",
            f"{times} events of this batch share this name and id: Pinterest probably counts one of them.",
            "Give every event an id of its own.",
        )


@rule(MISTAKE, OUR_ADVICE, quiet=_ids_differ)
def event_id_constant(event: Event, context: Context) -> Iterator[Complaint]:
    """The events of a batch, or five and more of one name in a file, do not all carry one and the same id."""
    if context.batch.constant_event_id and has_event_id(event):
        yield complain_of_one_id(f"{context.batch.size} events of this batch")


def complain_of_one_id(events: str) -> Complaint:
    """That so many events all carry one id."""
    return Complaint(
        "/event_id",
        f"All {events} carry one and the same id.",
        "Make the id when the event happens, once for each event.",
    )


RULES: Final = (event_id_blank, event_id_duplicated, event_id_constant)
