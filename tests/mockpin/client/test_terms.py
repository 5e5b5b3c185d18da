"""On what terms a test has the emulator."""

import os

import httpx
import pytest

from mockpin.client.admin_client import AdminUnreachable
from mockpin.client.guard import Guard
from mockpin.client.terms import (
    MARKER_CHOICES,
    MarkerOptions,
    fail_without_traceback,
    find_mistakes,
    open_account,
)
from tests.mockpin.sending import HASH, conversion_event
from tests.mockpin.serve_process import Serving


@pytest.fixture
def send(mockpin):
    """A function that sends an event of the present moment, which nobody but the test blames."""
    mockpin.clock.freeze(1_790_243_100)

    def call(token=mockpin.conversion_token, **members):
        return httpx.post(
            f"{mockpin.api_uri}/ad_accounts/{mockpin.ad_account_id}/events",
            json={"data": [conversion_event(**members)]},
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
        ).status_code

    yield call
    mockpin.clock.real()


allows = pytest.mark.mockpin(allow_bad_events=True)


@allows
def test_a_good_event_is_blamed_for_nothing(mockpin, send):
    assert send(user_data={"em": [HASH]}) == 200
    assert [*MarkerOptions().find_bad_events(mockpin)] == []


@allows
@pytest.mark.parametrize(
    ("members", "status", "said"),
    [
        ({"event_time": 1}, 422, "error event-time-too-old"),
        ({"surprise": 1}, 400, "Additional properties are not allowed"),
        ({"token": "pina_wrong"}, 401, "Authentication failed"),
    ],
)
def test_what_pinterest_would_refuse_fails_the_test_in_words(mockpin, send, members, status, said):
    assert send(**members) == status
    with pytest.raises(pytest.fail.Exception, match="Events that Pinterest would refuse:") as failure:
        MarkerOptions().check_test(mockpin, Guard())
    assert said in str(failure.value)
    assert "allow_bad_events=True" in str(failure.value)


@allows
def test_bad_events_pass_where_the_test_says_that_it_sends_them(mockpin, send):
    send(event_time=1)
    MarkerOptions(allow_bad_events=True).check_test(mockpin, Guard())


@allows
@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_a_status_that_a_fault_gave_is_not_blamed(mockpin, send, status):
    mockpin.faults.add(fault={"status": status}, times=1)
    assert send() == status
    assert [*MarkerOptions().find_bad_events(mockpin)] == []


@allows
@pytest.mark.parametrize(("profile", "bad"), [("lenient", False), ("faithful", False), ("strict", True)])
def test_a_stricter_profile_blames_more(mockpin, send, profile, bad):
    assert send(event_name="my_own") == 200
    lines = [*MarkerOptions(profile=profile).find_bad_events(mockpin)]
    assert any("event-name-unknown" in line for line in lines) is bad


@allows
def test_what_only_several_events_show_is_blamed_too(mockpin, send):
    for order in ("1", "2"):
        assert send(event_id="one", custom_data={"order_id": order, "value": order, "currency": "USD"}) == 200
    (line,) = MarkerOptions().find_bad_events(mockpin)
    assert "event_id" in line


def test_whoever_talked_to_the_real_host_is_told_so_first(mockpin):
    guard = Guard()
    guard.hosts.append("api.pinterest.com")
    with pytest.raises(pytest.fail.Exception, match=r"api\.pinterest\.com"):
        MarkerOptions(allow_bad_events=True).check_test(mockpin, guard)


@pytest.mark.parametrize("name", MARKER_CHOICES)
def test_every_word_of_the_marker_is_taken_with_each_of_its_values(name):
    for value in MARKER_CHOICES[name]:
        assert [*find_mistakes(pytest.mark.mockpin(**{name: value}).mark)] == []


def test_every_mistake_in_a_marker_is_told():
    marker = pytest.mark.mockpin("strict", profil="strict", profile="stric").mark
    assert [line.partition(";")[2] or line for line in find_mistakes(marker)] == [
        " write profile='strict' or allow_bad_events=True.",
        " did you mean profile?",
        " did you mean strict?",
    ]


def test_what_the_admin_api_cannot_do_fails_the_test_in_its_own_words():
    with (
        pytest.raises(pytest.fail.Exception, match=r"^No mockpin answers at http://x"),
        fail_without_traceback(),
    ):
        raise AdminUnreachable("http://x", "ConnectError")


def test_an_account_is_named_by_the_environment_while_it_is_open(mockpin_server):
    before = dict(os.environ)
    with open_account(mockpin_server, admin_token=None) as (mock, _):
        assert os.environ["PINTEREST_API_URI"] == mock.api_uri
        assert os.environ["PINTEREST_AD_ACCOUNT_ID"] == mock.ad_account_id
        assert os.environ["PINTEREST_CONVERSION_TOKEN"] == mock.conversion_token
    assert dict(os.environ) == before


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


@pytest.mark.parametrize(
    ("marker", "arguments"),
    [("@pytest.mark.mockpin(allow_bad_events=True)", ()), ("", ("--mockpin-allow-bad-events",))],
    ids=["marker", "option"],
)
def test_a_marker_or_an_option_lets_bad_events_pass(suite, marker, arguments):
    body = f"{marker}\ndef test_checkout(mockpin):\n    send(event_time=1)"
    suite(body, *arguments).assert_outcomes(passed=1)


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
        ("profil='strict'", "unknown argument 'profil'; did you mean profile?"),
        ("severe=True", "unknown argument 'severe'; there are profile, allow_bad_events."),
        ("profile='stric'", "profile cannot be 'stric'; did you mean strict?"),
        ("allow_bad_events='x'", "allow_bad_events cannot be 'x'; there are True, False."),
        ("'strict'", "'strict' has no name; write profile='strict' or allow_bad_events=True."),
    ],
)
def test_a_marker_that_says_nonsense_is_an_error_of_one_line(suite, words, said):
    result = suite(f"@pytest.mark.mockpin({words})\ndef test_checkout(mockpin):\n    pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"test_it.py::test_checkout: @pytest.mark.mockpin: {said}"])
    assert "MarkerOptions" not in result.stdout.str()


@pytest.mark.parametrize("given", [(), ("--mockpin-admin-token", "wrong")])
def test_a_server_that_asks_for_its_token_says_by_which_option_it_is_given(suite, tmp_path, given):
    with Serving(tmp_path, "--admin-token", "s3cret") as server:
        result = suite("def test_it(mockpin):\n    pass", "--mockpin-url", server.url, *given)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["The server refused the admin token*: give --mockpin-admin-token."])
