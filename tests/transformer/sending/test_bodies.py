from decimal import Decimal

from transformer.sending.batches import split
from transformer.sending.bodies import set_aside


def test_a_batch_that_json_can_hold_stays_whole():
    (batch,) = split([{"event_id": "a"}, {"event_id": "b"}])
    assert set_aside(batch) == (batch, ())


def test_what_json_cannot_hold_is_set_aside_with_its_place_in_what_was_given():
    _, offline = split([{}, *({"action_source": "offline", "value": each} for each in (Decimal(1), "1"))])
    batch, (failure,) = set_aside(offline)
    assert batch.indexes == (2,)
    assert (failure.index, failure.message[:19]) == (1, "The value at /value")
