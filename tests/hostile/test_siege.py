"""A server under attack answers a calm client in time, breaks nowhere and keeps its memory."""

import asyncio
import os
import sys
import threading
import time
from itertools import islice
from random import Random

import pytest

from tests.hostile.attacker import Attack, ask_health, besiege, memory_megabytes
from tests.hostile.calm import calm_client
from tests.hostile.traffic import make_requests
from tests.mockpin.sending import AD_ACCOUNT_ID, TOKEN
from tests.mockpin.serve_process import Serving

pytestmark = [
    pytest.mark.slow_hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="reads what /proc tells of the server"),
]
#: The siege ends after so many requests or seconds, whichever comes first: a slow machine only sends fewer.
REQUESTS = int(os.environ.get("MOCKPIN_HOSTILE_REQUESTS", "200000"))
SECONDS = float(os.environ.get("MOCKPIN_HOSTILE_SECONDS", "300"))
SEED = int(os.environ.get("MOCKPIN_HOSTILE_SEED", "0"))
#: Different requests, made before the attack begins; it sends them again and again, in other company.
POOL = int(os.environ.get("MOCKPIN_HOSTILE_POOL", "12000"))
CONNECTIONS = 24
LONGEST_HOLD, MOST_MEGABYTES = 0.25, 500
FLAGS = ("--access-token", "access", "--history", "500", "--rate-limit", "off")


async def attack_for(seconds, attack, pool, check):
    with_limit = asyncio.create_task(besiege(attack, pool, connections=CONNECTIONS, check=check))
    await asyncio.wait((with_limit,), timeout=seconds)
    attack.is_over = True
    await with_limit


def test_a_server_under_attack_goes_on(tmp_path, capsys):
    pool = [*islice(make_requests(Random(SEED)), POOL)]
    with Serving(tmp_path, "--account", f"{AD_ACCOUNT_ID}={TOKEN}", *FLAGS) as serving:
        for stream in (serving.process.stdout, serving.process.stderr):
            threading.Thread(target=stream.read, daemon=True).start()
        port, pid = int(serving.url.rpartition(":")[2]), serving.process.pid
        attack, began = Attack(port, wanted=REQUESTS), time.monotonic()
        with calm_client(port, pid) as (watching, second_longest, asked):

            async def check():
                assert attack.broken == []
                assert second_longest.value <= LONGEST_HOLD
                assert memory_megabytes(pid) < MOST_MEGABYTES
                assert watching.is_alive()
                assert await ask_health(port) == 200

            asyncio.run(attack_for(SECONDS, attack, pool, check))
            asyncio.run(check())
        seconds = time.monotonic() - began
        memory = memory_megabytes(pid)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{attack.sent} requests in {seconds:.0f} s ({attack.sent / seconds:.0f} a second), of which"
            f" {attack.answered} were answered ({dict(attack.statuses.most_common(8))}); second longest"
            f" hold {second_longest.value * 1000:.0f} ms in {asked.value} questions; {memory:.0f} MB\n"
        )
    assert attack.answered > 0
    assert asked.value > 0
