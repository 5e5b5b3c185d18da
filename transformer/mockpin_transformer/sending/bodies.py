"""The body of a batch's request, and which events cannot stand in it."""

from dataclasses import dataclass

from mockpin_transformer.errors import NotJson
from mockpin_transformer.sending.batches import EventBatch
from mockpin_transformer.sending.receipt import Failure
from mockpin_transformer.sending.verdicts import read_event_id
from mockpin_transformer.wire import find_foreign, write_payload


@dataclass(frozen=True)
class BatchBody:
    """A request's body, the events in it, and those of their batch that JSON cannot hold, and why."""

    batch: EventBatch
    content: bytes
    unwritable: tuple[Failure, ...] = ()


def write_body(batch: EventBatch) -> BatchBody:
    """The body of a batch, written once, without the events that JSON cannot hold."""
    try:
        return BatchBody(batch, write_payload(batch.events))
    except NotJson:
        foreign = {place: next(find_foreign(event), None) for place, event in enumerate(batch.events)}
    failed = {place: error for place, error in foreign.items() if error}
    left = batch.without(failed)
    unwritable = (
        Failure(batch.indexes[place], read_event_id(batch.events[place]), str(error))
        for place, error in failed.items()
    )
    return BatchBody(left, write_payload(left.events), tuple(unwritable))
