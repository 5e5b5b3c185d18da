import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli.commands.replay import command
from mockpin.strategies.mutations import mutate

OLD = {
    "event_name": "lead",
    "event_id": "e1",
    "action_source": "web",
    "event_time": 1_500_000_000,
    "user_data": {"em": ["a" * 64]},
}


@pytest.fixture
def mock():
    with MockPin() as mock:
        yield mock


@pytest.fixture
def run(mock):
    account = ("--ad-account", mock.ad_account_id, "--token", mock.conversion_token)
    return lambda *args, **more: CliRunner().invoke(command, ["--to", mock.url, *account, *args], **more)


def write(tmp_path, *documents):
    file = tmp_path / "recorded.jsonl"
    file.write_text("\n".join(json.dumps(document) for document in documents))
    return str(file)


def test_a_recorded_payload_is_sent_as_it_was(mock, run, tmp_path):
    done = run(write(tmp_path, {"data": [OLD]}))
    assert done.exit_code == 1
    assert done.stdout == "0 of 1 event processed in 1 request\n"
    assert done.stderr.startswith("request 1: 422, 0 of 1 processed: ")
    assert "event_time" in done.stderr
    assert mock.events()[0]["event_time"] == OLD["event_time"]


def test_without_a_server_it_says_where_one_is_named(tmp_path):
    given = ["--ad-account", "1", "--token", "pina_x", write(tmp_path, OLD)]
    done = CliRunner(env={}).invoke(command, given)
    assert done.exit_code == 2
    assert "Say with --to where to send" in done.stderr


def test_a_file_has_to_be_named(run):
    done = run()
    assert (done.exit_code, "Missing argument 'FILE...|-'" in done.stderr) == (2, True)


def test_its_time_can_be_moved_to_the_present(mock, run, tmp_path):
    before = int(time.time())
    done = run(
        write(tmp_path, OLD, OLD | {"event_id": "e2", "event_time": OLD["event_time"] - 60}), "--rebase-time"
    )
    assert done.exit_code == 0
    times = [event["event_time"] for event in mock.events()]
    assert times[0] >= before
    assert times[0] - times[1] == 60


def test_what_the_emulator_recorded_can_be_sent_again(mock, run, tmp_path):
    run(write(tmp_path, OLD), "--rebase-time")
    recorded = {"requests": mock.requests()}
    assert run(write(tmp_path, recorded)).exit_code == 0
    assert [event["duplicate_of"] is None for event in mock.events()] == [True, False]


def test_what_mutate_writes_is_sent_as_it_was(mock, run, tmp_path):
    good = OLD | {"event_time": int(time.time())}
    bodies = [bad for bad in mutate({"data": [good]}) if bad.payload is not None]
    assert run(write(tmp_path, *(bad.payload for bad in bodies))).exit_code == 1
    assert [request["status"] for request in mock.requests()] == [bad.status for bad in bodies]


def test_test_requests_can_be_sent(mock, run, tmp_path):
    assert run(write(tmp_path, OLD), "--rebase-time", "--test").exit_code == 0
    assert mock.events()[0]["test"]


def test_gzip_and_standard_input_are_read(run, tmp_path):
    file = tmp_path / "recorded.json.gz"
    file.write_bytes(gzip.compress(json.dumps(OLD).encode()))
    assert run(str(file), "--rebase-time").exit_code == 0
    assert run("-", "--rebase-time", input=json.dumps(OLD)).exit_code == 0


def test_a_refused_request_is_not_an_end(run, tmp_path):
    done = run(write(tmp_path, {"data": []}, {"data": 1}, [OLD]), "--rebase-time")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "1 of 2 events processed in 3 requests"


