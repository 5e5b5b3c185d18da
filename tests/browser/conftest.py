"""A real headless Chromium on a real server; a complaint, or a request to another host, fails the test."""

import os
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from mockpin import MockPin

CHROMIUM = "/usr/bin/chromium"
#: Without these, Chromium looks for hosts of its maker.
ARGUMENTS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", *(["--no-sandbox"] if os.geteuid() == 0 else []),
)  # fmt: skip
#: Seconds that a first request may take on a machine that is busy with browsers.
PATIENCE = 60
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0"


class Sender:
    """Sends to one ad account of a server."""

    def __init__(self, server):
        self.server = server
        token = {"Authorization": f"Bearer {server.conversion_token}"}
        self.http = httpx.Client(headers=token, timeout=PATIENCE)

    def event(self, event_id="o-1", **fields):
        user_data = {"em": [sha256(b"jane@example.com").hexdigest()], "client_ip_address": "8.8.8.8"}
        return {
            "event_name": "checkout",
            "event_id": event_id,
            "event_time": round(self.server.clock.now) - 60,
            "action_source": "web",
            "user_data": {**user_data, "client_user_agent": AGENT},
            **fields,
        }

    def send(self, *events, query=""):
        address = f"{self.server.api_uri}/ad_accounts/{self.server.ad_account_id}/events{query}"
        return self.http.post(address, json={"data": list(events)})

    def send_broken(self):
        """An event with everything wrong, and hostile."""
        return self.send(
            self.event(
                "<img src=x onerror=alert(2)>",
                event_name="<script>alert(1)</script>\u202e",
                event_time=1,
                user_data={"em": ["jane@example.com"], "client_ip_address": "x", "st": ["<b>"]},
                custom_data={"opt_out_type": "LDP", "value": "ten", "currency": "usd"},
            )
        )

    def send_segment(self):
        """A Segment event that becomes a checkout."""
        call = {
            "type": "track", "event": "Order Completed", "userId": "u-1",
            "context": {"ip": "8.8.8.8", "userAgent": AGENT}, "properties": {"email": "jane@example.com"},
        }  # fmt: skip
        account = (self.server.write_key, "")
        return httpx.post(f"{self.server.url}/v1/track", json=call, auth=account, timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: run make test-browser, which installs it or says how.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture
def server():
    with MockPin() as server:
        yield server


@pytest.fixture
def sender(server):
    sender = Sender(server)
    yield sender
    sender.http.close()


@pytest.fixture
def open_page(chromium, server):
    """Opens pages of the server in windows of their own, and watches over what they do."""
    complaints, contexts = [], []

    def watch(page):
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: complaints.extend(leaving(request.url, server.url)))

    def open_page(path="/", **options):
        contexts.append(chromium.new_context(base_url=server.url, **options))
        contexts[-1].set_default_timeout(PATIENCE * 1000)
        page = contexts[-1].new_page()
        watch(page)
        page.goto(f"/__mockpin/ui{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def leaving(url, home):
    return [f"request to {url}"] if urlsplit(url).netloc != urlsplit(home).netloc else []
