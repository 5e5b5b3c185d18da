from decimal import Decimal

from mockpin_transformer.sending.batches import split
from mockpin_transformer.sending.bodies import BatchBody, write_body


def test_a_batch_that_json_can_hold_stays_whole():
    (batch,) = split([{"event_id": "a"}, {"event_id": "b"}])
    assert write_body(batch) == BatchBody(batch, b'{"data":[{"event_id":"a"},{"event_id":"b"}]}')


def test_what_json_cannot_hold_is_set_aside_with_its_place_in_what_was_given():
    _, offline = split([{}, *({"action_source": "offline", "value": each} for each in (Decimal(1), "1"))])
    body = write_body(offline)
    (failure,) = body.unwritable
    assert (body.batch.indexes, body.content) == (
        (2,),
        b'{"data":[{"action_source":"offline","value":"1"}]}',
    )
    assert (failure.index, failure.message[:19]) == (1, "The value at /value")
