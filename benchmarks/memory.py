"""How much memory the history and the deduplication keys take: `make bench-memory`.

Each case runs in a process of its own and prints its resident memory (RSS) in MB, or its bytes a key, beside
the bound that it is to stay under; a case above its bound ends with exit status 1.
"""

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import count, islice
from pathlib import Path

from emulator import ACCOUNT, ENDPOINT, SERIAL, TOKEN, conversion_event

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.first_reports import FirstReports, make_digest
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.deduplication import Deduplication
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.settings.settings import read_settings

KEYS, SMALL_EVENTS, LARGE_EVENTS = 1_000_000, 1_000_000, 10_000
BATCH, KEPT_EVENTS = 1_000, 10_000
HEADERS = {"content-type": "application/json", "authorization": f"Bearer {TOKEN}"}


def read_memory() -> int:
    """Resident bytes of this process."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def make_emulator(**settings: str) -> Emulator:
    emulator = Emulator(read_settings({"rate_limit": "off", **settings}))
    emulator.accounts.add(ACCOUNT, TOKEN)
    return emulator


def send(emulator: Emulator, bodies: Iterator[bytes]) -> None:
    for body in bodies:
        request = HttpRequest("POST", ENDPOINT, headers=HEADERS, body=body)
        answer = emulator.receive(RequestContext(request, ACCOUNT))
        assert answer.status == HTTPStatus.OK, answer


def make_bodies(events: list[dict]) -> Iterator[bytes]:
    """Requests without end, each with event ids of its own."""
    text = json.dumps({"data": events})
    for serial in count(time.time_ns()):
        yield text.replace(SERIAL, str(serial)).encode()


def make_large_event() -> dict:
    """An event of 1 MB in texts that are short enough to be stored as they came."""
    event = conversion_event(0, SERIAL)
    event["custom_data"]["content_ids"] = [f"sku-{'x' * 490}{number}" for number in range(2_000)]
    return event


def measure_keys() -> float:
    """Bytes for each of 1,000,000 deduplication keys, each of a request of its own."""
    gc.collect()
    before, known = read_memory(), Deduplication(86_400)
    for seq in range(1, KEYS + 1):
        known.record(FirstReports(ACCOUNT, seq / 20, {make_digest("checkout", f"order-{seq}"): seq}))
    assert known.find(ACCOUNT, make_digest("checkout", f"order-{KEYS}"), KEYS / 20)
    return (read_memory() - before) / KEYS


def measure_large_events() -> float:
    """MB after 10,000 events of 1 MB, of which --history 10 keeps ten."""
    emulator = make_emulator(history="10")
    send(emulator, islice(make_bodies([make_large_event()]), LARGE_EVENTS))
    return read_memory() / 1e6


def measure_byte_bound() -> float:
    """MB after 2,000 events of 1 MB, of which --history-bytes 20MB keeps twenty."""
    emulator = make_emulator(history_bytes="20MB")
    send(emulator, islice(make_bodies([make_large_event()]), LARGE_EVENTS // 5))
    return read_memory() / 1e6


def measure_small_events() -> float:
    """MB after 1,000,000 events of 1.5 kB, of which --history 10000 keeps the last."""
    emulator = make_emulator(history=str(KEPT_EVENTS))
    bodies = make_bodies([conversion_event(index, SERIAL) for index in range(BATCH)])
    send(emulator, islice(bodies, SMALL_EVENTS // BATCH))
    assert len(emulator.store) == KEPT_EVENTS
    return read_memory() / 1e6


def measure_reset() -> float:
    """MB that a reset leaves of what 100,000 events of 1.5 kB took."""
    emulator = make_emulator()
    bodies = make_bodies([conversion_event(index, SERIAL) for index in range(BATCH)])
    send(emulator, islice(bodies, 2))
    emulator.reset()
    before = read_memory()
    send(emulator, islice(bodies, 100))
    full = read_memory()
    emulator.reset()
    print(f"  full: {(full - before) / 1e6:.0f} MB more than empty")
    return (read_memory() - before) / 1e6


#: Each case with its unit and the bound that it is to stay under.
CASES: dict[str, tuple[Callable[[], float], str, float]] = {
    "keys": (measure_keys, "bytes", 100),
    "large-events": (measure_large_events, "MB", 200),
    "byte-bound": (measure_byte_bound, "MB", 200),
    "small-events": (measure_small_events, "MB", 300),
    "reset": (measure_reset, "MB", 40),
}


def run_case(name: str) -> int:
    measure, unit, bound = CASES[name]
    reached = measure()
    print(f"{reached:8.1f} {unit:<5} of {bound}: {(measure.__doc__ or '').splitlines()[0]}", flush=True)
    return int(reached > bound)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("case", nargs="*", choices=[[], *CASES], help="by default, every case")
    chosen = options.parse_args().case
    if len(chosen) == 1:
        sys.exit(run_case(chosen[0]))
    commands = [[sys.executable, __file__, name] for name in chosen or CASES]
    statuses = [subprocess.run(command, check=False).returncode for command in commands]
    sys.exit(max(statuses))


if __name__ == "__main__":
    main()
