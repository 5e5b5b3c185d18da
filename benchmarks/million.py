"""A large archive judged in every way: time, memory, and whether the reports are equal.

The CPU time is that of all processes, as far as it was sampled twice a second.

`python -m benchmarks.million` writes 1,000,000 events (about 1.6 GB) into a temporary folder: one in a
hundred has a mistake, one in fifty comes again under another id. It is not part of CI. `--events` takes
fewer, `--ways` some of the ways. It exits with 1 where two reports differ.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Event, Thread

import orjson

from benchmarks.judging import NOW, event

#: How `mockpin validate` is asked; another engine adds a row.
WAYS = {
    "one process": (),
    "two processes": ("--jobs", "2"),
    "two processes, DuckDB": ("--jobs", "2", "--engine", "duckdb"),
    "Spark on two cores": ("--engine", "spark", "--master", "local[2]"),
}
#: Needs the extra `spark` and Java, so that only those run it who ask for it.
ON_REQUEST = ("Spark on two cores",)
COMMAND = (sys.executable, "-m", "mockpin", "validate", "--format", "json", "--statistics", "--now", str(NOW))
MISTAKEN, REPEATED = 0.01, 0.02
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


def write_archive(path: Path, events: int) -> None:
    chance = Random(1)
    with path.open("wb") as archive:
        for index in range(1, events + 1):
            made = event(index, chance)
            if chance.random() < MISTAKEN:
                made["user_data"] = {"em": ["jane@example.com"]}
            archive.write(orjson.dumps(made) + b"\n")
            if chance.random() < REPEATED:
                archive.write(orjson.dumps({**made, "event_id": f"again-{index}"}) + b"\n")


def processes_of(root: int) -> set[int]:
    """A process and all that it started."""
    found, new = set(), {root}
    while new:
        found |= new
        new = {int(child) for process in new for child in children_of(process)} - found
    return found


def children_of(process: int) -> list[str]:
    """The processes that any thread of a process started."""
    found: list[str] = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += thread.read_text().split()
    return found


def program_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return "ended"


def memory_of(process: int) -> int:
    """Resident megabytes that are not shared with a file, such as a library."""
    try:
        _, resident, shared, *_ = map(int, Path(f"/proc/{process}/statm").read_text().split())
    except OSError:
        return 0
    return (resident - shared) * PAGE // 10**6


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used by now."""
    try:
        values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(values[11]) + int(values[12])) / TICKS


class Watcher(Thread):
    """Samples the memory and the CPU time of a process and those it started, twice a second."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.ended, self.first, self.sum = process, Event(), 0, 0
        self.cpu: dict[int, float] = {}
        #: Program -> the largest of its processes beside the first.
        self.largest: dict[str, int] = {}

    def run(self) -> None:
        while not self.ended.wait(0.5):
            self.look()

    def look(self) -> None:
        sizes = {each: memory_of(each) for each in processes_of(self.process)}
        self.cpu |= {each: used for each in sizes if (used := cpu_of(each))}
        self.sum = max(self.sum, sum(sizes.values()))
        self.first = max(self.first, sizes.pop(self.process))
        for each, size in sizes.items():
            program = program_of(each)
            self.largest[program] = max(self.largest.get(program, 0), size)


def run(path: Path, options: tuple[str, ...]) -> str:
    """One run, printed; a digest of its report."""
    started = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *options, path.name], cwd=path.parent, stdout=subprocess.PIPE)
    watcher = Watcher(process.pid)
    watcher.start()
    report, _ = process.communicate()
    watcher.ended.set()
    if process.returncode not in (0, 1):
        sys.exit(f"It ended with exit status {process.returncode}.")
    cpu, seconds = sum(watcher.cpu.values()), time.perf_counter() - started
    counted = orjson.loads(report)
    rate = counted["events"] / seconds
    memory = f"{watcher.first} first process, {watcher.sum} all, largest other {watcher.largest}"
    print(f"{seconds:7.1f} s, CPU {cpu:7.1f} s, {rate:8,.0f} events/s, MB: {memory}; {counted['counts']}")
    return sha256(report).hexdigest()[:12]


def main() -> int:
    """Judge the archive in each way, and print what it took; 1 where the reports differ."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=1_000_000)
    usual = [way for way in WAYS if way not in ON_REQUEST]
    options.add_argument("--ways", nargs="*", default=usual, choices=list(WAYS))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        write_archive(path, chosen.events)
        print(f"{chosen.events:,} events and those that come again, {path.stat().st_size / 2**20:,.0f} MiB")
        digests = set()
        for way in chosen.ways:
            print(f"{way:24}", end="", flush=True)
            digests.add(run(path, WAYS[way]))
    print("reports equal" if len(digests) == 1 else "REPORTS DIFFER")
    return int(len(digests) > 1)


if __name__ == "__main__":
    sys.exit(main())
