"""The whole path for one example: an application of its own, and what it was sent."""

import json

import orjson

from mockpin.emulator.accounts import Accounts
from mockpin.emulator.emulator import Emulator
from mockpin.web.app import build_app

AD_ACCOUNT_ID, TOKEN = "549755885175", "pina_path"
NOW = 1_790_243_100
URL = f"/v5/ad_accounts/{AD_ACCOUNT_ID}/events"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}


class Path:
    """An emulator behind its application, with a clock that stands still until it is moved."""

    def __init__(self, settings=None, access_token=None):
        self.now = NOW
        accounts = Accounts(access_token=access_token)
        self.emulator = Emulator(settings, accounts=accounts, clock=lambda: self.now)
        self.app = build_app(self.emulator)
        accounts.add(AD_ACCOUNT_ID, TOKEN, "2613000000000")
        self.client = self.app.test_client()

    def post(self, *events, query=""):
        """The answer to one request with these events."""
        return self.send(orjson.dumps({"data": list(events)}), query=query)

    def send(self, body, *, query=""):
        """The answer to one request with this body."""
        return self.client.post(URL + query, data=body, headers=HEADERS)

    def tag(self, name, event_id):
        """The answer to the tag's beacon."""
        query = {"tid": "2613000000000", "event": name, "ed": json.dumps({"event_id": event_id})}
        return self.client.get("/v3/", query_string=query)

    def records(self):
        """The history, oldest first."""
        return [row.to_dict() for row in self.emulator.store.each_event()]


def conversion_event(**fields):
    """A good conversion event of this moment."""
    return {
        "event_name": "checkout", "action_source": "web", "event_time": NOW, "event_id": "o-1",
        "user_data": {"em": ["86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d"]},
        **fields,
    }  # fmt: skip
