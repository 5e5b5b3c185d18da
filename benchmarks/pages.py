"""How long the pages take with a long history: `make bench-pages`.

10,000 events are sent to a server on a free port. Each page is then asked for several times over HTTP: when
its first part arrives, when it is complete, and how many bytes were sent. What loading a page adds to the
time that posts take is measured beside it. In headless Chromium, where that is installed, the first paint
of each page is measured, and the time from a POST to its visible row.
"""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from typing import TYPE_CHECKING

import httpx

from mockpin import MockPin

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVENTS, BATCH, TIMES, POSTS = 10_000, 1_000, 7, 400
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
)
PAGES = (
    "/", "/?q=is:bad", "/?q=rule:event-time-too-old", "/?q=no-such-text", "/rows?after=9990", "/events/5000",
    "/?q=order-77", "/requests", "/requests/5", "/overview", "/workbench", "/controls",
)  # fmt: skip
PAINTED = ("/", "/requests", "/events/5000", "/overview", "/workbench", "/controls")


def make_event(index: int) -> dict:
    hashed = sha256(str(index).encode()).hexdigest()
    return {
        "event_name": ("checkout", "page_visit", "add_to_cart")[index % 3],
        "event_id": f"order-{index}",
        "event_time": int(time.time()) - (9 * 86_400 if index % 100 == 0 else index % 3600),
        "action_source": "web",
        "event_source_url": "https://shop.example/checkout",
        "user_data": {
            "em": [hashed], "external_id": [hashed], "client_ip_address": "8.8.8.8",
            "client_user_agent": f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/{index % 100}.0",
        },
        "custom_data": {"currency": "USD", "value": "72.39", "order_id": f"order-{index}", "num_items": 1},
    }  # fmt: skip


def fill(mock: MockPin) -> None:
    headers = {"Authorization": f"Bearer {mock.conversion_token}"}
    for start in range(0, EVENTS, BATCH):
        payload = {"data": [make_event(index) for index in range(start, start + BATCH)]}
        httpx.post(f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events", json=payload, headers=headers)


def time_page(client: httpx.Client, path: str) -> tuple[float, float, int]:
    """Seconds to the first part and to the end, the median of `TIMES`, and the bytes that were sent."""
    first, whole, size = [], [], 0
    for _ in range(TIMES):
        began = time.perf_counter()
        with client.stream("GET", path) as answer:
            parts = answer.iter_raw()
            next(parts)
            first.append(time.perf_counter() - began)
            for _ in parts:
                pass
            whole.append(time.perf_counter() - began)
            size = answer.num_bytes_downloaded
            answer.raise_for_status()
    return median(first), median(whole), size


def time_posts(mock: MockPin, count: int) -> list[float]:
    """Seconds of each of `count` posts of one event, one after another."""
    address = f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events"
    took = []
    with httpx.Client(headers={"Authorization": f"Bearer {mock.conversion_token}"}) as client:
        for index in range(count):
            began = time.perf_counter()
            client.post(address, json={"data": [make_event(1_000_000 + index)]})
            took.append(time.perf_counter() - began)
    return took


def time_posts_beside(mock: MockPin, home: str, path: str) -> float:
    """The 99th percentile of posts while a page is loaded again and again, in seconds."""
    stop = Event()

    def load() -> None:
        with httpx.Client(base_url=home, timeout=60) as client:
            while not stop.is_set():
                client.get(path)

    loader = Thread(target=load)
    loader.start()
    took = time_posts(mock, POSTS)
    stop.set()
    loader.join()
    return quantiles(took, n=100)[98]


def time_browser(mock: MockPin, home: str) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where Chromium is

    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS]).new_page()
        for path in PAINTED:
            took = median(time_paint(page, home + path) for _ in range(3))
            print(f"{'first paint of ' + path:32} {took:7.1f} ms")
        page.goto(f"{home}/")
        page.get_by_text("live", exact=True).wait_for()
        seen = sorted(time_row(mock, page, f"row-{turn}") for turn in range(20))
        print(f"{'POST to visible row, calm, p50':32} {median(seen) * 1000:7.1f} ms")
        page.context.browser.close()


def time_paint(page: Page, address: str) -> float:
    """Milliseconds to the first contentful paint of a page."""
    page.goto(address, wait_until="load")
    page.wait_for_timeout(100)
    return page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")


def time_row(mock: MockPin, page: Page, event_id: str) -> float:
    """Seconds from the POST of an event until its row is in the page."""
    event = make_event(0) | {"event_id": event_id}
    headers = {"Authorization": f"Bearer {mock.conversion_token}"}
    time.sleep(0.4)  # the page looks at most four times a second
    began = time.perf_counter()
    address = f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events"
    httpx.post(address, json={"data": [event]}, headers=headers)
    page.get_by_text(event_id, exact=True).wait_for()
    return time.perf_counter() - began


def main() -> None:
    with MockPin() as mock:
        fill(mock)
        home = f"{mock.url}/__mockpin/ui"
        with httpx.Client(base_url=home, timeout=60) as client:
            for path in PAGES:
                first, whole, size = time_page(client, path)
                print(f"{path:32} {first * 1000:7.1f} ms {whole * 1000:7.1f} ms {size / 1000:8.1f} kB")
        print(f"{'posts alone, p99':32} {quantiles(time_posts(mock, POSTS), n=100)[98] * 1000:7.1f} ms")
        for path in PAINTED:
            print(
                f"{'posts beside ' + path + ', p99':32} {time_posts_beside(mock, home, path) * 1000:7.1f} ms"
            )
        if Path(CHROMIUM).exists():
            time_browser(mock, home)


if __name__ == "__main__":
    main()
