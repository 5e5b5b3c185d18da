"""How fast an archive is judged, beside orjson and jsonschema-rs alone over the same lines.

Shares are of CPU time, which a busy machine leaves alone; one process and two are compared by the clock, so
the machine must be idle for that. Two begin with a start, in which they load everything and judge a first
part with empty caches; one process has that behind it. What two cores give is shown by the gate alone, run
twice at once. The archive is JSON Lines of clean events (over 25 fields, 1,000 distinct
user agents): one a line, or requests of so many with --batch. Last comes the most memory a process took.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from random import Random

import orjson
from judging import NOW, event

from mockpin_validator.archive import Judging, divide_files, judge_parts
from mockpin_validator.archive.audit import add_up
from mockpin_validator.contract.gate import accepts_payload


def write_archive(path: Path, *, events: int, batch: int) -> None:
    chance = Random(1)
    with path.open("wb") as archive:
        for first in range(1, events + 1, batch):
            some = [event(index, chance) for index in range(first, first + batch)]
            archive.write(orjson.dumps({"data": some} if batch > 1 else some[0]) + b"\n")


def gate_only(path: Path) -> int:
    count = 0
    with path.open("rb") as archive:
        for line in archive:
            value = orjson.loads(line)
            payload = value if "data" in value else {"data": [value]}
            assert accepts_payload(payload)
            count += len(payload["data"])
    return count


def judged(path: Path, *, jobs: int) -> tuple[int, float]:
    """How many events were judged, and seconds by the clock until the first part was."""
    begun = time.perf_counter()
    done = judge_parts(divide_files([str(path)], jobs=jobs), Judging(now=NOW), jobs=jobs)
    first = next(done)
    start = time.perf_counter() - begun
    *_, tally = add_up(chain([first], done))
    assert tally.failed == 0
    return tally.events, start


def clock_gate(path: Path) -> float:
    return rate(lambda: gate_only(path), time.perf_counter)


def clock_gates(path: Path, *, copies: int) -> float:
    """Events a second by the clock that the gate alone takes in so many processes at once."""
    with ProcessPoolExecutor(copies, get_context("spawn")) as pool:
        return sum(pool.map(clock_gate, [path] * copies))


def clock_judging(path: Path, *, jobs: int) -> tuple[float, float]:
    """Events a second by the clock, with the start and without."""
    begun = time.perf_counter()
    events, start = judged(path, jobs=jobs)
    seconds = time.perf_counter() - begun
    return events / seconds, events / (seconds - start)


def rate(work: Callable[[], int], clock: Callable[[], float]) -> float:
    start = clock()
    return work() / (clock() - start)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=200_000)
    options.add_argument("--batch", type=int, default=1)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.jsonl"
        write_archive(path, events=chosen.events, batch=chosen.batch)
        print(f"{chosen.events:,} events, {path.stat().st_size / 2**20:,.0f} MiB, {chosen.batch} a line")
        for number in range(1, chosen.rounds + 1):
            gate = rate(lambda: gate_only(path), time.process_time)
            core = rate(lambda: judged(path, jobs=1)[0], time.process_time)
            one, _ = clock_judging(path, jobs=1)
            two, started = clock_judging(path, jobs=2)
            cores = clock_gates(path, copies=2) / clock_gates(path, copies=1)
            print(
                f"{number}. gate {gate:,.0f}, every rule {core:,.0f} events/s of CPU: {core / gate:.2f} of it"
            )
            print(
                f"   one process {one:,.0f}, two {two:,.0f} events/s by the clock: {two / one:.2f} times one,"
                f" {started / one:.2f} once started; the gate alone, twice at once, {cores:.2f} times one"
            )
    print(f"peak memory: {peak():.0f} MiB in this process; make bench-million has those of the others")


if __name__ == "__main__":
    main()
