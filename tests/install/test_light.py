"""Parts of mockpin in environments that have less than its dependencies."""

import subprocess
from contextlib import contextmanager

import pytest

from tests.install.conftest import install, make_environment, run

pytestmark = pytest.mark.slow_install

#: What the two need to judge and convert.
NEEDED = (
    "orjson",
    "jsonschema",
    "jsonschema-rs",
    "ua-parser[regex]",
    "backports.zstd; python_version < '3.14'",
)
PROGRAM = """
import importlib.util, time
assert not [name for name in ("flask", "granian", "httpx", "click") if importlib.util.find_spec(name)]
import mockpin_transformer, mockpin_validator
from mockpin import convert, validate

event = {"type": "track", "event": "Order Completed", "messageId": "m-1", "timestamp": "2026-11-25T12:00:00Z",
         "properties": {"email": "jo@example.com", "order_id": "1017", "currency": "USD", "value": 49.5},
         "context": {"page": {"url": "https://shop.example.com/thanks"}}}
made = convert(event, mockpin_transformer.PRESETS["Checkout"].mapping).event
report = validate({"data": [made]}, ignore_time=True)
print(made["event_name"], [finding.rule for finding in report.findings if finding.severity == "error"])
"""


TEST = """
import json, os, time, urllib.request

def test_a_checkout_reaches_pinterest(mockpin):
    event = {"event_name": "checkout", "action_source": "web", "event_id": "o-1",
             "event_time": int(time.time()), "event_source_url": "https://shop.example.com/thanks",
             "user_data": {"em": ["411e44ce1261728ffd2c0686e44e3fffe413c0e2c5adc498bc7da883d476b9c8"]},
             "custom_data": {"value": "49.50", "currency": "USD", "order_id": "1017"}}
    url = f"{os.environ['PINTEREST_API_URI']}/ad_accounts/{os.environ['PINTEREST_AD_ACCOUNT_ID']}/events"
    headers = {"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"}
    body = json.dumps({"data": [event]}).encode()
    urllib.request.urlopen(urllib.request.Request(url, body, headers)).read()
    mockpin.expect(event_name="checkout", count=1)

def test_a_purchase_that_never_came_is_missed(mockpin):
    mockpin.expect(event_name="checkout", count=1)
"""


@pytest.fixture(scope="module")
def light_bin(wheel, tmp_path_factory):
    folder = make_environment(tmp_path_factory.mktemp("light") / "venv", "--no-deps", wheel)
    install(folder, *NEEDED)
    return folder


def test_an_event_is_converted_and_judged(light_bin, tmp_path):
    done = run(light_bin / "python", "-c", PROGRAM, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("checkout []\n", "")


@contextmanager
def serving(bin_folder, folder):
    """A server in its own environment; gives its address."""
    command = (bin_folder / "mockpin", "serve", "--port", "0")
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield next(line.split()[2] for line in server.stdout if line.startswith("mockpin ready"))
        finally:
            server.terminate()


def test_the_fixture_uses_a_server_in_another_environment_with_two_packages(
    wheel, bin_folder, tmp_path_factory, tmp_path
):
    ours = make_environment(tmp_path_factory.mktemp("client") / "venv", "--no-deps", wheel)
    install(ours, "httpx", "orjson", "pytest")
    (tmp_path / "test_shop.py").write_text(TEST)
    with serving(bin_folder, tmp_path) as url:
        done = run(ours / "python", "-m", "pytest", "-q", "--mockpin-url", url, cwd=tmp_path)
    assert "1 failed, 1 passed" in done.stdout
    assert "Expected exactly 1 event" in done.stdout
