"""Events that Pinterest would refuse."""

import pytest

from mockpin.cli.shared.documents import Located
from mockpin.cli.shared.malformed import add_unsent, find_culprits, find_malformed, send_valid
from mockpin_transformer import Failure, Receipt, SendingInterrupted
from tests.mockpin.sending import conversion_event

GOOD = conversion_event()
BAD = conversion_event(user_data={"em": "jane@example.com"})
LOCATED = [Located(event, f"f:{line}") for line, event in enumerate([GOOD, BAD, GOOD], start=1)]


def test_malformed_events_are_found_without_their_plain_text():
    found = find_malformed(LOCATED, range(3))
    assert [*found] == [1]
    assert "jane" not in found[1]


def test_only_events_of_a_refused_batch_are_to_blame():
    def receipt(status):
        return Receipt(failed=tuple(Failure(index, "e", "no", status) for index in range(3)))

    assert [*find_culprits(receipt(400), LOCATED)] == [1]
    assert find_culprits(receipt(401), LOCATED) == {}


def test_what_is_sent_without_the_malformed_has_the_indexes_of_all():
    sent = []

    def send(events):
        sent.extend(events)
        return Receipt(failed=(Failure(1, "e", "old"),))

    receipt = send_valid(send, LOCATED, {1: "no"})
    assert (sent, [failure.index for failure in receipt.failed]) == ([GOOD, GOOD], [2])
    assert [failure.index for failure in add_unsent(receipt, LOCATED, {1: "no"}).failed] == [1, 2]


def test_an_interruption_has_the_indexes_of_all_too():
    def send(_):
        raise SendingInterrupted(Receipt(failed=(Failure(0, "e", "interrupted"), Failure(1, "e", "-"))))

    with pytest.raises(SendingInterrupted) as raised:
        send_valid(send, LOCATED, {1: "no"})
    assert [failure.index for failure in raised.value.receipt.failed] == [0, 2]
