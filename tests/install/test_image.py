"""What the image does when built and run, but without a container engine: an ordinary user, a fresh place."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.ports import free_port

pytestmark = pytest.mark.slow_install

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
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


def make_user():
    """An ordinary user; None when we are one ourselves."""
    return NOBODY if os.getuid() == 0 else None


def find_python():
    """A Python that the ordinary user may run: root's own may lie in root's home."""
    check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        with suppress(OSError):
            if run(python, "-c", check, cwd="/", user=make_user()).returncode == 0:
                return python
    return pytest.skip("no Python 3.11 or newer here that an ordinary user may run")


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The folder of the programs, installed by the file's own two pip commands with its paths made ours."""
    folder = open_way(tmp_path_factory.mktemp("image"))
    source, wheels = folder / "source", folder / "wheels"
    source.mkdir()
    for name in read_context():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    assert run(find_python(), "-m", "venv", folder / "venv", cwd=folder).returncode == 0
    python = folder / "venv/bin/python"
    for pip in (re.findall(r"pip [^&]+", rest)[0] for word, rest in read_dockerfile() if word == "RUN"):
        command = f"{python} -m {pip.strip()}".replace("/wheels", str(wheels))
        answer = run("sh", "-c", command, cwd=source)
        assert answer.returncode == 0, answer.stderr
    return python.parent


def read_context():
    """What .dockerignore lets into the build."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return [line[1:] for line in lines if line.startswith("!")]


def open_way(folder):
    """Let an ordinary user reach a folder of pytest's."""
    for ancestor in (folder, *folder.parents[:2]):
        ancestor.chmod(0o755)
    return folder


@pytest.fixture
def user(tmp_path):
    """The ordinary user, who owns the working folder."""
    open_way(tmp_path)
    if make_user():
        os.chown(tmp_path, NOBODY, NOBODY)
    return make_user()


def environment(image, port):
    return {
        "PATH": f"{image}:/usr/bin:/bin",
        "MOCKPIN_PORT": str(port),
        "MOCKPIN_URL": f"http://127.0.0.1:{port}",
    }


def check_health(image, port, *, cwd, user):
    return run(*list_of("HEALTHCHECK"), cwd=cwd, user=user, env=environment(image, port))


@contextmanager
def serving(image, *, cwd, user, port):
    """The command of the image, once it is ready; it must end well."""
    command = [str(image / list_of("ENTRYPOINT")[0]), *list_of("CMD"), "--store", "mockpin.db"]
    who = {"user": user, "group": user, "extra_groups": []} if user else {}
    with subprocess.Popen(
        command, cwd=cwd, env=environment(image, port), stdout=PIPE, text=True, **who
    ) as server:
        try:
            assert any(line.startswith("mockpin ready") for line in server.stdout)
            yield
        finally:
            server.terminate()
        assert server.wait(timeout=60) == 0


def test_the_command_of_the_image_serves_and_its_health_check_knows(image, tmp_path, user):
    port = free_port()
    assert check_health(image, port, cwd=tmp_path, user=user).returncode == 3
    with serving(image, cwd=tmp_path, user=user, port=port):
        answer = check_health(image, port, cwd=tmp_path, user=user)
        assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "mockpin.db").stat().st_uid == (user or os.getuid())


def test_arguments_after_the_image_s_name_are_another_command(image, tmp_path, user):
    answer = run(image / "mockpin", "--version", cwd=tmp_path, user=user)
    assert (answer.returncode, answer.stdout) == (0, f"mockpin {VERSION}\n")
