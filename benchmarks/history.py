"""What a full history and reading cost in CPU time, in this process and without HTTP: `make bench-history`.

For requests of 1, 100 and 1,000 clean events: the time of an event with an empty history, and with a full one
that evicts as many events as come in; then of a request that is read at once; then of filtered reads. CPU
time does not count what other programs take, yet what they do to the caches it does: the least of several
rounds is shown, and the rounds take turns. Read the ratios.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from emulator import ACCOUNT, TOKEN
from emulator_steps import make_requests

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store import Store
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.settings.settings import read_settings

SIZES = {1: 1_000, 100: 20, 1_000: 3}  # events in a request -> requests in a round
FULL, ROOMY = 5_000, 10_000_000
READ_EVENTS = 20_000
#: Filters of reads; the second, fourth and last find nothing.
READS = (
    {"ad_account_id": ACCOUNT},
    {"ad_account_id": "549755885999"},
    {"event_name": "checkout"},
    {"event_id": "never"},
    {"duplicate": True},
)


def make_emulator(path: Path, bound: int) -> Emulator:
    emulator = Emulator(read_settings({"rate_limit": "off"}), store=Store(str(path), bound=bound))
    emulator.accounts.add(ACCOUNT, TOKEN)
    return emulator


def timed(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def post(emulator: Emulator, requests: Iterator[HttpRequest], times: int) -> float:
    contexts = [RequestContext(request, ACCOUNT) for request in islice(requests, times)]
    return timed(lambda: [emulator.receive(context) for context in contexts])


def post_and_read(emulator: Emulator, requests: Iterator[HttpRequest], times: int) -> float:
    contexts = [RequestContext(request, ACCOUNT) for request in islice(requests, times)]

    def run() -> None:
        for context in contexts:
            last = emulator.store.last_seq
            emulator.receive(context)
            assert emulator.store.events(after=last, ad_account_id=ACCOUNT, event_name="checkout")

    return timed(run)


def compare_full(empty: Emulator, full: Emulator, rounds: int) -> None:
    print(
        f"{'events':>7} {'empty':>8} {'full':>8} {'ratio':>6} {'read at once':>13} {'ratio':>6}  us an event"
    )
    for size, times in SIZES.items():
        requests = make_requests(size)
        cases = ((post, empty), (post, full), (post_and_read, full))
        rows = [[measure(emulator, requests, times) for measure, emulator in cases] for _ in range(rounds)]
        roomy, evicting, read = (min(column) / times / size * 1e6 for column in zip(*rows, strict=True))
        figures = (
            f"{roomy:>8.1f} {evicting:>8.1f} {evicting / roomy:>6.2f} {read:>13.1f} {read / evicting:>6.2f}"
        )
        print(f"{size:>7} {figures}")


def report_reads(emulator: Emulator, rounds: int) -> None:
    print(f"CPU ms to read 100 of {len(emulator.store):,} events: the oldest, the latest")
    for conditions in READS:
        times = [
            min(
                timed(partial(emulator.store.events, limit=100, **order, **conditions)) for _ in range(rounds)
            )
            * 1000
            for order in ({}, {"newest_first": True})
        ]
        print(f"{next(iter(conditions)):>16} {times[0]:8.2f} {times[1]:8.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)  # as every command has it
    with tempfile.TemporaryDirectory() as folder:
        empty = make_emulator(Path(folder) / "empty.db", ROOMY)
        full = make_emulator(Path(folder) / "full.db", FULL)
        post(full, make_requests(1_000), FULL // 1_000 + 1)
        compare_full(empty, full, rounds)
        post(empty, make_requests(1_000), max(0, READ_EVENTS - len(empty.store)) // 1_000)
        report_reads(empty, rounds)
        for emulator in (empty, full):
            emulator.close()


if __name__ == "__main__":
    main()
