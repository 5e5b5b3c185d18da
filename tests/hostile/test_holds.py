"""No large or slow request holds up a small one: each once held one up for 0.4 to 10 seconds."""

import itertools
import threading
import time
from contextlib import closing, suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPException

import orjson
import pytest

from tests.hostile.calm import measure_slowness, measure_use
from tests.mockpin.sending import AD_ACCOUNT_ID, HASH, TOKEN, conversion_event
from tests.mockpin.serve_process import Serving

pytestmark = pytest.mark.slow_hostile
SIZE = 9_000_000
#: Seconds. A small request is late by its own work, too, and may wait for the collector of garbage.
LONGEST_HOLD = 0.25
EVENTS = f"/v5/ad_accounts/{AD_ACCOUNT_ID}/events"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def fill(part, *, around):
    """A body of about `SIZE` bytes: many of one part within something else."""
    return around % (part * (SIZE // len(part)) + b"1")


def event(**fields):
    return orjson.dumps({"data": [conversion_event(**fields)]})


def person(**match_keys):
    return event(user_data={"em": [HASH], **match_keys})


CASES = {
    "unknown birth date": (EVENTS, JSON, person(db=[sha256(b"no date").hexdigest()])),
    "nested lists": (EVENTS, JSON, fill(b"[[]],", around=b'{"data":[%s]}')),
    "deep lists": (EVENTS, JSON, fill(b"[" * 90 + b"]" * 90 + b",", around=b'{"data":[{"a":[%s]}]}')),
    "too deep": (EVENTS, JSON, b"[" * (SIZE // 2) + b"]" * (SIZE // 2)),
    "many names": (EVENTS, JSON, event(**{f"name {number}": 1 for number in range(150_000)})),
    "many unknown match keys": (EVENTS, JSON, person(**{f"k{number}": 1 for number in range(150_000)})),
    "a long text": (EVENTS, JSON, event(event_id="x@y%40" * (SIZE // 6))),
    "many hashes": (EVENTS, JSON, person(em=[HASH] * (SIZE // 67))),
    "many texts that are not hashes": (EVENTS, JSON, person(em=["a@b.c"] * 200_000)),
    "many products": (EVENTS, JSON, event(custom_data={"contents": [{"id": "1"}] * 150_000})),
    "many bad events": (EVENTS, JSON, orjson.dumps({"data": [conversion_event(event_name="Bad")] * 1_000})),
    "a form of JSON": ("/v3/", FORM, fill(b"[[]],", around=b'tid=2&event=checkout&ed={"a":[%s]}')),
    "a form of escapes": ("/v3/", FORM, fill(b"%7B%22a%22%3A", around=b"tid=2&event=checkout&ed=%s")),
    "a Segment call": ("/v1/track", JSON, fill(b"[[]],", around=b'{"type":"track","properties":{"a":[%s]}}')),
}


def send(connection, path, kind, body):
    """Send a request; the status of its answer."""
    connection.request("POST", path, body, {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind})
    answer = connection.getresponse()
    answer.read()
    return answer.status


class Witness:
    """Sends small requests one after another, each as soon as the last was answered, until it is told to end.

    `waits` are the seconds for which each waited. Of a wait counts what the server worked meanwhile, relative
    to the slowness of the machine: on a busy machine the wait itself says nothing.
    """

    def __init__(self, port, pid):
        self._port, self._pid = port, pid
        self._numbers, self._ended, self._began = itertools.count(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._slowness = measure_slowness()
        self.waits = []

    def __enter__(self):
        self._thread.start()
        assert self._began.wait(60)
        return self

    def __exit__(self, *_error):
        self._ended.set()
        self._thread.join(60)

    def _watch(self):
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as connection:
            self._send(connection)
            self._began.set()
            while not self._ended.wait(0.005):
                self.waits.append(self._send(connection))

    def _send(self, connection):
        began, (used, _) = time.monotonic(), measure_use(self._pid)
        send(connection, EVENTS, JSON, event(event_id=f"small {next(self._numbers)}"))
        return min(time.monotonic() - began, measure_use(self._pid)[0] - used) / self._slowness


def longest_wait(case, directory):
    """Seconds: the longest wait of a small request while a new server takes a hostile one."""
    flags = ("--account", f"{AD_ACCOUNT_ID}={TOKEN}", "--rate-limit", "off", "--history", "2000")
    with Serving(directory, *flags) as serving:
        for stream in (serving.process.stdout, serving.process.stderr):
            threading.Thread(target=stream.read, daemon=True).start()
        port = int(serving.url.rpartition(":")[2])
        with Witness(port, serving.process.pid) as witness:
            with (
                closing(HTTPConnection("127.0.0.1", port, timeout=300)) as connection,
                suppress(OSError, HTTPException),
            ):
                assert send(connection, *CASES[case]) != 500
            time.sleep(0.1)  # what is freed after the answer counts, too
    return max(witness.waits)


@pytest.mark.parametrize("case", CASES)
def test_a_small_request_does_not_wait_for_a_hostile_one(tmp_path, case):
    # A virtual machine that stands still for a moment makes one wait long; a server that holds up, all three.
    assert any(longest_wait(case, tmp_path) <= LONGEST_HOLD for _ in range(3))
