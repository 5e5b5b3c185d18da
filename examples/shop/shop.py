"""A small shop that tells Pinterest what was bought: the page's tag from the browser, and the server."""

import json
import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256

import httpx

ATTEMPTS = 3


@dataclass(frozen=True)
class Customer:
    """Who buys. `limited` says whether the customer chose that their data be used in a limited way."""

    email: str
    ip: str = "73.15.20.4"
    user_agent: str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
    limited: bool = False


@dataclass(frozen=True)
class Order:
    """What is bought, in cents."""

    id: int
    cents: int
    customer: Customer


def hash_value(text: str) -> str:
    """SHA-256, as hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def hash_email(address: str) -> str:
    """The address as Pinterest matches it: normalized, then hashed."""
    return hash_value(address.strip().lower())


def limit_data(customer: Customer) -> tuple[dict, dict]:
    """What user_data and custom_data say of a customer in California who chose limited data processing."""
    if not customer.limited:
        return {}, {}
    return {"st": [hash_value("ca")], "country": [hash_value("us")]}, {"opt_out_type": "LDP"}


@dataclass(frozen=True)
class Shop:
    """The shop. What can be got wrong is a field, so that a bug is a Shop with one field changed."""

    hash_email: Callable[[str], str] = hash_email
    read_clock: Callable[[], int] = lambda: int(time.time())
    server_event_id: Callable[[Order, int], str] = lambda order, _attempt: f"order-{order.id}"
    tag_event_id: Callable[[Order], str] = lambda order: f"order-{order.id}"
    limit_data: Callable[[Customer], tuple[dict, dict]] = limit_data
    retried: Collection[int] = (408, 429, 500, 502, 503, 504)
    sleep: Callable[[float], None] = time.sleep

    def sell(self, order: Order) -> bool:
        """Tell Pinterest's API that something was bought; whether it took the event."""
        for attempt in range(ATTEMPTS):
            status = self._post([self._make_checkout(order, attempt)])
            if status not in (0, *self.retried):
                return status == 200
            self.sleep(0.2 * 2**attempt)
        return False

    def fire_tag(self, order: Order, *, tag_id: str, host: str) -> None:
        """What the thank-you page's tag does in the browser."""
        data = {"value": order.cents / 100, "currency": "USD", "event_id": self.tag_event_id(order)}
        query = {"tid": tag_id, "event": "checkout", "ed": json.dumps(data)}
        httpx.get(f"{host}/v3/", params=query).raise_for_status()

    def _make_checkout(self, order: Order, attempt: int) -> dict:
        customer = order.customer
        user_limits, custom_limits = self.limit_data(customer)
        return {
            "event_name": "checkout",
            "action_source": "web",
            "event_time": self.read_clock(),
            "event_id": self.server_event_id(order, attempt),
            "event_source_url": "https://shop.example.com/thanks",
            "partner_name": "direct",
            "user_data": {
                "em": [self.hash_email(customer.email)],
                "client_ip_address": customer.ip,
                "client_user_agent": customer.user_agent,
                **user_limits,
            },
            "custom_data": {
                "currency": "USD",
                "value": f"{order.cents / 100:.2f}",
                "order_id": str(order.id),
                **custom_limits,
            },
        }

    def _post(self, events: list[dict]) -> int:
        """The answer's status, 0 when there was none."""
        account = os.environ["PINTEREST_AD_ACCOUNT_ID"]
        try:
            answer = httpx.post(
                f"{os.environ['PINTEREST_API_URI']}/ad_accounts/{account}/events",
                headers={"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"},
                json={"data": events},
            )
        except httpx.TransportError:
            return 0
        return answer.status_code
