"""Reads Pinterest's verdicts on the events of a batch."""

from collections.abc import Iterator, Sequence

from mockpin_transformer.js import JSON
from mockpin_transformer.sending.masking import mask_user_data
from mockpin_transformer.sending.receipt import Failure
from mockpin_transformer.sending.replies import PinterestAnswer

_NO_VERDICT = "Pinterest's answer has no verdict on this event."


def read_failures(batch: Sequence[dict[str, JSON]], reply: PinterestAnswer) -> Iterator[Failure]:
    """The events of a batch that were not processed, by their place in it, with the reason."""
    verdicts = _read_verdicts(reply)
    if verdicts is None:
        yield from _refuse(batch, reply)
        return
    for index, event in enumerate(batch):
        verdict = verdicts[index] if index < len(verdicts) else None
        if not isinstance(verdict, dict):
            yield Failure(index, read_event_id(event), _NO_VERDICT, ambiguous=True)
        elif verdict.get("status") != "processed":
            message = str(verdict.get("error_message") or "failed without a reason")
            yield Failure(index, read_event_id(event), mask_user_data(message, event))


def _refuse(batch: Sequence[dict[str, JSON]], reply: PinterestAnswer) -> Iterator[Failure]:
    """Every event of a batch that was refused as a whole: the sentence may repeat the data of any of them."""
    everybody: dict[str, JSON] = {"user_data": [event.get("user_data") for event in batch]}
    message = mask_user_data(_describe(reply), everybody)
    for index, event in enumerate(batch):
        yield Failure(index, read_event_id(event), message, reply.status, reply.is_ambiguous)


def read_event_id(event: dict[str, JSON]) -> str | None:
    """The event's id, if it has one; of an id that says who it was, only the shape."""
    event_id = event.get("event_id")
    return mask_user_data(event_id, event) if isinstance(event_id, str) else None


def _read_verdicts(reply: PinterestAnswer) -> list[JSON] | None:
    """One verdict an event: in the body of a 2xx, in the `details` of a 422; None where the status says all.

    A 2xx without verdicts is not Pinterest's but, for example, a proxy's: its list is empty.
    """
    body = reply.body if isinstance(reply.body, dict) else {}
    answer = body if reply.accepted else body.get("details")
    verdicts = answer.get("events") if isinstance(answer, dict) else None
    if isinstance(verdicts, list):
        return verdicts
    return [] if reply.accepted else None


def _describe(reply: PinterestAnswer) -> str:
    """Why a whole batch failed."""
    message = reply.body.get("message") if isinstance(reply.body, dict) else None
    answer = f"{reply.status} {reply.reason}" if reply.status else reply.reason
    wish = f" (the server asks to wait {reply.wait:,.0f} s)" if reply.wait else ""
    return f"{answer}{wish}: {message}" if message else f"{answer}{wish}"
