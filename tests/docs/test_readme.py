"""Every command and every program of the README, executed."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FIXTURES

README_FILE = FIXTURES.parent / "README.md"
README = README_FILE.read_text("utf-8")
SCRIPTS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
STEPS = [
    step.partition("\n")
    for session in SESSIONS
    for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A folder with the README's files, and a shell whose port 7466 is a free one.

    Of what make builds only the recipes are read here.
    """
    folder, port = tmp_path_factory.mktemp("readme"), free_port()
    environment = {
        **os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "MOCKPIN_PORT": str(port), "MOCKPIN_URL": f"http://127.0.0.1:{port}", "no_proxy": "127.0.0.1",
    }  # fmt: skip

    def run(command):
        command = command.replace(":7466", f":{port}")
        return subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    for script in SCRIPTS:
        answer = run(script.replace("make ", f"make --dry-run --directory={README_FILE.parent} "))
        assert answer.returncode == 0, answer.stderr
    server = subprocess.Popen(
        ["bash", "-c", f"exec {STEPS[0][0].removesuffix('&')}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert run("mockpin wait").returncode == 0
    yield run
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=5) == 0


@pytest.mark.parametrize(
    ("command", "output"), [step[::2] for step in STEPS[1:]], ids=[step[0][:40] for step in STEPS[1:]]
)
def test_a_command_runs_and_prints_what_the_readme_says(shell, command, output):
    answer = shell(command)
    assert answer.returncode == int("# exits with 1" in command), answer.stderr
    assert re.sub(r":\d{4,5}\b", ":7466", answer.stdout).startswith(output.strip())


def test_the_readmes_files_are_those_that_its_commands_read(shell):
    answer = shell("mockpin transform segment.json && ls")
    assert '"event_name":"checkout"' in answer.stdout.replace(" ", "")
    assert {"payload.json", "segment.json"} <= set(answer.stdout.split())


def test_the_test_in_the_readme_passes(pytester):
    (program,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    pytester.makepyfile(program)
    pytester.runpytest_subprocess(
        "-p", "mockpin.pytest_plugin", "-p", "no:randomly", "-p", "no:mockpin"
    ).assert_outcomes(passed=1)
