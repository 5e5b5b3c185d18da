"""`mockpin validate` as a process: on a terminal, and interrupted."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.mockpin.terminals import read_to_the_end

EVENT = {
    "event_name": "lead",
    "action_source": "web",
    "event_time": 1_790_000_000,
    "event_id": "e1",
    "user_data": {"em": ["9" * 64]},
    "custom_data": {"content_name": "x" * 300},
}
LINE = json.dumps(EVENT).encode() + b"\n"
COMMAND = (sys.executable, "-m", "mockpin", "validate", "--ignore-time")


def test_payloads_are_judged_without_what_converts_segment_events(tmp_path):
    command = [sys.executable, "-X", "importtime", *COMMAND[1:], "-"]
    done = subprocess.run(command, input=LINE, capture_output=True, check=False, cwd=tmp_path)
    assert b"1 event in standard input" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "mockpin_validator.judging.judge" in loaded
    assert loaded & {"mockpin_transformer", "flask", "granian", "httpx", "jsonschema", "ua_parser"} == set()


def test_ctrl_c_prints_what_was_found_so_far():
    process = subprocess.Popen(
        [*COMMAND, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(LINE * 3_000)  # more than the pipe holds: when this returns, most was judged
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"Interrupted: this is what was found so far." in out
    assert b"2,000 events in standard input" in out
    assert b"Judged as far as line 2,000 of standard input." in out


def test_ctrl_c_pressed_again_ends_every_process_too(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(LINE * 200_000)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "--jobs", "2", str(path)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    shown = b""
    while not re.search(rb"[1-9]\d*,\d+ events", shown):  # from then on there are processes to end
        shown += os.read(ours, 65_536)
    for _ in range(20):
        process.send_signal(signal.SIGINT)
    with ThreadPoolExecutor() as reader:  # a terminal that nobody reads would hold the command up
        reader.submit(read_to_the_end, ours)
        process.communicate(timeout=120)
    os.close(ours)
    assert process.returncode in {130, -signal.SIGINT}


def test_a_terminal_gets_a_progress_bar_and_a_pipe_gets_none(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(LINE * 5_000)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    command = [*COMMAND, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    shown = read_to_the_end(ours)
    said, _ = process.communicate()
    os.close(ours)
    assert b"events," in shown
    assert b"a second" in shown
    assert (process.returncode, b"5,000 events in 1 file" in said) == (0, True)
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stderr == b""
