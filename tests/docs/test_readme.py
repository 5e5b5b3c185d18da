"""Every command and every program of the README, executed."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import FIXTURES
from tests.ports import free_port

README_FILE = FIXTURES.parent / "README.md"
README = README_FILE.read_text("utf-8")
SCRIPTS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
STEPS = [
    step.partition("\n")
    for session in SESSIONS
    for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
]


@dataclass(frozen=True)
class Shell:
    """A shell in a folder. The README's port 7466 is a free one in it, and make tells what it would do."""

    folder: Path
    port: int = field(default_factory=free_port)

    def __call__(self, command):
        return subprocess.run(
            self._read(command), capture_output=True, text=True, timeout=60, check=False, **self._place
        )

    def start(self, command):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(self._read(f"exec {command.removesuffix('&')}"), **quiet, **self._place)

    def _read(self, command):
        command = command.replace("make ", f"make --dry-run --directory={README_FILE.parent} ")
        return ["bash", "-ec", command.replace(":7466", f":{self.port}")]

    @property
    def _place(self):
        own = {"MOCKPIN_PORT": str(self.port), "MOCKPIN_URL": f"http://127.0.0.1:{self.port}"}
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"cwd": self.folder, "env": {**os.environ, **own, "PATH": path, "no_proxy": "127.0.0.1"}}


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A shell beside the README's files and server."""
    shell = Shell(tmp_path_factory.mktemp("readme"))
    for script in SCRIPTS:
        shell(script)
    server = shell.start(STEPS[0][0])
    shell("mockpin wait")
    yield shell
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=60) == 0


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_of_the_readme_runs(tmp_path, script):
    answer = Shell(tmp_path)(script)
    assert answer.returncode == 0, answer.stderr


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
