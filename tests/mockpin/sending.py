"""An emulator for one example, with a clock that stands still until it is moved, and a sender to it."""

import orjson

from mockpin.emulator.accounts import Accounts
from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.settings.settings import read_settings

AD_ACCOUNT_ID, TOKEN, TAG_ID = "549755885175", "pina_sending", "2613000000000"
NOW = 1_790_243_100
PATH = f"/v5/ad_accounts/{AD_ACCOUNT_ID}/events"
HASH = "86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d"


def conversion_event(**fields):
    """A good conversion event of this moment."""
    return {
        "event_name": "checkout", "action_source": "web", "event_time": NOW, "event_id": "o-1",
        "user_data": {"em": [HASH]}, **fields,
    }  # fmt: skip


class Sending:
    """An emulator and what a sender does to it."""

    def __init__(self, *, store=None, faults=None, log=None, now=NOW, provisional=None, **texts):
        self.now = now
        accounts = Accounts(access_token="pina_access", accept_any=bool(provisional), provisional=provisional)
        accounts.add(AD_ACCOUNT_ID, TOKEN, TAG_ID)
        self.emulator = Emulator(
            read_settings(texts),
            accounts=accounts,
            clock=lambda: self.now,
            store=store,
            faults=faults,
            log=log,
        )

    def send(self, body, *, query="", token=TOKEN, ad_account_id=AD_ACCOUNT_ID, **headers):
        """The answer to a request with this body."""
        headers = {"authorization": f"Bearer {token}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        request = HttpRequest("POST", f"/v5/ad_accounts/{ad_account_id}/events", query, headers, body)
        return self.emulator.receive(RequestContext(request, ad_account_id))

    def post(self, *events, **how):
        """The answer to a request with these events."""
        return self.send(orjson.dumps({"data": list(events)}), **how)

    def records(self, **conditions):
        """The history, oldest first."""
        return [row.to_dict() for row in self.emulator.store.each_event(**conditions)]

    def exchanges(self):
        """The exchanges, oldest first."""
        store = self.emulator.store
        return [store.describe(row) for row in store.exchanges()]
