"""Which events of a batch can stand in a request's body."""

from transformer.errors import NotJson
from transformer.sending.batches import Batch
from transformer.sending.receipt import Failure
from transformer.sending.verdicts import read_event_id
from transformer.wire import find_foreign, write_payload


def set_aside(batch: Batch) -> tuple[Batch, tuple[Failure, ...]]:
    """The batch without the events that JSON cannot hold, and these, each with what is wrong with it."""
    try:
        write_payload(batch.events)
    except NotJson:
        foreign = {place: next(find_foreign(event), None) for place, event in enumerate(batch.events)}
        failed = {place: error for place, error in foreign.items() if error}
        return batch.without(failed), tuple(
            Failure(batch.indexes[place], read_event_id(batch.events[place]), str(error))
            for place, error in failed.items()
        )
    return batch, ()
