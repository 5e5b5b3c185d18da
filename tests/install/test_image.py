"""What the image does when built and run, but without a container engine: an ordinary user, a fresh place."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow_install

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


def read_dockerfile():
    """The instructions as (word, rest), continuation lines joined."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line and not line.startswith("#")]


def list_of(word):
    """The command in JSON form of an instruction."""
    rest = next(rest for found, rest in read_dockerfile() if found == word)
    return json.loads(rest[rest.index("[") :])


def run(*command, cwd, user=None, **options):
    who = {"user": user, "group": user, "extra_groups": []} if user else {}
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, **who, **options)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The folder of the programs, installed by the file's own two pip commands with its paths made ours."""
    folder = tmp_path_factory.mktemp("image")
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    source, wheels = folder / "source", folder / "wheels"
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    source.mkdir()
    for name in let_in:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    assert run(sys.executable, "-m", "venv", folder / "venv", cwd=folder).returncode == 0
    python = folder / "venv/bin/python"
    pips = [re.findall(r"pip [^&]+", rest)[0] for word, rest in read_dockerfile() if word == "RUN"]
    for pip in pips:
        command = f"{python} -m {pip.strip()}".replace("/wheels", str(wheels))
        answer = run("sh", "-c", command, cwd=source)
        assert answer.returncode == 0, answer.stderr
    return python.parent


@pytest.fixture
def user(tmp_path):
    """An ordinary user, who owns the working folder; None when we are one ourselves."""
    if os.getuid() != 0:
        return None
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    os.chown(tmp_path, NOBODY, NOBODY)
    return NOBODY


def environment(image, port):
    return {
        "PATH": f"{image}:/usr/bin:/bin",
        "MOCKPIN_PORT": str(port),
        "MOCKPIN_URL": f"http://127.0.0.1:{port}",
    }


def check_health(image, port, *, cwd, user):
    return run(*list_of("HEALTHCHECK"), cwd=cwd, user=user, env=environment(image, port))


def free_port():
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_the_command_of_the_image_serves_and_its_health_check_knows(image, tmp_path, user):
    port = free_port()
    assert check_health(image, port, cwd=tmp_path, user=user).returncode == 3
    command = [str(image / list_of("ENTRYPOINT")[0]), *list_of("CMD"), "--store", "mockpin.db"]
    who = {"user": user, "group": user, "extra_groups": []} if user else {}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(image, port), stdout=subprocess.PIPE, **who
    ) as server:
        try:
            assert (
                b"mockpin ready"
                in server.stdout.readline() + server.stdout.readline() + server.stdout.readline()
            )
            answer = check_health(image, port, cwd=tmp_path, user=user)
            assert answer.returncode == 0, answer.stderr
        finally:
            server.terminate()
        assert server.wait(timeout=10) == 0
    assert (tmp_path / "mockpin.db").stat().st_uid == (user or os.getuid())
    assert check_health(image, port, cwd=tmp_path, user=user).returncode == 3


def test_arguments_after_the_image_s_name_are_another_command(image, tmp_path, user):
    answer = run(image / "mockpin", "--version", cwd=tmp_path, user=user)
    assert (answer.returncode, answer.stdout) == (0, "mockpin 0.1.0\n")
