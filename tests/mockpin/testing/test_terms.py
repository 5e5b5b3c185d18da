"""On what terms a test has the emulator."""

import os

import httpx
import pytest

from mockpin.testing.admin_client import AdminUnreachable
from mockpin.testing.guard import Guard
from mockpin.testing.terms import CHOICES, Terms, fail_in_words, find_mistakes, open_account
from tests.mockpin.sending import HASH, conversion_event


@pytest.fixture
def send(mockpin):
    """A function that sends an event of the present moment, which nobody but the test blames."""
    mockpin.clock.freeze(1_790_243_100)

    def call(token=mockpin.conversion_token, **members):
        return httpx.post(
            f"{mockpin.api_uri}/ad_accounts/{mockpin.ad_account_id}/events",
            json={"data": [conversion_event(**members)]},
            headers={"Authorization": f"Bearer {token}"},
        ).status_code

    yield call
    mockpin.clock.real()


allows = pytest.mark.mockpin(allow_bad_events=True)


@allows
def test_a_good_event_is_blamed_for_nothing(mockpin, send):
    assert send(user_data={"em": [HASH]}) == 200
    assert [*Terms().find_bad_events(mockpin)] == []


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
        Terms().hold(mockpin, Guard())
    assert said in str(failure.value)
    assert "allow_bad_events=True" in str(failure.value)


@allows
def test_bad_events_pass_where_the_test_says_that_it_sends_them(mockpin, send):
    send(event_time=1)
    Terms(allow_bad_events=True).hold(mockpin, Guard())


@allows
@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_a_status_that_a_fault_gave_is_not_blamed(mockpin, send, status):
    mockpin.faults.add(fault={"status": status}, times=1)
    assert send() == status
    assert [*Terms().find_bad_events(mockpin)] == []


@allows
@pytest.mark.parametrize(("profile", "bad"), [("lenient", False), ("faithful", False), ("strict", True)])
def test_a_stricter_profile_blames_more(mockpin, send, profile, bad):
    assert send(event_name="my_own") == 200
    lines = [*Terms(profile=profile).find_bad_events(mockpin)]
    assert any("event-name-unknown" in line for line in lines) is bad


def test_whoever_talked_to_the_real_host_is_told_so_first(mockpin):
    guard = Guard()
    guard.hosts.append("api.pinterest.com")
    with pytest.raises(pytest.fail.Exception, match=r"api\.pinterest\.com"):
        Terms(allow_bad_events=True).hold(mockpin, guard)


@pytest.mark.parametrize("name", CHOICES)
def test_every_word_of_the_marker_is_taken_with_each_of_its_values(name):
    for value in CHOICES[name]:
        assert [*find_mistakes(pytest.mark.mockpin(**{name: value}).mark)] == []


def test_every_mistake_in_a_marker_is_told():
    marker = pytest.mark.mockpin("strict", profil="strict", profile="stric").mark
    assert [line.partition(";")[2] or line for line in find_mistakes(marker)] == [
        " write profile='strict' or allow_bad_events=True.",
        " did you mean profile?",
        " did you mean strict?",
    ]


def test_what_the_admin_api_cannot_do_fails_the_test_in_its_own_words():
    with pytest.raises(pytest.fail.Exception, match=r"^No mockpin answers at http://x"), fail_in_words():
        raise AdminUnreachable("http://x", "ConnectError")


def test_an_account_is_named_by_the_environment_while_it_is_open(mockpin_server):
    before = dict(os.environ)
    with open_account(mockpin_server, admin_token=None) as (mock, _):
        assert os.environ["PINTEREST_API_URI"] == mock.api_uri
        assert os.environ["PINTEREST_AD_ACCOUNT_ID"] == mock.ad_account_id
        assert os.environ["PINTEREST_CONVERSION_TOKEN"] == mock.conversion_token
    assert dict(os.environ) == before
