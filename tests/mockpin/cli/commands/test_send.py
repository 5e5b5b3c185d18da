"""`mockpin send` as a user runs it, against a running emulator."""

import json
import re
import signal
import stat
import subprocess
import sys
import time
from contextlib import chdir

import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli.commands.send import command, deliver
from mockpin_transformer import Sender
from tests.conftest import FIXTURES
from tests.mockpin.terminals import terminal

LEAD = {"event_name": "lead", "action_source": "web", "event_time": int(time.time())}
LEAD["user_data"] = {"em": ["0" * 64]}
ORDER = json.loads((FIXTURES / "segment_events" / "web-order-completed.json").read_text("utf-8"))["event"]


def order(number):
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
    return {**ORDER, "messageId": f"m{number}", "timestamp": stamp}


@pytest.fixture(scope="module")
def pin():
    with MockPin() as running:
        yield running


@pytest.fixture
def folder(tmp_path):
    with chdir(tmp_path):
        yield tmp_path


def run(pin, *arguments, text=None, token=None):
    environment = {
        "PINTEREST_AD_ACCOUNT_ID": pin.ad_account_id,
        "PINTEREST_CONVERSION_TOKEN": token or pin.conversion_token,
        "PINTEREST_API_URI": pin.api_uri,
    }
    return CliRunner().invoke(command, arguments, input=text, env=environment)


def lines(*events):
    return "".join(json.dumps(event) + "\n" for event in events)


def events_in(folder):
    return [json.loads(line) for line in (folder / "failed-events.jsonl").read_text().splitlines()]


def test_whose_events_they_are_is_asked_before_any_is_read(folder):
    to = ["--to", "http://127.0.0.1:1"]
    done = CliRunner().invoke(command, ["-", *to], input=lines({"type": "track", "event": "Other"}), env={})
    assert done.exit_code == 2
    assert "no mapping takes" not in done.stderr
    assert "--ad-account or PINTEREST_AD_ACCOUNT_ID" in done.stderr


def test_segment_events_are_converted_and_sent_in_batches(pin, folder):
    done = run(pin, "-", "--batch-size", "2", text=lines(*map(order, range(3))))
    assert done.stdout == "3 processed, 0 failed, 2 batches, 2 attempts\n"
    assert done.stderr == "2 of 3 events tried\n3 of 3 events tried\n"
    assert (done.exit_code, list(folder.iterdir())) == (0, [])


def test_failed_events_are_kept_for_their_owner_and_sent_again(pin, folder):
    done = run(pin, "-", text=lines(order(10), order(11)), token="wrong")
    assert done.exit_code == 1
    assert "standard input:1: event m10 failed: 401 Unauthorized" in done.stderr
    kept = folder / "failed-events.jsonl"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "The conversion token is wrong: give the ad account's own with --token" in done.stderr
    assert "To send them again: mockpin send failed-events.jsonl\n" in done.stderr
    again = run(pin, "failed-events.jsonl")
    assert again.stdout == "2 processed, 0 failed, 1 batch, 1 attempt\n"
    assert kept.read_text() == ""


def test_what_failed_before_is_not_lost(pin, folder):
    for number in (20, 21):
        run(pin, "-", text=lines(order(number)), token="wrong")
    kept = (folder / "failed-events.jsonl").read_text().splitlines()
    assert [json.loads(item)["event_id"] for item in kept] == ["m20", "m21"]


def test_a_dry_run_prints_the_payloads_and_sends_nothing(pin, folder):
    before = len(pin.events())
    done = CliRunner().invoke(command, ["-", "--dry-run"], input=lines(order(30)))
    assert json.loads(done.stdout)["data"][0]["event_id"] == "m30"
    assert done.stderr == "1 event in 1 batch would be sent.\n"
    assert len(pin.events()) == before


