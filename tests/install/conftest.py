"""The distribution, built once, and fresh environments to install it into."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")


def run(*command, cwd, **options):
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, **options)


def require(*command, cwd):
    """Run a command that must succeed."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


def make_environment(folder, *requirements):
    """The programs of a fresh environment with these packages, in the versions of constraints.txt."""
    require(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    install(folder / "bin", *requirements)
    return folder / "bin"


def install(bin_folder, *requirements):
    constraints = ("--constraint", ROOT / "constraints.txt")
    require(bin_folder / "python", *PIP, "install", *constraints, *requirements, cwd=bin_folder)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    require(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def bin_folder(wheel, tmp_path_factory):
    """The programs of an environment into which the wheel, and nothing else of ours, is installed."""
    return make_environment(tmp_path_factory.mktemp("installed") / "venv", wheel)
