import json
import time

import httpx
import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli.commands.expect import command


@pytest.fixture(scope="module")
def mock():
    with MockPin() as mock:
        event = {
            "event_name": "checkout",
            "event_id": "e1",
            "action_source": "web",
            "event_time": int(time.time()),
            "user_data": {"em": ["a" * 64]},
            "custom_data": {"order_id": "12", "num_items": 2},
        }
        httpx.post(
            f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events",
            json={"data": [event]},
            headers={"Authorization": f"Bearer {mock.conversion_token}"},
            timeout=60,
        ).raise_for_status()
        yield mock


@pytest.fixture
def run(mock):
    return lambda *args: CliRunner().invoke(command, ["--url", mock.url, *args])


def test_events_that_are_there_are_printed(run):
    done = run("--event-name", "checkout", "--count", "1", "--status", "processed", "--test", "false")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["event_id"] == "e1"


def test_a_payload_value_is_a_text_or_with_a_colon_json(run):
    assert run("--payload", "custom_data.order_id=12", "--payload", "custom_data.num_items:=2").exit_code == 0
    assert run("--payload", "custom_data.order_id:=12").exit_code == 1


@pytest.mark.parametrize(
    ("path", "near"),
    [("custom_data.oder_id", "custom_data.order_id"), ("evnt_name", "event_name"), ("event_id", None),
     ("custom_data.contents.0.size", None), ("user_data.em.0", None)],
)  # fmt: skip
def test_a_path_that_pinterest_does_not_know_is_told_with_the_one_that_is_near(run, path, near):
    done = run("--payload", f"{path}:=null")
    assert done.stdout == ""
    said = f"Note: Pinterest knows no field {path}; did you mean {near}?\n"
    assert (said in done.stderr) is (near is not None)


def test_plain_text_cannot_be_expected(run):
    done = run("--payload", "user_data.em.0=jane@x.test")
    assert done.exit_code == 2
    assert "payload.user_data.em.0 is plain text" in done.stderr
    assert "jane" not in done.stderr


def test_a_miss_exits_with_1_and_says_on_standard_error_what_came_closest(run):
    done = run("--event-name", "checkout", "--payload", "custom_data.order_id=13")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "✗ payload.custom_data.order_id  expected '13', received '12'" in done.stderr


@pytest.fixture
def refused(mock):
    """A further ad account of the server, to which a request was sent that was refused."""
    with MockPin(url=mock.url) as other:
        headers = {"Authorization": f"Bearer {other.conversion_token}"}
        url = f"{other.api_uri}/ad_accounts/{other.ad_account_id}/events"
        answer = httpx.post(url, json={"data": [{"event_name": "lead"}]}, headers=headers, timeout=60)
        assert answer.status_code == 400
        yield "--ad-account-id", other.ad_account_id


def test_a_refused_request_is_told_where_an_event_is_missing(run, refused):
    said = "1 request was refused (400): Invalid request: 'action_source' is a required property"
    assert said in run("--event-name", "lead", *refused).stderr


def test_a_refused_request_is_told_where_a_step_of_a_journey_is_missing(run, refused, tmp_path):
    journey = tmp_path / "journey.toml"
    journey.write_text('[[expect]]\nevent_name = "lead"\n')
    assert "1 request was refused (400)" in run("--journey", str(journey), *refused).stderr


def test_another_ad_account_s_refused_request_is_not_told(run, mock, refused):
    done = run("--event-name", "lead", "--ad-account-id", mock.ad_account_id)
    assert (done.exit_code, "refused" in done.stderr) == (1, False)


def test_only_what_came_after_a_number_counts(run):
    assert run("--after", "1").exit_code == 1


def test_a_journey_is_checked_step_by_step(run, tmp_path):
    journey = tmp_path / "journey.toml"
    journey.write_text('[[expect]]\nevent_name = "checkout"\n')
    assert "✓ at least 1" in run("--journey", str(journey)).stdout
    journey.write_text('[[expect]]\nevent_name = "lead"\n')
    done = run("--journey", str(journey))
    assert done.exit_code == 1
    assert "✗ at least 1 event with event_name='lead'; 0 came" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--payload", "order_id"), "is not PATH=TEXT"),
        (("--payload", "a:=x"), "is not JSON"),
        (("--timeout", "soon"), "is not a length of time"),
        (("--status", "good"), "'processed', 'failed'"),
        (("--url", "ftp://x"), "is not the URL of a server"),
        (("--url", "http://[x"), "is not the URL of a server"),
        (("--journey", "missing.toml"), "cannot be read"),
        (
            ("--journey", "j.toml", "--count", "3", "--timeout", "3s"),
            "A --journey has its own events, counts and times: leave out --count, --timeout.",
        ),
        (("--count", "1", "--at-least", "2"), "--count and --at-least exclude each other"),
        (("--duplicate", "maybe"), "'maybe' is neither true nor false"),
        (("--admin-token", "é"), "no HTTP header can carry"),
        (("--admin-token", "a\nb"), "no HTTP header can carry"),
        (("--timeout", "11m"), "body /timeout_ms: 660000 is greater than the maximum of 600000"),
    ],
)
def test_what_cannot_be_understood_exits_with_2_and_says_why(run, args, said):
    done = run(*args)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_file_that_is_not_a_journey_is_told(run, tmp_path):
    journey = tmp_path / "journey.toml"
    journey.write_text("[[expect]]\nevnt = 1\n")
    done = run("--journey", str(journey))
    assert done.exit_code == 2
    assert "unknown key 'evnt'" in done.stderr


def test_nobody_at_the_url_exits_with_3():
    done = CliRunner().invoke(command, ["--url", "http://127.0.0.1:1"])
    assert done.exit_code == 3
    assert "is the server running there?" in done.stderr
