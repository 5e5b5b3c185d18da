"""A shop that sells over several channels, sends what it should over a real socket, and can be told mistakes.

Everything comes from a seed. A mistake is a set of hooks: what becomes of each order's event on its way to the
API, to the tag or to Segment. Without hooks the shop is healthy.
"""

import hashlib
import json
import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from mockpin.reports.conduct import MIN_BACK_OFF
from mockpin.reports.go_live.expected import read_expected
from mockpin.reports.go_live.report import make_report

AGENTS = (  # of browsers that people have
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
)
BATCH = 25


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Order:
    """One order: who placed it, what is in it, and when."""

    number: int
    person: int
    basket: dict
    at: int
    agent: str
    ip: str
    click_id: str | None
    blocks_tag: bool

    @property
    def order_id(self):
        return f"A-{10_000 + self.number}"

    @property
    def value(self):
        return sum(price * quantity for price, quantity in self.basket.values())


def make_orders(number, *, seed, now):
    """Orders of the last half hour; three in ten people come back, one in four blocks the tag."""
    chance = random.Random(seed)
    people = [
        (
            chance.choice(AGENTS),
            f"{chance.randint(11, 99)}.{chance.randint(1, 250)}.{chance.randint(1, 250)}.7",
        )
        for _ in range(max(1, int(number * 0.7)))
    ]
    for index in range(number):
        person = chance.randrange(len(people))
        skus = chance.sample(range(40), chance.randint(1, 3))
        basket = {f"sku-{sku}": (500 + 100 * sku, chance.randint(1, 2)) for sku in skus}
        click_id = f"dj0y{sha(str(seed * 100_000 + person))}" if chance.random() < 0.3 else None
        at = int(now) - 1500 + int(1400 * index / max(1, number))
        agent, ip = people[person]
        yield Order(index, seed * 100_000 + person, basket, at, agent, ip, click_id, chance.random() < 0.25)


def user_data(order):
    known = {
        "em": [sha(f"person{order.person}@example.com")],
        "external_id": [sha(f"customer-{order.person}")],
        "client_ip_address": order.ip,
        "client_user_agent": order.agent,
    }
    return {**known, "click_id": order.click_id} if order.click_id else known


def custom_data(order):
    return {
        "currency": "EUR",
        "value": f"{order.value / 100:.2f}",
        "order_id": order.order_id,
        "content_ids": [*order.basket],
        "contents": [
            {"id": sku, "item_price": f"{price / 100:.2f}", "quantity": quantity}
            for sku, (price, quantity) in order.basket.items()
        ],
        "num_items": sum(quantity for _, quantity in order.basket.values()),
    }


def checkout(order, **fields):
    return {
        "event_name": "checkout",
        "event_id": f"order-{order.order_id}",
        "event_time": order.at,
        "action_source": "web",
        "event_source_url": f"https://shop.example.com/thanks?order={order.number}",
        "user_data": user_data(order),
        "custom_data": custom_data(order),
        **fields,
    }


def page_visit(order, **fields):
    return {
        "event_name": "page_visit",
        "event_id": sha(f"visit {order.person} {order.number}")[:32],
        "event_time": order.at - 60,
        "action_source": "web",
        "event_source_url": f"https://shop.example.com/p/{next(iter(order.basket))}",
        "user_data": user_data(order),
        "custom_data": {"content_ids": [next(iter(order.basket))]},
        **fields,
    }


def hit_of(event):
    """What the tag says of the same event."""
    about = dict(event["custom_data"])
    contents = about.pop("contents", [])
    data = {**about, "event_id": event["event_id"]}
    if contents:
        data["line_items"] = [
            {
                "product_id": item["id"],
                "product_price": item["item_price"],
                "product_quantity": item["quantity"],
            }
            for item in contents
        ]
    names = {"checkout": "checkout", "page_visit": "pagevisit"}
    return {
        "event": names.get(event["event_name"], event["event_name"]),
        "ed": data,
        "pd": {"em": event["user_data"]["em"][0]},
        "ad": {"loc": event["event_source_url"]},
    }


