"""`mockpin tail` on a running server, what it prints and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time

import httpx
import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli.commands.tail import (
    choose_queries,
    command,
    describe,
    describe_event,
    describe_exchange,
    find_last,
    follow,
    is_told,
    read_reason,
)
from mockpin.client.admin_client import AdminClient
from tests.mockpin.sending import conversion_event


@pytest.fixture(scope="module")
def mock():
    with MockPin() as mock:
        yield mock


def send(mock, *events, token=None):
    url = f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events"
    headers = {"Authorization": f"Bearer {token or mock.conversion_token}"}
    now = {"event_time": int(time.time())}
    data = [conversion_event(**{**now, **event}) for event in events]
    return httpx.post(url, json={"data": data}, headers=headers, timeout=60)


@pytest.fixture
def tail(mock):
    """Start it, and read a line at a time."""
    started = []

    def start(*flags):
        process = subprocess.Popen(
            [sys.executable, "-m", "mockpin", "tail", "--url", mock.url, *flags],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        started.append(process)
        assert process.stderr.readline() == f"following {mock.url}, Ctrl-C ends it\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("answer", [b'{"ok":true}', b'{"events":[{"a":1}],"next":1}', b'{"events":"x"}'])
@pytest.mark.parametrize("flags", [[], ["--all"]])
def test_another_program_s_answer_is_not_followed(answer, flags, stranger):
    done = CliRunner().invoke(command, ["--url", stranger(200, answer), *flags])
    assert (done.exit_code, done.stdout) == (3, "")
    assert "(200 from another program)" in done.stderr
    assert "following" not in done.stderr


def test_a_line_has_the_verdict_and_the_reason(mock, tail):
    mock.reset()
    process = tail("--all")
    send(mock, {"event_id": "o-1"})
    assert "✓ processed" in (line := process.stdout.readline())
    assert "checkout  o-1  api" in line
    send(mock, {"event_id": "o-2", "event_time": 1})
    assert "✗ failed" in (line := process.stdout.readline())
    assert "timestamp is in the past" in line
    send(mock, {}, token="pina_wrong")
    assert "✗ refused    401" in (line := process.stdout.readline())
    assert "Authentication failed." in line
    assert "pina_wrong" not in line


def test_ctrl_c_ends_it_with_130(tail):
    process = tail()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130


def test_it_ends_when_nobody_reads_any_more(tail):
    process = tail()
    process.stdout.close()
    assert process.wait(20) == 141


def test_a_server_that_is_not_there_is_3():
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "tail", "--url", "http://127.0.0.1:1"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3
    assert "No mockpin answers" in done.stderr


def look(mock, **filters):
    """What one look after another shows, until the second pause."""
    pauses = iter([None])
    records = []
    with AdminClient(mock.url) as admin:
        try:
            records.extend(follow(admin, choose_queries(filters), {}, sleep=lambda _: next(pauses)))
        except (StopIteration, RuntimeError):
            return records


def test_filters_choose_events_and_leave_refusals_out(mock):
    mock.reset()
    send(mock, {"event_id": "o-1"}, {"event_id": "o-2", "event_name": "lead"})
    send(mock, {}, token="pina_wrong")
    assert [record["event_id"] for record in look(mock, event_name="lead")] == ["o-2"]
    assert [record["status"] for record in look(mock, ad_account_id=mock.ad_account_id)] == [
        "processed",
        "processed",
        401,
    ]


def test_without_all_only_what_is_yet_to_come_is_shown(mock):
    send(mock, {"event_id": "before"})
    came = []

    def send_once(_):
        assert not came
        came.append(send(mock, {"event_id": "after"}))

    with AdminClient(mock.url) as admin:
        after = {what: find_last(admin, what) for what in ("events", "requests")}
        assert next(follow(admin, choose_queries({}), after, sleep=send_once))["event_id"] == "after"


def test_a_segment_call_that_no_mapping_takes_has_a_line(mock):
    mock.reset()
    httpx.post(f"{mock.url}/v1/identify", json={"userId": "u"}, auth=(mock.write_key, ""), timeout=60)
    (record,) = look(mock)
    assert "· not sent   POST /v1/identify  identify: " in describe(record)


def test_an_exchange_with_events_has_no_line_beside_theirs():
    assert not is_told({"event_seqs": [1], "status": 422, "body": {}})
    assert not is_told({"event_seqs": [], "status": 200, "body": None})
    assert is_told({"event_seqs": [], "status": 400, "body": None})


def test_json_is_the_record_of_the_admin_api(mock, tail):
    mock.reset()
    process = tail("--json", "--all")
    send(mock, {"event_id": "o-9"})
    assert json.loads(process.stdout.readline())["event_id"] == "o-9"


EVENT = {
    "seq": 7, "status": "processed", "sent_name": "Checkout", "event_id": "o-1", "source": "api",
    "ad_account_id": "549", "test": False, "duplicate_of": None, "findings": [], "error_message": "",
}  # fmt: skip
ERROR, WARNING, INFO = (
    {"rule": severity[0], "severity": severity, "message": "why"} for severity in ("error", "warning", "info")
)


@pytest.mark.parametrize(
    ("fields", "mark", "said"),
    [
        ({}, "✓", "processed  #7  Checkout  o-1  api  549"),
        ({"status": "failed", "error_message": "Old."}, "✗", "failed     #7  Checkout  o-1  api  549  Old."),
        ({"event_id": None, "test": True}, "✓", "processed  #7  Checkout  without id  api  549  test"),
        ({"duplicate_of": 0}, "✓", "processed  #7  Checkout  o-1  api  549  duplicate of #0"),
        ({"findings": [WARNING, ERROR]}, "✓", "processed  #7  Checkout  o-1  api  549  e: why"),
        ({"findings": [INFO, WARNING]}, "✓", "processed  #7  Checkout  o-1  api  549  w: why"),
        ({"findings": [INFO]}, "✓", "processed  #7  Checkout  o-1  api  549"),
    ],
)
def test_an_event_is_one_line_with_its_gravest_finding(fields, mark, said):
    shown, words = describe_event({**EVENT, **fields})
    assert (shown, "  ".join(word for word in words if word)) == (mark, said)


REFUSAL = {"status": 401, "method": "POST", "path": "/v5", "fault": None, "answer": '{"message": "No."}'}


@pytest.mark.parametrize(
    ("fields", "mark", "said"),
    [
        ({}, "✗", "refused    401  POST /v5  No."),
        ({"status": 400, "fault": ""}, "✗", "refused    400  POST /v5  by a fault  No."),
        ({"status": 200, "body": {"segment": []}}, "·", "not sent   POST /v5"),
    ],
)
def test_an_exchange_without_events_is_one_line(fields, mark, said):
    shown, words = describe_exchange({**REFUSAL, **fields})
    assert (shown, "  ".join(word for word in words if word)) == (mark, said)


@pytest.mark.parametrize("answer", ["not JSON", "[]", "5", "{}"])
def test_an_answer_of_another_shape_gives_no_reason(answer):
    assert read_reason({"answer": answer}) == ""
