"""The shell lines of the CI examples, run here."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import yaml

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
CI = ROOT / "examples" / "ci"
BIN = Path(sys.executable).parent


@contextmanager
def shell(script, folder, **environment):
    """Run lines of a step in a folder; what they started is ended with the block."""
    options = {"cwd": folder, "start_new_session": True, "stderr": subprocess.STDOUT}
    env = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(folder), **environment}
    said = folder / "said.txt"
    with said.open("w") as out:
        process = subprocess.Popen(["bash", "-e", "-c", script], stdout=out, env=env, **options)
    try:
        assert process.wait(timeout=60) == 0, said.read_text()
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)


@pytest.fixture
def elsewhere():
    """The variables that move the emulator to a port of its own."""
    port = free_port()
    return {"MOCKPIN_PORT": str(port), "MOCKPIN_URL": f"http://127.0.0.1:{port}"}


def test_the_action_starts_an_emulator_and_names_it_to_the_job(tmp_path, elsewhere):
    steps = yaml.safe_load((CI / "action.yml").read_text())["runs"]["steps"]
    environment = {**elsewhere, "ACCOUNT": "549755885175=ci-token", "GITHUB_ENV": str(tmp_path / "env")}
    with shell(steps[1]["run"], tmp_path, **environment):
        assert (tmp_path / "env").read_text().splitlines() == [
            "PINTEREST_API_URI=http://127.0.0.1:7466/v5",
            "PINTEREST_AD_ACCOUNT_ID=549755885175",
            "PINTEREST_CONVERSION_TOKEN=ci-token",
        ]


def test_the_workflow_starts_checks_and_reports(tmp_path, elsewhere):
    job = yaml.safe_load((CI / "workflow.yml").read_text())["jobs"]["conversions"]
    runs = {step.get("name"): step["run"] for step in job["steps"] if "run" in step}
    address = elsewhere["MOCKPIN_URL"]
    report = runs["may we go live?"].replace("http://127.0.0.1:7466", address)
    with (
        shell(runs["start the emulator"], tmp_path, **job["env"], **elsewhere),
        shell(f"! {report}", tmp_path, **job["env"], **elsewhere),
    ):
        assert "nothing came" in (tmp_path / "go-live.html").read_text()
