"""The plugin, run by pytest inside pytest."""

import os
import subprocess
import sys

import pytest

from mockpin.client.client import MockPin


def test_the_fixture_needs_no_configuration(suite):
    result = suite("""
def test_checkout(mockpin):
    assert send().status_code == 200
    mockpin.expect(event_name="checkout", count=1)
""")
    result.assert_outcomes(passed=1)


def test_each_test_has_an_account_of_its_own(suite):
    result = suite("""
seen = set()

@pytest.mark.parametrize("number", range(3))
def test_checkout(mockpin, number):
    seen.add(mockpin.ad_account_id)
    assert len(seen) == number + 1
    assert mockpin.events() == []
    send()
    assert len(mockpin.events()) == 1
""")
    result.assert_outcomes(passed=3)


def test_the_environment_is_set_and_put_back(suite, monkeypatch):
    monkeypatch.setenv("PINTEREST_CONVERSION_TOKEN", "the user's own")
    monkeypatch.delenv("PINTEREST_API_URI", raising=False)
    result = suite("""
import os

def test_inside(mockpin):
    assert os.environ["PINTEREST_API_URI"] == mockpin.api_uri
    assert os.environ["PINTEREST_CONVERSION_TOKEN"] == mockpin.conversion_token
    assert os.environ["PINTEREST_AD_ACCOUNT_ID"] == mockpin.ad_account_id

def test_outside():
    assert os.environ["PINTEREST_CONVERSION_TOKEN"] == "the user's own"
    assert "PINTEREST_API_URI" not in os.environ
""")
    result.assert_outcomes(passed=2)


def test_the_conversion_token_is_nowhere_in_a_report(suite):
    result = suite("""
def test_checkout(mockpin):
    send()
    print("TOKEN", mockpin.conversion_token[::-1])
    assert False
""")
    text = result.stdout.str()
    token = next(line.split()[1][::-1] for line in text.splitlines() if line.startswith("TOKEN"))
    assert token not in text


@pytest.mark.parametrize("em", ["['ada@example.com']", "'ada@example.com'", "['ada@example.com', 7]"])
def test_plain_text_is_in_no_report(suite, em):
    result = suite(f"def test_checkout(mockpin):\n    send(user_data={{'em': {em}}})")
    result.assert_outcomes(passed=1, errors=1)
    assert "Events that Pinterest would refuse" in result.stdout.str()
    assert "ada@example.com" not in result.stdout.str()


def test_a_failing_test_is_not_blamed_twice(suite):
    result = suite("def test_checkout(mockpin):\n    send(event_time=1)\n    assert False")
    result.assert_outcomes(failed=1)


AGAIN = """
from _pytest.runner import runtestprotocol

def pytest_runtest_protocol(item, nextitem):
    runtestprotocol(item, nextitem=nextitem, log=False)
    item._initrequest()
    runtestprotocol(item, nextitem=nextitem)
    return True
"""


def test_a_test_that_passes_when_run_again_is_held_to_its_terms(suite, pytester):
    pytester.makeconftest(AGAIN)
    result = suite("""
runs = []

def test_checkout(mockpin):
    send(event_time=1)
    runs.append(1)
    assert len(runs) == 2
""")
    result.assert_outcomes(passed=1, errors=1)


def test_a_fixture_that_fails_after_sending_has_the_journal_and_is_not_blamed_twice(suite):
    result = suite("""
@pytest.fixture
def shop(mockpin):
    send(event_time=1)
    raise RuntimeError("no shop")

def test_checkout(shop):
    pass
""")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E *RuntimeError: no shop", "*- mockpin -*", "POST * => 422"])


def test_the_journal_is_there_where_another_fixture_has_the_emulator(suite):
    result = suite("""
@pytest.fixture
def shop(mockpin):
    return send

def test_checkout(shop):
    assert shop().status_code == 500
""")
    result.stdout.fnmatch_lines(["*- mockpin -*", "POST * => 200"])


def test_the_clock_goes_back_to_real_time(suite):
    result = suite("""
import time

def test_frozen(mockpin_clock):
    mockpin_clock.freeze(1_790_000_000)
    assert send(event_time=1_790_000_000).status_code == 200

def test_real(mockpin):
    assert abs(mockpin.clock.now - time.time()) < 60
""")
    result.assert_outcomes(passed=2)


def test_the_other_door_has_no_socket(suite):
    result = suite("""
import httpx

@pytest.mark.mockpin(allow_bad_events=True)
def test_checkout(mockpin, mockpin_app):
    with httpx.Client(transport=httpx.WSGITransport(app=mockpin_app)) as client:
        answer = client.post(
            f"http://emulator/v5/ad_accounts/{mockpin.ad_account_id}/events",
            headers={"Authorization": "Bearer wrong"}, json={"data": []},
        )
    assert answer.status_code == 401
    assert len(mockpin.requests()) == 1
""")
    result.assert_outcomes(passed=1)


def test_a_running_server_has_no_other_door(suite):
    with MockPin() as server:
        result = suite("def test_it(mockpin_app):\n    pass", "--mockpin-url", server.url)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"mockpin_app: the server at {server.url} runs elsewhere; *"])
    assert "AttributeError" not in result.stdout.str()


MANY = """
@pytest.mark.parametrize("number", range(24))
def test_checkout(mockpin, number):
    send(event_id=f"e{number}")
    mockpin.expect(event_name="checkout", event_id=f"e{number}", count=1)
    assert len(mockpin.events()) == 1
"""


def test_four_workers_do_not_meet(suite, pytester):
    result = suite(MANY, "-n", "4", runner=pytester.runpytest_subprocess)
    result.assert_outcomes(passed=24)


def test_four_workers_share_one_running_server(suite, pytester):
    with MockPin() as server:
        result = suite(MANY, "-n", "4", "--mockpin-url", server.url, runner=pytester.runpytest_subprocess)
    result.assert_outcomes(passed=24)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_tests_does_not_matter(suite, seed):
    body = MANY.replace("24", "8")
    suite(body, order=(f"--randomly-seed={seed}",)).assert_outcomes(passed=8)


def test_a_server_that_is_not_there_is_an_error_at_once_and_in_a_line(suite):
    result = suite(MANY, "--mockpin-url", "http://127.0.0.1:9", "-x")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "*_ ERROR at setup of *",
            "No mockpin answers at http://127.0.0.1:9 (Conn*",
            "=* short test summary*",
        ],
        consecutive=True,
    )


def test_not_even_a_full_traceback_shows_the_conversion_token(suite):
    use = "from mockpin import MockPin\n    with MockPin(url='http://127.0.0.1:9'):\n        pass"
    result = suite(f"def test_it():\n    {use}", "--full-trace", "--showlocals")
    result.stdout.fnmatch_lines(["*request *= {*'json': {...}*"])
    assert "pina_" not in result.stdout.str()


def test_a_run_that_does_not_use_the_plugin_loads_nothing_for_it():
    code = (
        "import sys, pytest; before = set(sys.modules); import mockpin.pytest_plugin; "
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('mockpin')))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(answer.stdout.split())
    assert not {name.partition(".")[0] for name in loaded} & {
        "flask",
        "httpx",
        "jsonschema",
        "orjson",
        "granian",
    }
