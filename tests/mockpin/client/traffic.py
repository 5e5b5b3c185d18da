"""What tests send to a running emulator."""

import time

import httpx

HASH = "a" * 64
#: Seconds that an answer may take on a busy machine.
PATIENCE = 60


def event(event_id="e1", **changes):
    return {
        "event_name": "checkout",
        "event_id": event_id,
        "action_source": "web",
        "event_time": int(time.time()),
        "user_data": {"em": [HASH]},
        "custom_data": {"order_id": "o1"},
    } | changes


def send(mock, *events, test=False):
    return httpx.post(
        f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events{'?test=true' if test else ''}",
        json={"data": list(events)},
        headers={"Authorization": f"Bearer {mock.conversion_token}"},
        timeout=PATIENCE,
    )
