"""Where the emulator's time goes: CPU time of each event, in this process, with no HTTP around it.

For requests of 1, 100 and 1,000 clean events: the whole, then each step of the events pipeline. With
`--flawed`, every fifth event has no click id.
CPU time does not count what other programs take, yet what they do to the caches it does: read the least
of several.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import tempfile
import time
from collections import Counter
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from emulator import ACCOUNT, ENDPOINT, SERIAL, TOKEN, conversion_event

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store import Store
from mockpin.emulator.logs import make_log
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.pipelines import Pipeline
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.settings.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.pipelines import Step

SIZES = {1: 2_000, 100: 40, 1_000: 6}  # events in a request -> requests in a round


def make_emulator(path: Path) -> Emulator:
    log = make_log(io.StringIO(), form="text")
    emulator = Emulator(read_settings({"rate_limit": "off"}), store=Store(str(path)), log=log)
    emulator.accounts.add(ACCOUNT, TOKEN)
    return emulator


def make_requests(size: int, *, flawed: bool = False) -> Iterator[HttpRequest]:
    """Requests without end, each with event ids of its own."""
    events = [conversion_event(index, SERIAL) for index in range(size)]
    for event in events[::5] if flawed else ():
        del event["user_data"]["click_id"]
    text = json.dumps({"data": events})
    headers = {"content-type": "application/json", "authorization": f"Bearer {TOKEN}"}
    for serial in count(time.time_ns()):
        body = text.replace(SERIAL, str(serial)).encode()
        yield HttpRequest("POST", ENDPOINT, headers=headers, body=body)


def timed(step: Step, spent: Counter[str]) -> Step:
    def run(context: RequestContext) -> Answer | None:
        began = time.process_time()
        answer = step(context)
        spent[getattr(step, "func", step).__name__] += time.process_time() - began
        return answer

    return run


def measure(send: Callable[[RequestContext], object], requests: Iterable[HttpRequest]) -> float:
    contexts = [RequestContext(request, ACCOUNT) for request in requests]
    began = time.process_time()
    while contexts:
        send(contexts.pop())
    return time.process_time() - began


def report(emulator: Emulator, size: int, rounds: int, *, flawed: bool) -> None:
    requests, times, spent = make_requests(size, flawed=flawed), SIZES[size], Counter()
    watched = Pipeline(*([timed(step, spent) for step in steps] for steps in emulator.events_pipeline))
    least = min(measure(emulator.receive, islice(requests, times)) for _ in range(rounds))
    measure(lambda context: emulator.process(context, watched), islice(requests, times))
    print(f"{size:>5} a request: {least / times / size * 1e6:.1f} us an event")
    for name, seconds in spent.most_common(6):
        print(f"{'':8}{name:<20}{seconds / times / size * 1e6:8.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--flawed", action="store_true", help="every fifth event has no click id")
    chosen = options.parse_args()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)  # as every command has it
    with tempfile.TemporaryDirectory() as folder:
        emulator = make_emulator(Path(folder) / "history.db")
        for size in SIZES:
            report(emulator, size, chosen.rounds, flawed=chosen.flawed)
        emulator.close()


if __name__ == "__main__":
    main()
