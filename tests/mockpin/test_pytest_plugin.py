"""The plugin, run by pytest inside pytest."""

import os
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import httpx
import pytest

import mockpin
import transformer
import validator
from mockpin.testing.admin_client import AdminUnreachable
from mockpin.testing.client import MockPin
from tests.mockpin.serving import Serving

EVENT = """
import os, time, httpx

def send(**members):
    event = {
        "event_name": "checkout", "action_source": "web", "event_time": int(time.time()), "event_id": "e1",
        "user_data": {"em": ["0" * 63 + "1"]}, **members,
    }
    url = f"{os.environ['PINTEREST_API_URI']}/ad_accounts/{os.environ['PINTEREST_AD_ACCOUNT_ID']}/events"
    token = {"Authorization": f"Bearer {os.environ['PINTEREST_CONVERSION_TOKEN']}"}
    return httpx.post(url, headers=token, json={"data": [event]})
"""


@pytest.fixture(scope="module", autouse=True)
def _everything_loaded():
    """What a run inside this process imports, pytester throws out again; what is there before it, stays."""
    for package in (mockpin, validator, transformer):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    with MockPin() as mock:
        httpx.post(f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events")
    with pytest.raises(AdminUnreachable), MockPin(url="http://127.0.0.1:9"):
        pass


@pytest.fixture
def suite(pytester):
    """A function that makes a test module of this body and runs it."""

    def run(body, *arguments, order=("-p", "no:randomly"), runner=pytester.runpytest_inprocess):
        pytester.makepyfile(sending=EVENT, test_it=f"import pytest\nfrom sending import send\n\n{body}")
        pytester.syspathinsert()
        return runner("-p", "no:cacheprovider", *order, *arguments)

    return run


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


def test_a_failing_test_s_report_carries_what_was_sent_and_the_nearest_misses(suite):
    result = suite("""
def test_checkout(mockpin):
    send(event_id="e2")
    mockpin.expect(event_name="checkout", event_id="e1")
""")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*Near miss: event * (checkout)",
            "*✗ event_id *expected 'e1', received 'e2'",
            "*- mockpin -*",
            "POST /v5/ad_accounts/*/events => 200",
            "  #* checkout event_id=e2 processed",
        ]
    )


def test_a_failing_test_s_report_says_how_the_sender_misbehaved(suite):
    result = suite(
        "def test_checkout(mockpin):\n    send(event_time=1)\n    send(event_time=1)\n    assert False"
    )
    result.stdout.fnmatch_lines(
        ["*- mockpin -*", "error retried-refusal: *sent again unchanged.*", "POST * => 422", "*same as #*"]
    )


def test_a_test_that_sent_nothing_is_told_so(suite):
    result = suite("def test_checkout(mockpin):\n    assert False")
    result.stdout.fnmatch_lines(["*Nothing was sent to the emulator.*PINTEREST_API_URI*"])


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


def test_bad_events_fail_the_test_at_its_end(suite):
    result = suite("def test_checkout(mockpin):\n    send(event_time=1)")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*Events that Pinterest would refuse:", "  #* checkout event_id=e1 failed*",
                                 "*error event-time-too-old: *"])  # fmt: skip


def test_a_refused_request_fails_the_test_at_its_end(suite):
    result = suite("def test_checkout(mockpin):\n    send(surprise=1)")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["*=> 400*Additional properties are not allowed*", "*at /data/0/surprise: * Remove it."]
    )


@pytest.mark.parametrize(
    ("variable", "status"), [("PINTEREST_CONVERSION_TOKEN", 401), ("PINTEREST_AD_ACCOUNT_ID", 403)]
)
def test_a_wrong_token_and_a_foreign_ad_account_fail_the_test_at_its_end(suite, variable, status):
    result = suite(f"""
def test_checkout(mockpin_server, mockpin, monkeypatch):
    monkeypatch.setenv("{variable}", mockpin_server.ad_account_id)
    assert send().status_code == {status}
""")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"*=> {status}*"])


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_a_refusal_that_the_test_asked_for_does_not_fail_it(suite, status):
    body = f"mockpin.faults.add(fault={{'status': {status}}}, times=1)\n    send()"
    suite(f"def test_checkout(mockpin):\n    {body}").assert_outcomes(passed=1)