def test_an_event_that_cannot_be_converted_stops_no_other(pin, folder):
    nobody = {"type": "page", "messageId": "m40", "context": {}}
    done = run(pin, "-", text=lines(nobody, order(41), {"type": "alias"}))
    assert done.stdout.startswith("1 processed, 0 failed")
    assert "standard input:1: Page Visit: AggregateAjvError" in done.stderr
    assert "standard input:3: no mapping takes this event" in done.stderr
    assert done.exit_code == 1


def test_what_is_not_an_event_is_not_passed_over(pin, folder):
    text = json.dumps({"events": [LEAD]}) + "\n" + json.dumps({"data": [1, LEAD | {"event_id": "m45"}]})
    done = run(pin, "-", text=text)
    assert (done.exit_code, done.stdout) == (1, "1 processed, 0 failed, 1 batch, 1 attempt\n")
    assert "standard input:1: this is not an event" in done.stderr
    assert "standard input:2#0: this is not an event" in done.stderr


def test_a_conversion_event_is_sent_as_it_is_and_its_failure_shows_no_plain_text(pin, folder):
    event = {
        "event_name": "lead",
        "action_source": "web",
        "event_time": int(time.time()),
        "event_id": "m50",
        "user_data": {"em": "ada@example.com"},
    }
    done = run(pin, "-", text=json.dumps({"data": [event]}))
    assert done.exit_code == 1
    assert "400 Bad Request" in done.stderr
    assert "ada" not in done.stderr


def test_an_event_id_that_is_an_email_address_is_not_shown(pin, folder):
    done = run(pin, "-", text=lines(LEAD | {"event_id": "ada@example.com"}), token="wrong")
    assert "standard input:1: event aaa@aaaaaaa.aaa failed" in done.stderr
    assert "ada" not in done.output


def test_a_failed_event_with_a_plain_match_key_is_named_and_not_written(pin, folder):
    plain = {"event_name": "lead", "event_id": "m51", "user_data": {"em": ["ada@example.com"]}}
    done = run(pin, "-", text=lines(order(52), plain), token="wrong")
    kept = (folder / "failed-events.jsonl").read_text()
    assert [json.loads(line)["event_id"] for line in kept.splitlines()] == ["m52"]
    assert "standard input:2: not kept in failed-events.jsonl, because a match key" in done.stderr
    assert "The other failed events are in failed-events.jsonl" in done.stderr
    assert "ada" not in kept + done.output


def test_a_token_that_no_header_can_carry_is_a_usage_error(pin, folder):
    done = run(pin, "-", text=lines(order(55)), token="secret\nsecret")
    assert (done.exit_code, "secret" in done.output) == (2, False)


def test_a_server_is_named_with_v5_or_without(pin, folder):
    for number, url in enumerate((pin.url, pin.api_uri), start=57):
        done = run(pin, "-", "--to", url, text=lines(order(number)))
        assert (done.exit_code, done.stdout) == (0, "1 processed, 0 failed, 1 batch, 1 attempt\n")


def test_an_address_that_is_none_is_a_usage_error(folder):
    done = CliRunner().invoke(command, ["-", "--to", "nonsense"], input=lines(order(56)))
    assert (done.exit_code, "This is not the URL of a server" in done.stderr) == (2, True)


def test_credentials_are_needed(folder):
    done = CliRunner().invoke(command, ["-", "--to", "http://127.0.0.1:1"], input=lines(order(60)))
    assert (done.exit_code, "PINTEREST_AD_ACCOUNT_ID" in done.stderr) == (2, True)


def test_bad_input_sends_nothing(pin, folder):
    before = len(pin.requests())
    done = run(pin, "-", text=lines(order(70)) + "{\n")
    assert (done.exit_code, len(pin.requests())) == (2, before)


def test_a_folder_that_cannot_be_written_is_named(pin, folder):
    done = run(pin, "-", "--failed", "nowhere/failed.jsonl", text=lines(order(80)), token="wrong")
    assert (done.exit_code, "cannot be written to nowhere/failed.jsonl" in done.stderr) == (3, True)


