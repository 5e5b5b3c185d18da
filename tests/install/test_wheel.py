import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow_install

ROOT = Path(__file__).resolve().parents[2]


def run(*command, cwd):
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def bin_folder(tmp_path_factory):
    """The programs of a fresh environment into which the wheel, and nothing else of ours, is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    built = run(sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stderr
    assert run(sys.executable, "-m", "venv", folder / "venv", cwd=folder).returncode == 0
    wheel = next(folder.glob("*.whl"))
    python = folder / "venv/bin/python"
    constraints = ROOT / "constraints.txt"
    installed = run(python, *pip, "install", "--constraint", constraints, wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    return python.parent


def test_the_demo_runs_from_an_installed_wheel_away_from_the_checkout(bin_folder, tmp_path):
    answer = run(bin_folder / "mockpin", "demo", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "processed" in answer.stdout


@pytest.mark.parametrize("package", ["mockpin", "mockpin_transformer", "mockpin_validator"])
def test_each_package_tells_type_checkers_that_it_is_typed(bin_folder, tmp_path, package):
    code = (
        f"import pathlib, {package}; print((pathlib.Path({package}.__file__).parent / 'py.typed').is_file())"
    )
    assert run(bin_folder / "python", "-c", code, cwd=tmp_path).stdout == "True\n"
