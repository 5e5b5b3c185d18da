import json

import pytest

from transformer.wire import write_payload

PRINTED = [
    ({"a": None, "b": True, "c": "é😀"}, '{"a":null,"b":true,"c":"é😀"}'),
    ({"a": 2**53 + 1}, '{"a":9007199254740992}'),
    ({"a": 10**21}, '{"a":1e+21}'),
    ({"a": "\ud800q"}, '{"a":"\\ud800q"}'),
    ({"app_info": {"install_time": 0.00001}}, '{"app_info":{"install_time":0.00001}}'),
    ({"app_info": {"install_time": 1.5}}, '{"app_info":{"install_time":1.5}}'),
]


@pytest.mark.parametrize(("event", "text"), PRINTED)
def test_an_event_is_printed_as_javascript_prints_it(event, text):
    assert write_payload([event]).decode() == f'{{"data":[{text}]}}'


def test_events_keep_their_order():
    events = [{"event_id": str(number)} for number in range(3)]
    assert json.loads(write_payload(events)) == {"data": events}
