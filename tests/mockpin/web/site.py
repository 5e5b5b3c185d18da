"""A site to test the pages on: an emulator with a stopped clock, a sender, and a reader of its pages."""

import re
from hashlib import sha256
from html import unescape

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.settings.settings import read_settings
from mockpin.web.app import build_app

NOW = 1_790_000_000.0
ACCOUNT, TOKEN, TAG = "549755885175", "pina_secret", "2613"
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0"


def digest(text):
    return sha256(text.encode()).hexdigest()


def event(event_id="o-1", **fields):
    return {
        "event_name": "checkout",
        "event_id": event_id,
        "event_time": int(NOW) - 60,
        "action_source": "web",
        "user_data": {
            "em": [digest("jane@example.com")],
            "client_ip_address": "8.8.8.8",
            "client_user_agent": AGENT,
        },
        **fields,
    }


class Site:
    """The pages and the API of one emulator."""

    def __init__(self, **settings):
        self.now = NOW
        self.emulator = Emulator(read_settings(settings), clock=lambda: self.now)
        self.emulator.accounts.add(ACCOUNT, TOKEN, TAG)
        self.http = build_app(self.emulator).test_client()

    def send(self, *events, query="", token=TOKEN):
        address = f"/v5/ad_accounts/{ACCOUNT}/events{query}"
        return self.http.post(
            address, json={"data": list(events)}, headers={"Authorization": f"Bearer {token}"}
        )

    def get(self, path="/", **query):
        return self.http.get(f"/__mockpin/ui{path}", query_string=query or None, buffered=True)

    def post(self, path, **form):
        return self.http.post(f"/__mockpin/ui{path}", data=form)

    def accounts(self):
        return [account.ad_account_id for account in self.emulator.accounts]

    def seqs(self, query="", **more):
        return [int(match) for match in re.findall(r'data-seq="(\d+)"', self.get("/", q=query, **more).text)]


def text_of(response):
    """What a reader sees of a page: its text, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())
