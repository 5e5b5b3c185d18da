from dataclasses import FrozenInstanceError

import pytest

from mockpin_transformer.sending.receipt import Failure, Receipt, SendingInterrupted


def test_receipts_add_up_and_failures_stand_in_the_order_of_the_events():
    late, early = Failure(5, "e5", "no"), Failure(1, None, "no")
    total = Receipt(1, 3, (late,), 2) + Receipt(1, 4, (early,), 1, unreachable=True)
    assert total == Receipt(2, 7, (early, late), 3, unreachable=True)


def test_a_receipt_of_nothing_is_of_no_batch_and_no_failure():
    assert Receipt() == Receipt(0, 0, (), 0, unreachable=False)
    assert Receipt() + Receipt(1, 2) == Receipt(1, 2)


def test_a_receipt_is_ok_without_failures():
    assert Receipt(1, 3).ok
    assert not Receipt(failed=(Failure(0, "e", "no"),)).ok


def test_a_receipt_and_its_failures_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Receipt(1, 3).processed = 2
    with pytest.raises(FrozenInstanceError):
        Failure(0, "e", "no").reason = ""


def test_failures_of_picked_events_stand_at_the_places_these_were_picked_from():
    picked = Receipt(1, 1, (Failure(0, "a", "no"), Failure(2, "b", "no")), 3)
    assert picked.with_indexes([4, 5, 9]) == Receipt(1, 1, (Failure(4, "a", "no"), Failure(9, "b", "no")), 3)


def test_an_interruption_is_told_in_a_sentence():
    assert str(SendingInterrupted(Receipt())) == "Interrupted while sending."
