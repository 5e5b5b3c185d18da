"""Six bugs, each a shop with one thing changed."""

import time

from shop import Shop, hash_value

BUGS = {
    "none": Shop(),
    "wrong-hash": Shop(hash_email=hash_value),
    "milliseconds": Shop(read_clock=lambda: int(time.time() * 1000)),
    "new-id-on-retry": Shop(server_event_id=lambda order, attempt: f"order-{order.id}{attempt or ''}"),
    "no-state": Shop(limit_data=lambda customer: ({}, {"opt_out_type": "LDP"} if customer.limited else {})),
    "double-counting": Shop(tag_event_id=lambda order: f"pixel-{order.id}"),
    "retry-on-422": Shop(retried=range(400, 600)),
}
