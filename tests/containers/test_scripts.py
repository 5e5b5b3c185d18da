"""The shell lines of the action and of the CI examples, run here."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
SEND = """
import json, os, time, urllib.request
event = {"event_name": "checkout", "action_source": "web", "event_id": "o-1", "event_time": int(time.time()),
         "event_source_url": "https://shop.example.com/thanks", "user_data": {"em": ["%s"]},
         "custom_data": {"value": "5.00", "currency": "EUR"}}
request = urllib.request.Request(
    "https://api.pinterest.com/v5/ad_accounts/549755885175/events", json.dumps({"data": [event]}).encode(),
    {"Content-Type": "application/json", "Authorization": "Bearer ci-token"})
urllib.request.urlopen(request).read()
""" % ("0" * 63 + "1")


@pytest.fixture
def action(tmp_path):
    """Runs the step of the action that runs the command; returns the process and the report's path."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    (script,) = (step["run"] for step in steps if step.get("id") == "run")
    (tmp_path / "mockpin").mkdir()
    (tmp_path / "mockpin" / "bin").symlink_to(BIN)
    (tmp_path / "send.py").write_text(SEND)

    def run(expect):
        environment = {
            "PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(tmp_path), "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"), "FAIL_ON": "error", "EXPECT": expect,
            "COMMAND": f"{sys.executable} send.py",
        }  # fmt: skip
        command = ["bash", "-e", "-o", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100, check=False
        )

    return run


def test_the_action_passes_when_what_was_expected_was_counted(action, tmp_path):
    answer = action("checkout=1 api:checkout=1")
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "output").read_text() == f"report={tmp_path}/go-live.html\n"
    assert "checkout" in (tmp_path / "go-live.html").read_text()


def test_the_action_fails_and_keeps_the_report_when_an_event_is_missing(action, tmp_path):
    assert action("checkout=2").returncode == 1
    assert (tmp_path / "go-live.html").exists()


@pytest.mark.parametrize(
    ("file", "find"),
    [
        ("workflow.yml", lambda document: document["jobs"]["conversions"]["steps"]),
        ("gitlab.yml", lambda document: [{"run": line} for line in document["conversions"]["script"]]),
    ],
)
def test_every_mockpin_command_of_an_example_is_one_that_mockpin_takes(tmp_path, file, find):
    document = yaml.safe_load((ROOT / "examples" / "ci" / file).read_text())
    lines = [step["run"] for step in find(document) if step.get("run", "").startswith("mockpin ")]
    assert len(lines) == 2
    for line in lines:
        words = line.split(" > ")[0].replace("mockpin", str(BIN / "mockpin"), 1)
        command = f"{words.split(' -- ')[0]} --help"
        answer = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