def order_completed(order, **fields):
    return {
        "type": "track",
        "event": "Order Completed",
        "userId": f"customer-{order.person}",
        "messageId": f"message-{order.order_id}",
        "properties": {
            "order_id": order.order_id,
            "currency": "EUR",
            "value": order.value / 100,
            "email": f"person{order.person}@example.com",
            "products": [
                {"product_id": sku, "price": price / 100, "quantity": quantity}
                for sku, (price, quantity) in order.basket.items()
            ],
        },
        "context": {
            "ip": order.ip,
            "userAgent": order.agent,
            "page": {"url": f"https://shop.example.com/thanks?order={order.number}"},
            "traits": {"email": f"person{order.person}@example.com"},
        },
        **fields,
    }


def same(_order, sent):
    return sent


@dataclass
class Mistake:
    """What becomes of an event, hit or call: the same, another, a list of several, or None for nothing."""

    api: object = same
    tag: object = same
    segment: object = same
    path: str = "/v5/ad_accounts/{}/events"
    retries: int = 3


def several(made):
    return made if isinstance(made, list) else [] if made is None else [made]


@dataclass
class Shop:
    """A shop on an ad account of a running emulator. `channel` is web, api, app, offline or segment."""

    mock: object
    orders: int = 40
    seed: int = 1
    channel: str = "web"
    names: tuple = ("page_visit", "checkout")
    mistake: Mistake = field(default_factory=Mistake)
    batch: int = BATCH

    def trade(self):
        """Send everything."""
        orders = [*make_orders(self.orders, seed=self.seed, now=self.mock.clock.now)]
        with httpx.Client(base_url=self.mock.url, trust_env=False, timeout=60) as http:
            if self.channel == "segment":
                self._call_segment(http, orders)
                return
            if self.channel == "web":
                self._fire_tag(http, orders)
            self._post(http, orders)

    def _events(self, order):
        makers = {"page_visit": page_visit, "checkout": checkout}
        return [self._place(makers[name](order)) for name in self.names]

    def _place(self, event):
        """The event as the channel has it."""
        if self.channel in ("web", "api"):
            return event
        event.pop("event_source_url")
        if self.channel == "offline":
            people = {"em": event["user_data"]["em"], "external_id": event["user_data"]["external_id"]}
            return {**event, "action_source": "offline", "user_data": people}
        system = "app_ios" if "iPhone" in event["user_data"]["client_user_agent"] else "app_android"
        return {
            **event, "action_source": system, "app_id": "42", "app_name": "Shop", "app_version": "3.1",
            "device_brand": "Google", "device_carrier": "T", "device_model": "Pixel 8", "device_type": "phone",
            "os_version": "14",
        }  # fmt: skip

    def _post(self, http, orders):
        sent = [
            event
            for order in orders
            for made in self._events(order)
            for event in several(self.mistake.api(order, made))
        ]
        for first in range(0, len(sent), self.batch):
            self._send(http, sent[first : first + self.batch])

    def _send(self, http, events):
        for _ in range(1 + self.mistake.retries):
            try:
                answer = http.post(
                    self.mistake.path.format(self.mock.ad_account_id),
                    json={"data": events},
                    headers={"Authorization": f"Bearer {self.mock.conversion_token}"},
                )
            except httpx.TransportError:
                continue
            if answer.status_code not in (429, 500, 503):
                return
            time.sleep(1.2 * MIN_BACK_OFF)

    def _fire_tag(self, http, orders):
        for order in orders:
            hits = [hit_of(event) for event in self._events(order)] if not order.blocks_tag else []
            for hit in hits:
                for made in several(self.mistake.tag(order, hit)):
                    query = {"tid": made.get("tid", self.mock.tag_id), "event": made["event"]}
                    query |= {name: json.dumps(made[name]) for name in ("ed", "pd", "ad") if name in made}
                    http.get(f"/v3/?{urlencode(query)}", headers={"User-Agent": order.agent})

    def _call_segment(self, http, orders):
        calls = [
            call for order in orders for call in several(self.mistake.segment(order, order_completed(order)))
        ]
        for call in calls:
            http.post(f"/v1/{call['type']}", json=call, auth=(self.mock.write_key, ""))

    def report(self, *expected):
        """The go-live report on what was received."""
        return make_report(self.mock.events(), self.mock.requests(), expected=read_expected(expected))
