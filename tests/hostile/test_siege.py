"""A server under attack answers everybody, breaks nowhere, holds nobody up and keeps its memory."""

import asyncio
import os
import threading
import time
from random import Random

import pytest

from tests.hostile.attacker import Findings, attack, memory_megabytes, watch
from tests.hostile.traffic import make_requests
from tests.mockpin.sending import AD_ACCOUNT_ID, TOKEN
from tests.mockpin.serving import Serving

pytestmark = pytest.mark.slow_hostile
#: The siege ends after so many requests or seconds, whichever comes first; by hand it may be longer.
REQUESTS = int(os.environ.get("MOCKPIN_HOSTILE_REQUESTS", "200000"))
SECONDS = float(os.environ.get("MOCKPIN_HOSTILE_SECONDS", "300"))
SEED = int(os.environ.get("MOCKPIN_HOSTILE_SEED", "0"))
CONNECTIONS, STEP = 24, 1000
LONGEST_HOLD, MOST_MEGABYTES = 0.25, 500
FLAGS = ("--access-token", "access", "--history", "500", "--rate-limit", "off")


async def besiege(serving, requests, findings):
    port, pid = int(serving.url.rpartition(":")[2]), serving.process.pid
    watching = asyncio.create_task(watch(port, pid, findings))
    end = time.monotonic() + SECONDS
    for most in range(STEP, REQUESTS + STEP, STEP):
        if time.monotonic() > end:
            break
        await asyncio.gather(*(attack(port, requests, findings, most=most) for _ in range(CONNECTIONS)))
        assert findings.broken == []
        assert findings.longest <= LONGEST_HOLD
        assert memory_megabytes(pid) < MOST_MEGABYTES
        assert not watching.done(), watching
        health, _ = await asyncio.to_thread(serving.get, "/__mockpin/health")
        assert health == 200
    watching.cancel()


def test_a_server_under_attack_goes_on(tmp_path, capsys):
    findings, requests = Findings(), make_requests(Random(SEED))
    with Serving(tmp_path, "--account", f"{AD_ACCOUNT_ID}={TOKEN}", *FLAGS) as serving:
        for stream in (serving.process.stdout, serving.process.stderr):
            threading.Thread(target=stream.read, daemon=True).start()
        asyncio.run(besiege(serving, requests, findings))
    with capsys.disabled():
        pass
    assert findings.answered > findings.sent / 2