def test_many_failures_are_counted(pin, folder):
    done = run(pin, "-", text=lines(*map(order, range(100, 125))), token="wrong")
    assert "... and 5 more." in done.stderr


def test_a_test_request_is_not_recorded(pin, folder):
    before = len(pin.events(test="false"))
    assert run(pin, "-", "--test", text=lines(order(90))).exit_code == 0
    assert len(pin.events(test="false")) == before


def test_the_event_that_has_its_batch_refused_is_named_and_the_others_are_not_blamed(pin, folder):
    good = {"event_name": "lead", "action_source": "web", "event_time": int(time.time())}
    good["user_data"] = {"em": ["0" * 64], "ln": ["Lovelace"]}
    bad = {**good, "event_id": "bad", "user_data": {"em": "Lovelace"}}
    batch = [{**good, "event_id": "g1"}, bad, {**good, "event_id": "g2"}]
    done = run(pin, "-", text=lines(*batch))
    assert "standard input:2: event bad failed: 400 Bad Request: " in done.stderr
    assert "2 other events were refused for being in the same batch" in done.stderr
    assert "event g1" not in done.stderr
    assert "Lovelace" not in done.output
    assert (done.exit_code, done.stdout) == (1, "0 processed, 3 failed, 1 batch, 1 attempt\n")


def batch_with_a_malformed_event(number):
    good = [LEAD | {"event_id": f"m{number}-{letter}"} for letter in "ab"]
    return good[0], LEAD | {"event_id": f"m{number}-bad", "even_name": "x"}, good[1]


def ids_in(path):
    return [json.loads(line)["event_id"] for line in path.read_text().splitlines()]


def test_a_malformed_event_and_the_others_of_its_batch_are_kept_in_two_files(pin, folder):
    done = run(pin, "-", text=lines(*batch_with_a_malformed_event(140)))
    assert ids_in(folder / "malformed-events.jsonl") == ["m140-bad"]
    assert ids_in(folder / "failed-events.jsonl") == ["m140-a", "m140-b"]
    assert "The malformed events are in malformed-events.jsonl. Correct them, then: mockpin" in done.stderr


def test_malformed_events_can_be_left_out_and_the_rest_sent(pin, folder):
    done = run(pin, "-", "--skip-invalid", text=lines(*batch_with_a_malformed_event(150)))
    assert (done.exit_code, done.stdout) == (1, "2 processed, 1 failed, 1 batch, 1 attempt\n")
    assert "standard input:2: event m150-bad failed: 400 Bad Request: " in done.stderr
    assert [path.name for path in folder.iterdir()] == ["malformed-events.jsonl"]
    assert {"m150-a", "m150-b"} <= {event["event_id"] for event in pin.events()}


def test_the_hint_repeats_every_option_but_no_token(pin, folder):
    token = "pina_secret"
    options = ["--to", pin.url, "--batch-size", "7", "--ad-account", pin.ad_account_id, "--token", token]
    done = CliRunner().invoke(command, ["-", *options, "--skip-invalid"], input=lines(order(160)))
    told = f"mockpin send failed-events.jsonl --to {pin.url} --ad-account {pin.ad_account_id} --token TOKEN"
    assert f"{told} --batch-size 7 --skip-invalid\n" in done.stderr
    assert token not in done.output


def test_without_a_server_nothing_is_sent(folder):
    whose = {"PINTEREST_AD_ACCOUNT_ID": "1", "PINTEREST_CONVERSION_TOKEN": "t"}
    done = CliRunner().invoke(command, ["-"], input=lines(order(170)), env=whose)
    assert (done.exit_code, "or --to pinterest for the real service" in done.stderr) == (2, True)