@pytest.mark.parametrize(("text", "said"), [("{", "line 1, column"), ('{"data": NaN}', "line 1, column")])
def test_what_is_not_json_exits_with_2_and_its_line(run, tmp_path, text, said):
    file = tmp_path / "recorded.json"
    file.write_text(text)
    done = run(str(file))
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_refusal_is_given_with_its_reason(mock, run, tmp_path):
    assert (
        "request 1: 400, 0 of 0 processed: Invalid request: [] " in run(write(tmp_path, {"data": []})).stderr
    )
    to = ["--to", mock.url, "--ad-account", mock.ad_account_id]
    done = CliRunner().invoke(command, [write(tmp_path, OLD), *to], env={"MOCKPIN_TOKEN": "wrong"})
    assert done.exit_code == 1
    assert "request 1: 401, 0 of 1 processed: Authentication failed" in done.stderr


def test_account_and_token_come_from_the_environment_too(mock, tmp_path):
    for prefix, account in (("MOCKPIN", "AD_ACCOUNT"), ("PINTEREST", "AD_ACCOUNT_ID")):
        token = "TOKEN" if prefix == "MOCKPIN" else "CONVERSION_TOKEN"
        env = {f"{prefix}_{account}": mock.ad_account_id, f"{prefix}_{token}": mock.conversion_token}
        args = [write(tmp_path, OLD), "--rebase-time", "--to", mock.url]
        assert CliRunner().invoke(command, args, env=env).exit_code == 0


def test_segment_events_are_told_apart_from_payloads(mock, run, tmp_path):
    done = run(write(tmp_path, {"type": "track", "event": "Order Completed"}))
    assert done.exit_code == 2
    assert "mockpin send converts" in done.stderr
    assert mock.events() == []


def test_a_file_that_is_cut_off_is_told_before_anything_is_sent(mock, run, tmp_path):
    file = tmp_path / "recorded.jsonl.gz"
    lines = "\n".join(json.dumps(OLD | {"event_id": str(n)}) for n in range(2000))
    file.write_bytes(gzip.compress(lines.encode())[:-2000])
    done = run(str(file), "--rebase-time")
    assert done.exit_code == 2
    assert "The compressed file is cut off" in done.stderr
    assert mock.requests() == []


def test_a_byte_order_mark_does_no_harm(run, tmp_path):
    file = tmp_path / "recorded.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(OLD).encode())
    assert run(str(file), "--rebase-time").exit_code == 0


def test_a_token_that_no_header_can_carry_is_refused_and_not_shown(run, tmp_path):
    done = run(write(tmp_path, OLD), "--token", "pina_secr€t")
    assert done.exit_code == 2
    assert "secr" not in done.stderr


def test_a_missing_file_exits_with_2(run):
    done = run("missing.json")
    assert done.exit_code == 2
    assert "missing.json" in done.stderr


def test_an_answer_that_is_not_json_processed_nothing(mock, run, tmp_path):
    mock.faults.add(fault={"garbage": True})
    assert "request 1: 200, 0 of 1 processed" in run(write(tmp_path, OLD), "--rebase-time").stderr


@pytest.mark.parametrize(
    ("headers", "body", "status"), [({"Content-Encoding": "gzip"}, b"{}", 3), ({}, b"[" * 100_000, 1)]
)
def test_a_strange_answer_is_not_a_fault_of_ours(tmp_path, headers, body, status):
    class Strange(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said):
            pass

    with HTTPServer(("127.0.0.1", 0), Strange) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        to = ["--to", f"http://127.0.0.1:{server.server_port}", "--ad-account", "1", "--token", "t"]
        done = CliRunner().invoke(command, [write(tmp_path, OLD), *to])
    assert done.exit_code == status
    assert isinstance(done.exception, SystemExit)


def test_a_server_that_is_gone_exits_with_3(tmp_path):
    to = ["--to", "http://127.0.0.1:1/v5", "--ad-account", "1", "--token", "t"]
    done = CliRunner().invoke(command, [write(tmp_path, OLD), *to])
    assert done.exit_code == 3
    assert "Request 1 had no answer" in done.stderr
