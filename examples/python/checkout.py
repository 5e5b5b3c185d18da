"""Send a checkout to Pinterest's Conversions API with nothing but httpx.

Set PINTEREST_AD_ACCOUNT_ID and PINTEREST_CONVERSION_TOKEN. PINTEREST_API_URI may point elsewhere, such as
to an emulator: http://127.0.0.1:7466/v5.
"""

import os
import time
from hashlib import sha256

import httpx

API_URI = "https://api.pinterest.com/v5"


def hash_email(address: str) -> list[str]:
    """The address as Pinterest matches it: normalized, then hashed."""
    return [sha256(address.strip().lower().encode()).hexdigest()]


def make_checkout(order: dict, *, now: float) -> dict:
    """The conversion event of an order. Its id is the order's, so that a retry is the same event."""
    return {
        "event_name": "checkout",
        "action_source": "web",
        "event_time": int(now),
        "event_id": f"checkout-{order['id']}",
        "event_source_url": order["url"],
        "partner_name": "direct",
        "user_data": {
            "em": hash_email(order["email"]),
            "client_ip_address": order["ip"],
            "client_user_agent": order["user_agent"],
        },
        "custom_data": {
            "currency": order["currency"],
            "value": f"{order['cents'] / 100:.2f}",
            "order_id": str(order["id"]),
        },
    }


def send(events: list[dict]) -> dict:
    """Send a batch; raises httpx.HTTPStatusError when Pinterest refuses it or some of its events."""
    account = os.environ["PINTEREST_AD_ACCOUNT_ID"]
    answer = httpx.post(
        f"{os.environ.get('PINTEREST_API_URI', API_URI)}/ad_accounts/{account}/events",
        headers={"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"},
        json={"data": events},
        timeout=10,
    )
    answer.raise_for_status()
    return answer.json()


if __name__ == "__main__":
    ORDER = {
        "id": 1017,
        "email": "Ada.Lovelace@example.com ",
        "cents": 4950,
        "currency": "USD",
        "url": "https://shop.example.com/thanks",
        "ip": "73.15.20.4",
        "user_agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
    }
    print(send([make_checkout(ORDER, now=time.time())]))  # noqa: T201 - this is a command
