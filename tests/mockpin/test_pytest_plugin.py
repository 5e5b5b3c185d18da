"""The plugin, run by pytest inside pytest."""

import os
import subprocess
import sys

import pytest

from mockpin.client.client import MockPin
from mockpin.emulator.settings.calibrations import Calibration, write_calibration


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


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("post('/v5/v5/ad_accounts/1/events')", "*/v5/v5/ad_accounts/1/events => 404: there is no such *"),
        ("track('Order Complete')", "*segment-name-misspelt: 1 Segment call named Order Complete *"),
        ("track('Order Completed')", "*segment-call-not-converted: 1 Segment call named Order Completed *"),
        ("send(event_id='a', custom_data=ORDER); send(event_id='b', custom_data=ORDER)",
         "*order-counted-twice: 1 of 2 checkout events report an order again *"),
    ],
)  # fmt: skip
def test_what_is_lost_or_counted_twice_fails_the_test_at_its_end(suite, body, said):
    result = suite(f"{HELPERS}\ndef test_checkout(mockpin):\n    {body}")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([said])


@pytest.mark.parametrize(
    "body",
    [
        "post('/v5/pins')",
        "track('Button Clicked')",
        "[track(f'Thing {n} Done') for n in range(6)]",
        "call('identify', {'userId': 'u'})",
        "send(custom_data=ORDER); send(custom_data=ORDER)",
        "mockpin.faults.add(fault={'fail_events': [0]}, times=1); send()",
    ],
)
def test_what_is_normal_does_not_fail_the_test(suite, body):
    suite(f"{HELPERS}\ndef test_checkout(mockpin):\n    {body}").assert_outcomes(passed=1)


HELPERS = """
import os
import httpx

ORDER = {"order_id": "o1", "value": "1.00", "currency": "EUR"}

def post(path, body=None):
    base = os.environ["PINTEREST_API_URI"].removesuffix("/v5")
    return httpx.post(f"{base}{path}", json=body or {"data": []},
                      auth=(os.environ["PINTEREST_AD_ACCOUNT_ID"], ""),
                      timeout=60) if path.startswith("/v1") else httpx.post(
        f"{base}{path}", json=body or {"data": []}, timeout=60,
        headers={"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"})

def call(kind, body):
    return post(f"/v1/{kind}", body)

def track(name):
    return call("track", {"event": name, "anonymousId": "a"})
"""


def test_the_guard_s_finding_stands_in_the_failing_test_s_own_section(suite):
    result = suite("""
import socket

def test_checkout(mockpin):
    try:
        socket.getaddrinfo("api.pinterest.com", 443)
    except Exception:
        pass
    assert False
""")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([
        "*- mockpin -*", "stopped a connection to api.pinterest.com*Was PINTEREST_API_URI read at import*",
    ])  # fmt: skip


def test_warnings_of_tests_that_pass_are_summed_up_in_one_line(suite):
    result = suite("def test_a(mockpin):\n    send()\n\ndef test_b(mockpin):\n    send()")
    result.assert_outcomes(passed=2)
    summary = (
        "mockpin: 2 tests that passed sent events with warnings: * (2)*. Run `mockpin explain RULE` for more."
    )
    result.stdout.fnmatch_lines([summary])


def test_the_summary_line_of_an_unmet_expectation_shows_the_sentence(suite):
    result = suite("def test_checkout(mockpin):\n    mockpin.expect(event_name='lead')")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["FAILED * mockpin.Unmet: Expected*"])


MANY = """
@pytest.mark.parametrize("number", range(24))
def test_checkout(mockpin, number):
    send(event_id=f"e{number}")
    mockpin.expect(event_name="checkout", event_id=f"e{number}", count=1)
    assert len(mockpin.events()) == 1
"""


def test_two_workers_do_not_meet(suite, pytester):
    result = suite(MANY, "-n", "2", runner=pytester.runpytest_subprocess)
    result.assert_outcomes(passed=24)


def test_two_workers_share_one_running_server(suite, pytester):
    with MockPin() as server:
        result = suite(MANY, "-n", "2", "--mockpin-url", server.url, runner=pytester.runpytest_subprocess)
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


def test_a_calibration_decides_the_settings(suite, tmp_path):
    path = tmp_path / "calibration.json"
    write_calibration(
        Calibration("https://x.test", "sha256:1", "2026-11-25", "0.1.0", {"test_batch": "7"}), path
    )
    body = """
def test_settings(mockpin):
    assert mockpin_settings(mockpin)["test_batch"] == "7"
"""
    reading = """
import httpx

def mockpin_settings(mockpin):
    told = httpx.get(f"{mockpin.admin_uri}/settings").json()["settings"]
    return {each["name"]: each["value"] for each in told}
"""
    suite(reading + body, f"--mockpin-calibration={path}").assert_outcomes(passed=1)


def test_a_calibration_that_cannot_be_used_is_said_without_a_traceback(suite, tmp_path):
    path = tmp_path / "calibration.json"
    path.write_text("{}")
    for given, said in ((path, "did not write it"), (tmp_path / "none", "it cannot be read: No such file")):
        result = suite("def test_it(mockpin): pass", f"--mockpin-calibration={given}")
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines([f"*{said}*"])
        result.stdout.no_fnmatch_line("*Traceback*")
