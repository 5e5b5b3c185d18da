"""The sender against the emulator: `pip install .` in a checkout of mockpin, and the fixture is there."""

import time

import httpx
import pytest
from checkout import hash_email, make_checkout, send

ORDER = {
    "id": 1017,
    "email": "Ada.Lovelace@example.com ",
    "cents": 4950,
    "currency": "USD",
    "url": "https://shop.example.com/thanks",
    "ip": "73.15.20.4",
    "user_agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
}


def test_a_checkout_arrives(mockpin):
    send([make_checkout(ORDER, now=time.time())])
    mockpin.expect(
        event_name="checkout",
        count=1,
        payload={"custom_data.order_id": "1017", "user_data.em": hash_email("ada.lovelace@example.com")},
    )


def test_a_checkout_sent_twice_is_counted_once(mockpin):
    for _ in range(2):
        send([make_checkout(ORDER, now=time.time())])
    mockpin.expect(event_name="checkout", count=1)


@pytest.mark.mockpin(allow_bad_events=True)
def test_an_old_checkout_is_an_error(mockpin):
    with pytest.raises(httpx.HTTPStatusError):
        send([make_checkout(ORDER, now=time.time() - 8 * 86_400)])
    mockpin.expect(event_name="checkout", status="failed", count=1)