@pytest.mark.parametrize("em", ["['ada@example.com']", "'ada@example.com'", "['ada@example.com', 7]"])
def test_plain_text_is_in_no_report(suite, em):
    result = suite(f"def test_checkout(mockpin):\n    send(user_data={{'em': {em}}})")
    result.assert_outcomes(passed=1, errors=1)
    assert "Events that Pinterest would refuse" in result.stdout.str()
    assert "ada@example.com" not in result.stdout.str()


@pytest.mark.parametrize(
    ("marker", "arguments"),
    [("@pytest.mark.mockpin(allow_bad_events=True)", ()), ("", ("--mockpin-allow-bad-events",))],
    ids=["marker", "option"],
)
def test_a_marker_or_an_option_lets_bad_events_pass(suite, marker, arguments):
    body = f"{marker}\ndef test_checkout(mockpin):\n    send(event_time=1)"
    suite(body, *arguments).assert_outcomes(passed=1)


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


def test_a_profile_judges_what_the_emulator_lets_pass(suite):
    result = suite("""
@pytest.mark.mockpin(profile="strict")
def test_strict(mockpin):
    send(event_name="purchase")

def test_faithful(mockpin):
    send(event_name="purchase")
""")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        ["Events that break the strict profile:", "*#* processed", "*error event-name-unknown:*"]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("profil='strict'", "no 'profil'; did you mean profile?"),
        ("severe=True", "no 'severe'; there are profile, allow_bad_events."),
        ("profile='stric'", "profile cannot be 'stric'; did you mean strict?"),
        ("allow_bad_events='x'", "allow_bad_events cannot be 'x'; there are True, False."),
        ("'strict'", "'strict' stands without a name; write profile='strict' or allow_bad_events=True."),
    ],
)
def test_a_marker_that_says_nonsense_is_an_error_of_one_line(suite, words, said):
    result = suite(f"@pytest.mark.mockpin({words})\ndef test_checkout(mockpin):\n    pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"test_it.py::test_checkout: @pytest.mark.mockpin: {said}"])
    assert "Terms" not in result.stdout.str()


def test_a_test_that_talks_to_the_real_host_fails_even_when_the_code_swallows_it(suite):
    result = suite("""
import socket

def test_checkout(mockpin):
    try:
        socket.getaddrinfo("api.pinterest.com", 443)
    except Exception:
        pass

def test_without():
    import sys
    sys.audit("socket.getaddrinfo", "api.pinterest.com", 443, 0, 0, 0)
""")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        ["*about to talk to api.pinterest.com: read the API's address from PINTEREST_API_URI*"]
    )


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


@pytest.mark.parametrize("given", [(), ("--mockpin-admin-token", "wrong")])
def test_a_server_that_asks_for_its_token_says_by_which_option_it_is_given(suite, tmp_path, given):
    with Serving(tmp_path, "--admin-token", "s3cret") as server:
        result = suite("def test_it(mockpin):\n    pass", "--mockpin-url", server.url, *given)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["The server asks for its admin token, *: give --mockpin-admin-token."])


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


def test_a_miss_shows_the_test_s_own_line_and_nothing_of_the_client_s(suite):
    result = suite(
        "def test_checkout(mockpin):\n    mockpin.expect_none()\n    mockpin.expect_limited_data_processing()"
    )
    result.stdout.fnmatch_lines(["*>*mockpin.expect_limited_data_processing()", "*test_it.py:6: Unmet"])
    assert "client.py" not in result.stdout.str()


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("expect(status='proccessed')", "*body /match/status: This is not one of [[]'processed', 'failed']"),
        ("expect(evnt_name='checkout')", "E *TypeError: no filter 'evnt_name'; did you mean event_name?"),
        ("expect(timeout='soon')", "E *'soon' is no length of time: *"),
        ("expect(event_id='jo@example.com')", "E *event_id is plain text, *"),
        ("faults.add(fault={'staus': 503})", "E *body /fault/staus: Unknown field; known are status, *"),
        ("clock.advance('25 hrs')", "E *body /advance: This is neither a length of time, such as 25h, *"),
        ("expect_journey('nosuch.toml')", "E *nosuch.toml: cannot be read: *"),
    ],
)
def test_a_mistake_in_a_test_shows_the_test_s_own_line_and_what_is_wrong(suite, mistake, said):
    result = suite(f"def test_checkout(mockpin):\n    mockpin.{mistake}")
    result.stdout.fnmatch_lines([f">*mockpin.{mistake}".replace("[", "[[]"), said])
    assert sum(line.startswith(">") for line in result.outlines) == 1
    assert "def " not in "".join(line for line in result.outlines if "test_checkout" not in line)
