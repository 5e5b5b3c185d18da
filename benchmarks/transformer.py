"""How fast the default mapping (52 paths) converts, against a floor of what no conversion can leave out.

`make bench-transformer`. The floor reads each event from JSON, hashes as many values as its conversion has
hashes, and writes the body. Rounds of floor and conversion alternate in one run, in CPU time, which a busy
machine leaves alone; the ratio of the best rounds counts.
"""

import cProfile
import json
import pstats
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import orjson

from mockpin_transformer import DEFAULT_MAPPING, TransformFailed, convert, parse_mapping

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "segment_events"
MAPPING = parse_mapping({**DEFAULT_MAPPING, "event_name": "checkout"})
ROUNDS = 9
EVENTS = 4_000
HASH = re.compile(rb'"[0-9a-f]{64}"')


def main() -> None:
    kinds = [event for event in map(read_event, sorted(FIXTURES.glob("*.json"))) if converts(event)]
    events = (kinds * (EVENTS // len(kinds) + 1))[:EVENTS]
    needs = [Need.of(event) for event in kinds]
    needed = (needs * (EVENTS // len(kinds) + 1))[:EVENTS]
    rounds = [(rate(do_least, needed), rate(convert_all, events)) for _ in range(ROUNDS)]
    floor, conversion = map(max, zip(*rounds, strict=True))
    hashes = sum(need.hashes for need in needed) / len(needed)
    print(
        f"{len(kinds)} kinds of events, {EVENTS} a round, {ROUNDS} rounds, CPython {sys.version.split()[0]}"
    )
    print(f"floor       {floor:>10,.0f} events/s   JSON read, {hashes:.1f} SHA-256 an event, JSON written")
    print(f"conversion  {conversion:>10,.0f} events/s   Segment event to conversion event and body")
    print(f"ratio       {conversion / floor:>10.3f}")
    profile(events)


@dataclass
class Need:
    """What the conversion of one event cannot leave out: its text, its hashes and its conversion event."""

    text: bytes
    hashes: int
    made: Any

    @classmethod
    def of(cls, event: dict[str, object]) -> Self:
        body = convert(event, MAPPING).body
        return cls(orjson.dumps(event), len(HASH.findall(body)), orjson.loads(body))


def read_event(path: Path) -> dict[str, object]:
    event: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["event"]
    return event


def converts(event: dict[str, object]) -> bool:
    try:
        return bool(convert(event, MAPPING).body)
    except TransformFailed:
        return False


def rate(run: Callable[[list[Any]], None], events: list[Any]) -> float:
    started = time.process_time()
    run(events)
    return len(events) / (time.process_time() - started)


def do_least(needs: list[Need]) -> None:
    value = b"ada.lovelace@example.com"
    for need in needs:
        orjson.loads(need.text)
        for _ in range(need.hashes):
            sha256(value).hexdigest()
        orjson.dumps(need.made)


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
