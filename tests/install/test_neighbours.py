"""A project whose own modules, and a package of the index, have the names of two folders of ours."""

from pathlib import Path

import pytest

from tests.install.conftest import make_environment, run

pytestmark = pytest.mark.slow_install

TEST = """
import json, os, time, urllib.request
import transformer, validator

def test_a_checkout_reaches_pinterest(mockpin):
    event = {"event_name": "checkout", "action_source": "web", "event_id": "o-1",
             "event_time": int(time.time()),
             "user_data": {"em": ["411e44ce1261728ffd2c0686e44e3fffe413c0e2c5adc498bc7da883d476b9c8"]},
             "event_source_url": "https://shop.example.com/thanks",
             "custom_data": {"value": "49.50", "currency": "USD", "order_id": "1017"}}
    url = f"{os.environ['PINTEREST_API_URI']}/ad_accounts/{os.environ['PINTEREST_AD_ACCOUNT_ID']}/events"
    headers = {"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"}
    body = json.dumps({"data": [transformer.keep(event)]}).encode()
    urllib.request.urlopen(urllib.request.Request(url, body, headers)).read()
    mockpin.expect(event_name="checkout", count=1)
    assert validator.__name__ == "validator"
"""


@pytest.fixture(scope="module")
def pytest_command(bin_folder, tmp_path_factory):
    """pytest in an environment that also has the installed mockpin, and the index's package `validator`."""
    folder = make_environment(tmp_path_factory.mktemp("neighbours") / "venv", "pytest", "validator")
    Path(find_packages(folder), "mockpin.pth").write_text(find_packages(bin_folder))
    return (folder / "python", "-m", "pytest", "-q")


def find_packages(bin_folder):
    code = "import sysconfig; print(sysconfig.get_path('purelib'), end='')"
    return run(bin_folder / "python", "-c", code, cwd=bin_folder).stdout


@pytest.mark.parametrize("owns", [True, False], ids=["its own validator.py", "the index's validator"])
def test_a_project_with_modules_of_these_names_tests_with_the_fixture(pytest_command, tmp_path, owns):
    if owns:
        (tmp_path / "validator.py").write_text("")
    (tmp_path / "transformer").mkdir()
    (tmp_path / "transformer/__init__.py").write_text("def keep(event):\n    return event\n")
    (tmp_path / "test_shop.py").write_text(TEST)
    done = run(*pytest_command, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