def test_a_terminal_shows_how_much_is_sent(pin):
    sender = Sender(pin.ad_account_id, pin.conversion_token, api_uri=f"{pin.url}/v5")
    with terminal() as shown:
        receipt = deliver(sender, [LEAD | {"event_id": "m180"}])
    assert receipt.processed == 1
    assert re.search("sending .*100%", shown.getvalue())


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--to", "https://api.pinterest.com.evil.test/v5"], {}, None),
        (["--to", "https://ct.pinterest.com"], {}, "write --to pinterest"),
        ([], {"PINTEREST_API_URI": "https://api.pinterest.com/v5"}, "write --to pinterest"),
        ([], {"MOCKPIN_TO": "pinterest"}, "on the command line itself"),
        ([], {"PINTEREST_API_URI": "https://api-sandbox.pinterest.com/v5"}, "write --to pinterest"),
    ],
)
def test_the_real_service_must_be_spelled_out_on_the_command_line(folder, arguments, environment, said):
    whose = {"PINTEREST_AD_ACCOUNT_ID": "1", "PINTEREST_CONVERSION_TOKEN": "t"}
    runner = CliRunner(env={**whose, **environment})
    done = runner.invoke(command, ["-", *arguments], input="{\n")  # unreadable: nothing can be sent
    assert done.exit_code == 2
    assert said is None or said in done.stderr


def test_an_offline_event_that_may_have_been_processed_is_not_offered_to_be_sent_again(pin, folder):
    pin.faults.add(fault={"truncate": 5}, times=1)
    done = run(pin, "-", text=lines(LEAD | {"event_id": "m120", "action_source": "offline"}))
    assert "(it may have been processed all the same)" in done.stderr
    assert "find out whether they arrived before you send them again" in done.stderr
    assert "To send them again" not in done.stderr
    assert [path.name for path in folder.iterdir()] == ["failed-events-unconfirmed.jsonl"]


def interrupt(pin, folder, *, again=False):
    """The exit status of a command that is interrupted over its second batch of three, and what it says.

    `again` has Ctrl-C pressed again and again until it is gone.
    """
    sales = [LEAD | {"event_name": text, "event_id": f"m13{text}"} for text in ("lead", "search", "signup")]
    pin.faults.add(event_name="search", fault={"delay_ms": 60_000}, times=1)
    to = ["--to", pin.url, "--ad-account", pin.ad_account_id, "--token", pin.conversion_token]
    (folder / "sales.jsonl").write_text(lines(*sales))
    process = subprocess.Popen(
        [sys.executable, "-m", "mockpin", "send", "sales.jsonl", "--batch-size", "1", *to],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr.readline() == "1 of 3 events tried\n"
    process.send_signal(signal.SIGINT)
    while again and process.poll() is None:
        process.send_signal(signal.SIGINT)
    said, told = process.communicate(timeout=60)
    pin.faults.clear()
    return process.returncode, said, told


def test_an_interrupted_command_keeps_what_was_not_confirmed(pin, folder):
    status, said, told = interrupt(pin, folder)
    assert (status, said) == (130, "1 processed, 2 failed, 2 batches, 2 attempts\n")
    assert told.startswith("Interrupted: keeping the events that were not confirmed.\n")
    assert "sales.jsonl:2: event m13search failed: interrupted before the answer came" in told
    assert "sales.jsonl:3: event m13signup failed: interrupted before it was sent" in told
    assert [event["event_name"] for event in events_in(folder)] == ["search", "signup"]


def test_without_a_file_it_is_said_what_is_missing():
    done = CliRunner().invoke(command, [])
    assert (done.exit_code, "Missing argument 'FILE...|-'" in done.stderr) == (2, True)


def test_ctrl_c_pressed_again_loses_nothing(pin, folder):
    status, _, _ = interrupt(pin, folder, again=True)
    assert status in {130, -signal.SIGINT}
    assert [event["event_name"] for event in events_in(folder)] == ["search", "signup"]


def test_an_ad_account_of_somebody_else_is_told(pin, folder):
    done = CliRunner().invoke(
        command,
        ["-", "--to", pin.url, "--ad-account", "999", "--token", pin.conversion_token],
        input=lines(order(95)),
    )
    assert "is not this ad account's: check --ad-account" in done.stderr
