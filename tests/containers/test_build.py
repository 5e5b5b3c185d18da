"""The image, built by buildah from the Dockerfile on a local base, and its command run inside what was built.

The base is a small Debian with Python, made by mmdebstrap: no registry of images is asked. It stands for
python:3.13-slim, so that image itself is not tested. The package index must be reachable.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port

pytestmark = pytest.mark.slow_container

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {"buildah": ("buildah", "netavark"), "mmdebstrap": ("mmdebstrap",)}
BASE = "localhost/python-base"
IMAGE = "localhost/mockpin"
USER = 10001
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
#: The most files and processes that the build may have.
MOST = 20_000
#: Seconds after which a step hangs. Together they take about three minutes on two idle cores.
HANGS = 900


def run(*command, **options):
    words = [str(part) for part in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=HANGS, **options)


def require(*command):
    """Return the output of a command that prepares the test; skip the test, and say why, when it fails."""
    try:
        done = run(*command)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{command[0]} takes longer than {HANGS} s here")
    if done.returncode:
        pytest.skip(f"{command[0]} fails here: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout.strip()


class Buildah:
    """buildah with its images in one folder, without a daemon and without rights over the network."""

    def __init__(self, folder):
        storage = ("--root", folder / "images", "--runroot", folder / "run", "--storage-driver", "vfs")
        self.command = ("buildah", *storage)

    def prepare(self, *words):
        """Return the output of a command that makes the base; skip the test when it fails."""
        return require(*self.command, *words)

    def run(self, *words):
        """Return the output of a command on the built image; fail when it fails."""
        done = run(*self.command, *words)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    def build(self):
        """Build the Dockerfile in a chroot."""
        options = ("--pull=never", "--isolation=chroot", "--network=host", "--format=docker")
        return run(
            *self.command,
            "build",
            *options,
            *limit_as_here(),
            f"--build-arg=BASE={BASE}",
            f"--tag={IMAGE}",
            ROOT,
        )


def limit_as_here():
    """Options for limits that this process may set: buildah's own may be above them."""
    for name, kind in (("nofile", resource.RLIMIT_NOFILE), ("nproc", resource.RLIMIT_NPROC)):
        _, hard = resource.getrlimit(kind)
        limit = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
        yield f"--ulimit={name}={limit}:{limit}"


def install_tools():
    if sys.platform != "linux" or os.getuid() != 0 or not shutil.which("apt-get"):
        pytest.skip("needs root on Debian, to make the base and to change into the image")
    missing = [package for tool, packages in TOOLS.items() if not shutil.which(tool) for package in packages]
    if missing:
        run("apt-get", "-qq", "update")
        require("apt-get", "-qq", "install", "-y", "--no-install-recommends", *missing)


def make_base(folder, buildah):
    """An image of Debian with Python and pip, made of the packages that this machine installs from."""
    places = (Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*"))
    sources = [path for path in places if path.is_file()]
    options = (
        "--variant=minbase",
        "--include=python3,python3-pip,python3-venv,ca-certificates",
        "--dpkgopt=path-exclude=/usr/share/doc/*",
        "--dpkgopt=path-exclude=/usr/share/man/*",
        '--customize-hook=rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED',
        f"--customize-hook=upload {CERTIFICATES} {CERTIFICATES}",
    )
    require("mmdebstrap", *options, "", folder / "base.tar", *sources)
    container = buildah.prepare("from", "--pull=never", *limit_as_here(), "scratch")
    buildah.prepare("add", "--quiet", container, folder / "base.tar", "/")
    pip = [f"--env={name}={value}" for name, value in os.environ.items() if name.startswith("PIP_")]
    buildah.prepare("config", f"--env=PATH={PATH}", *pip, container)
    probe = "pip download --quiet --no-deps --dest /tmp/probe hatchling && rm -r /tmp/probe"
    buildah.prepare("run", "--isolation=chroot", "--network=host", container, "sh", "-c", probe)
    buildah.prepare("commit", "--quiet", "--rm", container, BASE)


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Iterator[tuple[Path, dict]]:
    """The root folder of the built image, and its configuration."""
    install_tools()
    folder = tmp_path_factory.mktemp("container")
    buildah = Buildah(folder)
    try:
        make_base(folder, buildah)
        built = buildah.build()
        assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
        inspected = json.loads(buildah.run("inspect", "--type=image", IMAGE))
        mounted = Path(buildah.run("mount", buildah.run("from", "--pull=never", *limit_as_here(), IMAGE)))
        yield mounted, inspected["Docker"]["config"]
    finally:
        run(*buildah.command, "rm", "--all")
        shutil.rmtree(folder, ignore_errors=True)  # two gigabytes


def start_inside(root, config, *words, **options):
    """A command in the image: in its folder, as its user, with its environment alone."""
    variables = [*config["Env"], *(f"{name}={value}" for name, value in options.items())]
    change = ("chroot", f"--userspec={config['User']}", root, "env", "-i", f"--chdir={config['WorkingDir']}")
    command = [str(word) for word in (*change, *variables, *words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def serving(root, config, port):
    """The image's own command, once it is ready; it must end well."""
    command = (*config["Entrypoint"], *config["Cmd"])
    settings = {
        "MOCKPIN_PORT": port,
        "MOCKPIN_ACCOUNT": "549755885175=a-token",
        "MOCKPIN_STORE": "mockpin.db",
    }
    with start_inside(root, config, *command, **settings) as server:
        try:
            assert any(line.startswith("mockpin ready") for line in server.stdout)
            yield
        finally:
            server.terminate()
        assert server.wait(timeout=60) == 0


def check_health(root, config, port):
    command, url = config["Healthcheck"]["Test"][1:], f"http://127.0.0.1:{port}"
    with start_inside(root, config, *command, MOCKPIN_URL=url) as check:
        check.communicate(timeout=60)
    return check.returncode


def send_event(port):
    event = {
        "event_name": "checkout",
        "action_source": "web",
        "event_time": int(time.time()),
        "event_id": "o-1",
        "event_source_url": "https://shop.example.com/thanks",
        "user_data": {"em": ["411e44ce1261728ffd2c0686e44e3fffe413c0e2c5adc498bc7da883d476b9c8"]},
        "custom_data": {"value": "49.50", "currency": "USD"},
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v5/ad_accounts/549755885175/events",
        json.dumps({"data": [event]}).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer a-token"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_the_image_serves_as_its_own_user_and_its_health_check_knows(image):
    root, config = image
    port = free_port()
    assert check_health(root, config, port) != 0
    with serving(root, config, port):
        assert any(check_health(root, config, port) == 0 for _ in range(20))  # each gives up after 3 s
        assert send_event(port)["num_events_processed"] == 1
    assert config["User"] == str(USER)
    assert (root / "data/mockpin.db").stat().st_uid == USER


def test_the_image_holds_the_licences_and_no_wheel(image):
    root, config = image
    assert config["Labels"]["org.opencontainers.image.licenses"] == "MIT AND LGPL-2.1-only"
    (licences,) = root.glob("usr/local/lib/python3*/dist-packages/mockpin-*/licenses")
    assert (licences / "LICENSE").is_file()
    assert (licences / "LICENSES/LGPL-2.1-only.txt").is_file()
    assert not [*root.glob("wheels/*")]
