"""Events that Pinterest would refuse, which have their whole batch refused with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockpin.cli.shared.documents import Located
    from mockpin_transformer import Receipt

#: The index of an event -> Pinterest's sentence about it, masked.
Refusals = dict[int, str]


def find_malformed(located: Sequence[Located], indexes: Iterable[int]) -> Refusals:
    """Which of these events are malformed, and why: judged here, as Pinterest's answer names none."""
    from mockpin_transformer.sending.masking import mask_user_data
    from mockpin_validator import Judge

    judge, refusals = Judge(), Refusals()
    for index in indexes:
        event = located[index].event
        if sentence := judge.refusal({"data": [event]}):
            refusals[index] = mask_user_data(sentence, event)
    return refusals


def find_culprits(receipt: Receipt, located: Sequence[Located]) -> Refusals:
    """The malformed events among those whose batch was refused."""
    refused = [failure.index for failure in receipt.failed if failure.status == HTTPStatus.BAD_REQUEST]
    return find_malformed(located, refused) if refused else {}


def send_valid(
    send: Callable[[Sequence[dict[str, object]]], Receipt],
    located: Sequence[Located],
    malformed: Collection[int],
) -> Receipt:
    """Send the events that are not malformed; the indexes of the receipt count all events."""
    from mockpin_transformer import SendingInterrupted

    valid = [index for index in range(len(located)) if index not in malformed]
    try:
        return send([located[index].event for index in valid]).with_indexes(valid)
    except SendingInterrupted as error:
        raise SendingInterrupted(error.receipt.with_indexes(valid)) from None


def add_unsent(receipt: Receipt, located: Sequence[Located], malformed: Mapping[int, str]) -> Receipt:
    """The receipt with the malformed events among the failures, as if refused by themselves."""
    from mockpin_transformer import Failure, Receipt
    from mockpin_transformer.sending.verdicts import read_event_id

    unsent = tuple(
        Failure(index, read_event_id(located[index].event), sentence, HTTPStatus.BAD_REQUEST)
        for index, sentence in malformed.items()
    )
    return receipt + Receipt(failed=unsent)
