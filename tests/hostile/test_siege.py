"""A server under attack answers everybody, breaks nowhere, holds nobody up and keeps its memory."""

import asyncio
import os
import threading
from random import Random

import pytest

from tests.hostile.attacker import Findings, attack, memory_megabytes, watch
from tests.hostile.traffic import make_requests
from tests.mockpin.sending import AD_ACCOUNT_ID, TOKEN
from tests.mockpin.serving import Serving

pytestmark = pytest.mark.slow_hostile
#: How many requests are sent, with which seed; a longer siege by hand sets both.
REQUESTS = int(os.environ.get("MOCKPIN_HOSTILE_REQUESTS", "200000"))
SEED = int(os.environ.get("MOCKPIN_HOSTILE_SEED", "0"))
CONNECTIONS, STEP = 12, 1000
LONGEST_HOLD, MOST_MEGABYTES = 0.25, 500


async def besiege(serving, requests, findings):
    port, pid = int(serving.url.rpartition(":")[2]), serving.process.pid
    watching = asyncio.create_task(watch(port, pid, findings))
    for most in range(STEP, REQUESTS + STEP, STEP):
        await asyncio.gather(*(attack(port, requests, findings, most=most) for _ in range(CONNECTIONS)))
        assert findings.broken == []
        assert findings.longest <= LONGEST_HOLD
        assert memory_megabytes(pid) < MOST_MEGABYTES
        assert not watching.done(), watching
        health, _ = await asyncio.to_thread(serving.get, "/__mockpin/health")
        assert health == 200
    watching.cancel()


def test_a_server_under_attack_goes_on(tmp_path, record_property):
    findings, requests = Findings(), make_requests(Random(SEED))
    flags = (
        "--account",
        f"{AD_ACCOUNT_ID}={TOKEN}",
        "--access-token",
        "access",
        "--history",
        "2000",
        "--rate-limit",
        "off",
    )
    with Serving(tmp_path, *flags) as serving:
        for stream in (serving.process.stdout, serving.process.stderr):
            threading.Thread(target=stream.read, daemon=True).start()
        asyncio.run(besiege(serving, requests, findings))
    record_property(
        "findings", f"{findings.sent} sent, {findings.answered} answered, longest hold {findings.longest} s"
    )
