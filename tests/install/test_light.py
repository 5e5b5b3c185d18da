"""The transformer and the validator alone, in an environment without Flask, granian, httpx and click."""

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


@pytest.fixture(scope="module")
def light_bin(wheel, tmp_path_factory):
    folder = make_environment(tmp_path_factory.mktemp("light") / "venv", "--no-deps", wheel)
    install(folder, *NEEDED)
    return folder


def test_an_event_is_converted_and_judged(light_bin, tmp_path):
    done = run(light_bin / "python", "-c", PROGRAM, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("checkout []\n", "")
