"""A server killed at any moment has lost nothing that it acknowledged, and still knows the duplicates."""

import json
from itertools import count
from random import Random
from threading import Event, Thread
from time import sleep, time

import httpx
import pytest

from tests.mockpin.cli.commands.test_serve import ACCOUNT, Serving
from tests.mockpin.sending import HASH, PATH, TOKEN
from tests.validator.events import CLEAN

pytestmark = pytest.mark.slow_kill
ROUNDS, SENDERS = 12, 4


def lead(event_id):
    return {
        "event_name": "lead", "action_source": "web", "event_time": int(time()), "event_id": event_id,
        "user_data": {"em": [HASH]},
    }  # fmt: skip


def clean(event_id):
    """An event without a finding: a request of such events is stored as one row."""
    return {**CLEAN["web"], "event_time": int(time()), "event_id": event_id}


def send_until_it_dies(url, numbers, acknowledged, answered):
    token = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=url, headers=token, trust_env=False, timeout=None) as client:
        while True:
            ids = [f"o-{next(numbers)}" for _ in range(5)]
            make = lead if len(acknowledged) % 2 else clean
            try:
                if client.post(PATH, json={"data": [make(id_) for id_ in ids]}).status_code == 200:
                    acknowledged.extend(ids)
                    answered.set()
            except httpx.TransportError:
                return


def read_history(serving):
    after, found = 0, []
    while page := serving.get(f"/__mockpin/events?limit=1000&after={after}")[1]["events"]:
        found += page
        after = page[-1]["seq"]
    return found


def test_nothing_acknowledged_is_lost_and_a_restart_knows_the_duplicates(tmp_path):
    random, numbers, acknowledged = Random(0), count(), []
    for _ in range(ROUNDS):
        with Serving(tmp_path, *ACCOUNT, "--store", "events.db", "--rate-limit", "off") as serving:
            answered = Event()
            threads = [
                Thread(target=send_until_it_dies, args=(serving.url, numbers, acknowledged, answered))
                for _ in range(SENDERS)
            ]
            for thread in threads:
                thread.start()
            assert answered.wait(60)  # a busy machine takes long to come to the first
            sleep(random.uniform(0, 0.5))
            serving.process.kill()
            for thread in threads:
                thread.join()
    with Serving(tmp_path, *ACCOUNT, "--store", "events.db") as serving:
        kept = read_history(serving)
        assert len(acknowledged) > ROUNDS
        assert set(acknowledged) <= {event["event_id"] for event in kept}
        known = {event["event_name"]: event["event_id"] for event in kept}
        for make in (lead, clean):
            if event_id := known.get(make("")["event_name"]):  # a slow machine may have sent one kind alone
                body = json.dumps({"data": [make(event_id)]}).encode()
                serving.get(PATH, body, Authorization=f"Bearer {TOKEN}")
                assert read_history(serving)[-1]["duplicate_of"] is not None
