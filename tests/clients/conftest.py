"""The clients' own environments: each client brings versions of its own of what they share."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parent.parent / ".venv" / "clients"
CLIENTS = {
    "pinterest_api_sdk": "pinterest-api-sdk==0.2.7",
    "pinterest_generated_client": "pinterest-generated-client==0.1.12",
    "pinterest_sdk": "pinterestsdk==2.1.0",
    "segment_analytics_python": "segment-analytics-python==2.4.0",
}


def install(name):
    """The interpreter of a client's environment, which is made once."""
    folder = ENVIRONMENTS / CLIENTS[name]
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "setuptools<81", CLIENTS[name]], check=True)
        (folder / "installed").touch()
    return python


@pytest.fixture
def run_client():
    """Run a client's program with an event on its standard input; what it prints, as JSON."""

    def run(name, event, **environment):
        done = subprocess.run(
            [install(name), HERE / "programs" / f"{name}.py"],
            input=json.dumps(event),
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
