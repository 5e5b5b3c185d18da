"""Every command and every program of the README, executed."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import FIXTURES

README_FILE = FIXTURES.parent / "README.md"
README = README_FILE.read_text("utf-8")
INSTALL = "pip install .\n"
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SCRIPTS = [script for script in BLOCKS if script != INSTALL]
SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
STEPS = [
    step.partition("\n")
    for session in SESSIONS
    for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
]


#: A program that sends three checkouts to the host that most senders have in their code.
SENDER = """#!{python}
import json, time, urllib.request
for number in range(3):
    event = {{"event_name": "checkout", "action_source": "web", "event_id": f"o-{{number}}",
             "event_time": int(time.time()), "event_source_url": "https://shop.example.com/thanks",
             "user_data": {{"em": [f"{{number}}" * 64]}},
             "custom_data": {{"value": f"{{number}}9.50", "currency": "USD", "order_id": f"{{number}}"}}}}
    body = json.dumps({{"data": [event]}}).encode()
    headers = {{"Authorization": "Bearer pina_x", "Content-Type": "application/json"}}
    request = urllib.request.Request(
        "https://api.pinterest.com/v5/ad_accounts/549755885175/events", body, headers)
    urllib.request.urlopen(request).read()
"""


@dataclass(frozen=True)
class Shell:
    """A shell in a folder, in which make says what it would do."""

    folder: Path

    def __call__(self, command):
        return subprocess.run(
            self._read(command), capture_output=True, text=True, timeout=60, check=False, **self._place
        )

    def _read(self, command):
        command = command.replace("make ", f"make --dry-run --directory={README_FILE.parent} ")
        return ["bash", "-ec", command]

    @property
    def _place(self):
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"cwd": self.folder, "env": {**os.environ, "PATH": path, "no_proxy": "127.0.0.1"}}


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A shell beside the README's files."""
    shell = Shell(tmp_path_factory.mktemp("readme"))
    for script in SCRIPTS:
        if script.startswith("cat >"):
            shell(script)
    return shell


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_of_the_readme_runs(tmp_path, script):
    for program in ("npm", "end-to-end.sh"):  # the reader's own tests
        (tmp_path / program).write_text(SENDER.format(python=sys.executable))
        (tmp_path / program).chmod(0o755)
    answer = Shell(tmp_path)(f"PATH=$PWD:$PATH\n{script}")
    assert answer.returncode == 0, answer.stderr


def test_no_command_of_the_readme_meets_a_port_that_another_program_may_have():
    assert not any("serve" in text or ":7466" in text for text in (*SCRIPTS, *SESSIONS))


@pytest.mark.parametrize(
    ("command", "output"), [step[::2] for step in STEPS], ids=[step[0][:40] for step in STEPS]
)
def test_a_command_runs_and_prints_what_the_readme_says(shell, command, output):
    answer = shell(command)
    assert answer.returncode == int("# exits with 1" in command), answer.stderr
    assert answer.stdout.startswith(output.strip())


def test_the_readme_installs_once():
    assert README.count(INSTALL) == 1


def test_the_test_in_the_readme_has_ten_lines():
    (program,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(program.splitlines()) == 10


def test_the_test_in_the_readme_passes(pytester):
    (program,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    pytester.makepyfile(program)
    pytester.runpytest_subprocess(
        "-p", "mockpin.pytest_plugin", "-p", "no:randomly", "-p", "no:mockpin"
    ).assert_outcomes(passed=1)
