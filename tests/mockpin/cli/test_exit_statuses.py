"""The exit statuses of docs/cli.md, for every command: one line each of a table."""

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import chdir
from pathlib import Path

import pytest

from mockpin import MockPin
from mockpin.cli import run
from mockpin.cli.command_names import COMMANDS

GOOD = {
    "event_name": "lead",
    "action_source": "web",
    "event_id": "e1",
    "user_data": {"em": ["ab" * 32]},
}
UNREACHABLE = "http://127.0.0.1:9"
WHOSE = ["--ad-account", "{account}", "--token", "{token}"]
CALIBRATED = ["--ad-account", "{account}", "--token-file", "wrong.token", "--yes"]
CLOSED = ["--ad-account", "1", "--token", "t"]

#: A name that no file can have: already looking for the file is an error, as in a folder without access.
TOO_LONG = "x" * 300

#: Command, arguments, status. In braces stands what the fixtures make.
CASES = [
    ("validate", ["good.json", "--ignore-time"], 0),
    ("validate", ["bad.json"], 1),
    ("validate", ["bad.json", "--diff"], 0),
    ("validate", ["upper.json", "--diff"], 1),
    ("validate", ["missing.json"], 2),
    ("validate", [TOO_LONG], 2),
    ("validate", ["good.json", "--jobs", "99999999999999999999"], 2),
    ("validate", ["good.json", "--no-such-option"], 2),
    ("transform", ["track.json"], 0),
    ("transform", ["good.json"], 1),
    ("transform", ["missing.json"], 2),
    ("send", ["good.json", "--to", "{url}", *WHOSE], 0),
    ("send", ["bad.json", "--to", "{url}", *WHOSE], 1),
    ("send", ["good.json", *WHOSE], 2),
    ("send", ["good.json", "--to", "https://api.pinterest.com/v5", *CLOSED], 2),
    ("replay", ["good.json", "--to", "{url}", *WHOSE], 0),
    ("replay", ["bad.json", "--to", "{url}", *WHOSE], 1),
    ("replay", ["good.json", *WHOSE], 2),
    ("replay", ["good.json", "--to", UNREACHABLE, *CLOSED], 3),
    ("hash", ["em", "jo@example.com"], 0),
    ("hash", ["em", " "], 1),
    ("hash", ["emm", "x"], 2),
    ("why-hash", ["ge", "62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a"], 0),
    ("why-hash", ["em", "ab" * 32], 1),
    ("why-hash", ["emm", "x"], 2),
    ("expect", ["--url", "{url}", "--event-name", "nothing-of-the-sort", "--count", "0"], 0),
    ("expect", ["--url", "{url}", "--event-name", "nothing-of-the-sort"], 1),
    ("expect", ["--url", "{url}", "--count", "1", "--at-least", "1"], 2),
    ("expect", ["--url", UNREACHABLE], 3),
    ("wait", ["--url", "{url}"], 0),
    ("wait", ["--timeout", "99999999h"], 2),
    ("wait", ["--url", UNREACHABLE, "--timeout", "0s"], 3),
    ("report", ["--url", "{url}", "--fail-on", "never"], 0),
    ("report", ["--url", "{url}", "--expect", "signup=99"], 1),
    ("report", ["--store", "missing.db"], 2),
    ("report", ["--url", UNREACHABLE], 3),
    ("explain", ["event_time"], 0),
    ("explain", ["event_tim"], 2),
    ("mutate", ["good.json", "--rebase-time"], 0),
    ("mutate", ["bad.json"], 2),
    ("contract", ["diff", "missing.json"], 2),
    ("schema", ["config"], 0),
    ("schema", ["configs"], 2),
    ("serve", ["--port", "{port}"], 2),
    ("serve", ["--rate-limit", "0"], 2),
    ("demo", ["--no-such-option"], 2),
    ("run", ["--report", "none", "--", "true"], 0),
    ("run", ["--", "true"], 1),
    ("run", ["--report", "none", "--", "sh", "-c", "exit 7"], 7),
    ("run", ["--", "no-such-command"], 127),
    ("run", [], 2),
    ("calibrate", ["--dry-run", "--ad-account", "1"], 0),
    ("calibrate", ["--check", "missing.json"], 2),
    ("calibrate", ["--to", "{url}", *CALIBRATED], 2),
    ("calibrate", ["--to", UNREACHABLE, *CALIBRATED], 3),
    ("tail", ["--url", "{url}", "--duplicate", "maybe"], 2),
    ("tail", ["--url", UNREACHABLE], 3),
    ("validate", ["good.json", "--ignore-time", "--baseline", "nowhere/b.json", "--update-baseline"], 3),
    ("validate", ["upper.json", "--ignore-time", "--fix", "--output", "nowhere/fixed.json"], 3),
    ("validate", ["upper.json", "--ignore-time", "--fix", "--output", TOO_LONG], 3),
    ("mutate", ["good.json", "--rebase-time", "--into", "good.json/bad"], 3),
    ("serve", ["--port", "0", "--port-file", "nowhere/port"], 3),
    ("run", ["--report", "html=nowhere/report.html", "--fail-on", "never", "--", "true"], 3),
    ("calibrate", ["--to", "{url}", *CALIBRATED, "--out", "nowhere/calibration.json"], 3),
]  # fmt: skip


@pytest.fixture(scope="module")
def pin():
    with MockPin() as running:
        yield running


@pytest.fixture
def folder(tmp_path):
    now = int(time.time())
    good = {**GOOD, "event_time": now}
    files = {
        "good.json": good,
        "bad.json": {**good, "user_data": {"em": ["jane@example.com"]}},
        "upper.json": {**good, "user_data": {"em": ["AB" * 32]}},
        "track.json": {
            "type": "track",
            "event": "Order Completed",
            "messageId": "m1",
            "timestamp": "2026-09-21T14:00:00.000Z",
            "properties": {"email": "jane@example.com"},
        },
    }
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content))
    (tmp_path / "wrong.token").write_text("not-this-one")
    return tmp_path


@pytest.fixture(scope="module")
def port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def run_here(words):
    """The exit status of a command line, run in this process."""
    try:
        return run(words)
    except SystemExit as ended:
        return ended.code


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {' '.join(case[1])} -> {case[2]}")
def test_a_command_ends_with_the_status_that_its_page_says(pin, folder, port, case, capsys):
    command, arguments, status = case
    made = {"url": pin.url, "account": pin.ad_account_id, "token": pin.conversion_token, "port": port}
    with chdir(folder):
        ended = run_here([command, *(argument.format(**made) for argument in arguments)])
    out, err = capsys.readouterr()
    assert ended == status, err
    assert "fault of mockpin" not in err
    assert "jane@example.com" not in out + err


def test_every_command_is_in_the_table():
    assert set(COMMANDS) == {command for command, _, _ in CASES}


#: Command lines that wait for something, and what they say when they do.
WAITING = [
    (["tail", "--url", "{url}"], b"Ctrl-C ends it"),
    (["run", "--report", "none", "--", "sh", "-c", "echo begun >&2; exec sleep 60"], b"begun"),
]


@pytest.mark.parametrize(
    ("words", "begun"), WAITING, ids=lambda value: value[0] if isinstance(value, list) else ""
)
def test_an_interrupted_command_ends_with_130(pin, folder, words, begun):
    command = [sys.executable, "-m", "mockpin", *(word.format(url=pin.url) for word in words)]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    while begun not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_cannot_be_written_ends_with_3(folder):
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "mockpin", "explain"]
        done = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
