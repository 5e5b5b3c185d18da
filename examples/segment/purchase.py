"""Track an order with Segment's own Python library (pip install segment-analytics-python).

    python purchase.py http://127.0.0.1:7466 WRITE_KEY '{"id": 1017, "email": "ada@example.com", ...}'

The first argument is where Segment's tracking API is: an emulator that turns Segment events into
conversion events, as Segment's Pinterest destination does.
"""

import json
import sys

from segment.analytics.client import Client


def track_order(client: Client, order: dict) -> None:
    """The event that Segment's preset for checkouts listens to."""
    client.track(
        user_id=order["user_id"],
        event="Order Completed",
        properties={
            "order_id": str(order["id"]),
            "currency": order["currency"],
            "value": order["cents"] / 100,
            "email": order["email"],
            "products": order["products"],
        },
        context={"ip": order["ip"], "userAgent": order["user_agent"], "page": {"url": order["url"]}},
    )


if __name__ == "__main__":
    host, write_key, order = sys.argv[1:]
    CLIENT = Client(write_key, host=host)
    track_order(CLIENT, json.loads(order))
    CLIENT.shutdown()
