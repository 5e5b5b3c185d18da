"""How long the pages take with a long history: `make bench-pages`.

10,000 events are sent to a server on a free port; each page is then asked for several times over HTTP, and
the history once more in headless Chromium, where that is installed, until its rows are there.
"""

import time
from hashlib import sha256
from pathlib import Path
from statistics import median

import httpx

from mockpin import MockPin

EVENTS, BATCH, TIMES = 10_000, 1_000, 7
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
    "/requests", "/overview", "/workbench",
)  # fmt: skip


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


def time_page(client: httpx.Client, path: str) -> tuple[float, int]:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = client.get(path)
        took.append(time.perf_counter() - began)
        answer.raise_for_status()
    return median(took), len(answer.content)


def time_browser(address: str) -> float:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where Chromium is

    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS]).new_page()
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            page.goto(address)
            page.locator("#rows tr").nth(199).wait_for()
            took.append(time.perf_counter() - began)
        page.context.browser.close()
    return median(took)


def main() -> None:
    with MockPin() as mock:
        fill(mock)
        home = f"{mock.url}/__mockpin/ui"
        with httpx.Client(base_url=home) as client:
            for path in PAGES:
                took, size = time_page(client, path)
                print(f"{path:32} {took * 1000:7.1f} ms {size / 1000:8.1f} kB")
        if Path(CHROMIUM).exists():
            print(f"{'/ in Chromium, 200 rows shown':32} {time_browser(f'{home}/') * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
