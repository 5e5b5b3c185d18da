"""Every example of docs/testing.md is run."""

import re
from pathlib import Path

import pytest

from mockpin.expectations.journey_files import parse_journey

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "testing.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CONFTESTS = [text for text in BLOCKS if text.startswith("# conftest.py\n")]
EXAMPLES = [text for text in BLOCKS if text not in CONFTESTS]
#: A reader's machine is not as busy as one that runs all our tests.
UNTIMED = """
from hypothesis import settings
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""
SHOP = """
import os, time, httpx
from hashlib import sha256

def buy(product, email):
    event = {
        "event_name": "checkout", "action_source": "web", "event_time": int(time.time()),
        "event_id": product, "user_data": {"em": [sha256(email.encode()).hexdigest()]},
        "custom_data": {"order_id": "1017"},
    }
    url = f"{os.environ['PINTEREST_API_URI']}/ad_accounts/{os.environ['PINTEREST_AD_ACCOUNT_ID']}/events"
    token = os.environ["PINTEREST_CONVERSION_TOKEN"]
    head = {"Authorization": f"Bearer {token}"}
    httpx.post(url, headers=head, json={"data": [event]}, timeout=60).raise_for_status()
"""


def test_there_are_examples():
    assert len(EXAMPLES) >= 5


def test_every_example_passes(pytester):
    pytester.makeconftest("\n".join([UNTIMED, *CONFTESTS]))
    pytester.makepyfile(my_shop=SHOP, **{f"test_{number}": text for number, text in enumerate(EXAMPLES)})
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    outcomes = result.parseoutcomes()
    assert result.ret == 0
    assert outcomes["passed"] >= len(EXAMPLES)


@pytest.mark.parametrize("text", re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
def test_the_journey_is_one(text):
    assert len(parse_journey(text).steps) == 2
