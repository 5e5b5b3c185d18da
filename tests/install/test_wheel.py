"""What a user has who typed `pip install mockpin`, and nothing else."""

import json
import time
import zipfile

import pytest

from mockpin.cli.command_names import COMMANDS
from tests.install.conftest import run

pytestmark = pytest.mark.slow_install

EVENT = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": int(time.time()),
    "event_id": "o-1",
    "event_source_url": "https://shop.example.com/thanks",
    "user_data": {"em": ["411e44ce1261728ffd2c0686e44e3fffe413c0e2c5adc498bc7da883d476b9c8"]},
    "custom_data": {"value": "49.50", "currency": "USD", "order_id": "1017"},
}
SEND = """
import sys, urllib.request
headers = {"Content-Type": "application/json", "Authorization": "Bearer any"}
url = "https://api.pinterest.com/v5/ad_accounts/549755885175/events"
urllib.request.urlopen(urllib.request.Request(url, open("payload.json", "rb").read(), headers)).read()
"""
#: The distributions of an installation, mockpin among them: a new dependency must be worth its place.
MOST_DISTRIBUTIONS = 36


@pytest.fixture
def project(tmp_path):
    """A folder with a payload and a program that sends it."""
    (tmp_path / "payload.json").write_text(json.dumps({"data": [EVENT]}))
    (tmp_path / "send.py").write_text(SEND)
    return tmp_path


def test_the_demo_runs_from_an_installed_wheel_away_from_the_checkout(bin_folder, tmp_path):
    answer = run(bin_folder / "mockpin", "demo", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "processed" in answer.stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_each_command_shows_its_help(bin_folder, tmp_path, command):
    answer = run(bin_folder / "mockpin", *command.split(), "--help", cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("Usage: mockpin")


def test_a_file_is_validated_and_the_command_s_exit_status_tells(bin_folder, project):
    assert run(bin_folder / "mockpin", "validate", "payload.json", cwd=project).returncode == 0
    (project / "payload.json").write_text(json.dumps({"data": [EVENT | {"surprise": 1}]}))
    answer = run(bin_folder / "mockpin", "validate", "payload.json", cwd=project)
    assert answer.returncode == 1, answer.stderr
    assert "surprise" in answer.stdout


def test_a_sender_is_run_against_the_emulator_and_its_report_is_written(bin_folder, project):
    command = ("run", "--expect", "api:checkout=1", "--report", "html=report.html")
    sender = (bin_folder / "python", "send.py")
    answer = run(bin_folder / "mockpin", *command, "--", *sender, cwd=project)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "mockpin[charts]" in (project / "report.html").read_text()


@pytest.mark.parametrize("package", ["mockpin", "mockpin_transformer", "mockpin_validator"])
def test_each_package_tells_type_checkers_that_it_is_typed(bin_folder, tmp_path, package):
    code = (
        f"import pathlib, {package}; print((pathlib.Path({package}.__file__).parent / 'py.typed').is_file())"
    )
    assert run(bin_folder / "python", "-c", code, cwd=tmp_path).stdout == "True\n"


def test_an_installation_stays_small(bin_folder, tmp_path):
    code = (
        "from importlib.metadata import distributions;"
        "print(*{each.name.lower() for each in distributions()} - {'pip', 'setuptools', 'wheel'})"
    )
    names = run(bin_folder / "python", "-c", code, cwd=tmp_path).stdout.split()
    assert len(names) <= MOST_DISTRIBUTIONS, names


def test_the_wheel_holds_our_packages_the_fixtures_in_use_and_the_licences(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    info = next(name.split("/")[0] for name in names if ".dist-info/" in name)
    assert {name.split("/")[0] for name in names} == {
        "mockpin", "mockpin_transformer", "mockpin_validator", info,
    }  # fmt: skip
    assert {name.split("/")[2] for name in names if name.startswith("mockpin/_fixtures/")} == {
        "demo", "documents", "probes", "rules", "tag_hits",
    }  # fmt: skip
    licences = {name for name in names if name.startswith(f"{info}/licenses/")}
    assert licences == {f"{info}/licenses/LICENSE", f"{info}/licenses/LICENSES/LGPL-2.1-only.txt"}
    assert {
        "mockpin/schemas/config.json",
        "mockpin/schemas/destination.json",
        "mockpin/schemas/journey.json",
    } <= {*names}
