"""What a run of pytest inside a test starts from."""

from importlib import import_module
from pkgutil import walk_packages

import httpx
import pytest

import mockpin
import mockpin_transformer as transformer
import mockpin_validator as validator
from mockpin.client.admin_client import AdminUnreachable
from mockpin.client.client import MockPin

#: A module for the tests of a run inside a test: it sends one event.
EVENT = """
import os, time, httpx

def send(**members):
    event = {
        "event_name": "checkout", "action_source": "web", "event_time": int(time.time()), "event_id": "e1",
        "user_data": {"em": ["0" * 63 + "1"]}, **members,
    }
    url = f"{os.environ['PINTEREST_API_URI']}/ad_accounts/{os.environ['PINTEREST_AD_ACCOUNT_ID']}/events"
    token = {"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"}
    return httpx.post(url, headers=token, json={"data": [event]}, timeout=60)
"""


def load_everything():
    """What a run inside this process imports, pytester throws out again; what is there before it, stays."""
    for package in (mockpin, validator, transformer):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    with MockPin() as mock:
        httpx.post(f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events", timeout=60)
    with pytest.raises(AdminUnreachable), MockPin(url="http://127.0.0.1:9"):
        pass
