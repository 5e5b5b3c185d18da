"""Another process, another language: the fixture's environment is all it needs."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ORDER = {
    "id": 1017,
    "email": "Ada.Lovelace@example.com ",
    "cents": 4950,
    "currency": "USD",
    "url": "https://shop.example.com/thanks",
    "ip": "73.15.20.4",
    "user_agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
}
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node.js 18 or newer")


def send(order):
    script = Path(__file__).with_name("checkout.mjs")
    return subprocess.run([NODE, script, json.dumps(order)], capture_output=True, text=True, check=False)


def test_a_checkout_arrives(mockpin):
    answer = send(ORDER)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["num_events_processed"] == 1
    mockpin.expect(event_name="checkout", count=1, payload={"custom_data.value": "49.50"})


@pytest.mark.mockpin(allow_bad_events=True)
def test_a_wrong_token_is_an_error(mockpin, monkeypatch):
    monkeypatch.setenv("PINTEREST_CONVERSION_TOKEN", "another")
    answer = send(ORDER)
    assert answer.returncode == 1
    assert "Pinterest answered 401: Authentication failed." in answer.stderr
    mockpin.expect_none(event_name="checkout")
