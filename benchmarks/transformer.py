"""How fast the default mapping (52 paths) converts, against a floor that only hashes ten values an event.

`make bench-transformer`. Rounds of floor and conversion alternate in one run; the ratio of medians counts.
"""

import cProfile
import json
import pstats
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from statistics import median

from mockpin_transformer import DEFAULT_MAPPING, TransformFailed, convert, parse_mapping

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "segment_events"
MAPPING = parse_mapping({**DEFAULT_MAPPING, "event_name": "checkout"})
ROUNDS = 9
EVENTS = 4_000
HASHES = 10
TARGET = 0.12


def main() -> None:
    kinds = [event for event in map(read_event, sorted(FIXTURES.glob("*.json"))) if converts(event)]
    events = (kinds * (EVENTS // len(kinds) + 1))[:EVENTS]
    rounds = [(rate(hash_only, events), rate(convert_all, events)) for _ in range(ROUNDS)]
    floor, conversion = (median(rates) for rates in zip(*rounds, strict=True))
    print(
        f"{len(kinds)} kinds of events, {EVENTS} a round, {ROUNDS} rounds, CPython {sys.version.split()[0]}"
    )
    print(f"floor       {floor:>10,.0f} events/s   ten SHA-256 an event and nothing else")
    print(f"conversion  {conversion:>10,.0f} events/s   Segment event to conversion event and body")
    print(f"ratio       {conversion / floor:>10.3f}            target {TARGET}")
    profile(events)


def read_event(path: Path) -> dict[str, object]:
    event: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["event"]
    return event


def converts(event: dict[str, object]) -> bool:
    try:
        return bool(convert(event, MAPPING).body)
    except TransformFailed:
        return False


def rate(run: Callable[[list[dict[str, object]]], None], events: list[dict[str, object]]) -> float:
    started = time.perf_counter()
    run(events)
    return len(events) / (time.perf_counter() - started)


def hash_only(events: list[dict[str, object]]) -> None:
    values = [b"ada.lovelace@example.%d" % number for number in range(HASHES)]
    for _ in events:
        for value in values:
            sha256(value).hexdigest()


def convert_all(events: list[dict[str, object]]) -> None:
    for event in events:
        convert(event, MAPPING)


def profile(events: list[dict[str, object]]) -> None:
    with cProfile.Profile() as profiler:
        convert_all(events)
    print("\nwhere the time goes (own time)")
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(14)


if __name__ == "__main__":
    main()
