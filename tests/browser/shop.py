"""A shop that sent 2,000 mixed events: what a debugging developer finds when something is wrong."""

from contextlib import contextmanager

import httpx

from mockpin import MockPin
from tests.browser.conftest import PATIENCE, Sender

EVENTS, BATCH = 2_000, 100
NAMES = ("page_visit", "add_to_cart", "checkout", "page_visit")


def make_events(sender, start):
    """A batch: every 40th event too old, every 100th with a plain e-mail address, one of three without em."""
    for index in range(start, start + BATCH):
        event = sender.event(
            f"order-{index}",
            event_name=NAMES[index % 4],
            custom_data={"order_id": str(10_000 + index), "currency": "USD", "value": f"{10 + index}.50"},
        )
        if index % 3 == 0:
            del event["user_data"]["em"]
            event["user_data"]["click_id"] = f"dj0yJnU9{index}"
        if index % 40 == 7:
            event["event_time"] = 1
        if index % 100 == 11:
            event["user_data"]["em"] = ["jane@example.com"]
        yield event


def send_tag_hits(sender, count):
    for index in range(count):
        hit = {"tid": sender.server.tag_id, "event": NAMES[index % 4], "ed[event_id]": f"order-{index}"}
        sender.http.get(f"{sender.server.url}/v3/", params=hit)


@contextmanager
def open_shop():
    """A server with the shop's history."""
    with MockPin() as server:
        sender = Sender(server)
        for start in range(0, EVENTS, BATCH):
            sender.send(*make_events(sender, start))
        send_tag_hits(sender, 60)
        send_with_wrong_token(sender, "order-lost")
        sender.http.close()
        yield server


def send_with_wrong_token(sender, event_id):
    address = f"{sender.server.api_uri}/ad_accounts/{sender.server.ad_account_id}/events"
    headers = {"Authorization": "Bearer pina_wrong"}
    httpx.post(address, json={"data": [sender.event(event_id)]}, headers=headers, timeout=PATIENCE)
