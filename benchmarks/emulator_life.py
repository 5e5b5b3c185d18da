"""How long a server takes to start, to answer and to stop, and its memory: `make bench-emulator`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from benchmarks.emulator import ENDPOINT, TOKEN, Running, conversion_event, hang_on, start_mockpin


def time_event(server: Running, serial: int) -> float:
    body = json.dumps({"data": [conversion_event(serial, serial)]}).encode()
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    began = time.perf_counter()
    url = f"http://127.0.0.1:{server.port}{ENDPOINT}"
    urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30).close()
    return time.perf_counter() - began


def measure_life(folder: Path, rounds: int) -> None:
    reference, start_ups, stops, streaming, memory, events = [], [], [], [], [], []
    for index in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import flask, jsonschema"], check=True)
        reference.append(time.perf_counter() - began)
        server = start_mockpin(folder / f"life{index}.db")
        start_ups.append(server.start_up)
        memory.append(server.memory)
        events.append([time_event(server, serial) for serial in range(2)])
        stops.append(server.stop())
        server = start_mockpin(folder / f"streams{index}.db")
        connections = hang_on(server)
        server.answers()
        streaming.append(server.stop())
        for connection in connections:
            connection.close()
    print(f"start-up to first answer {median(start_ups) * 1000:.0f} ms, "
          f"{median(start_ups) / median(reference):.2f} times `import flask, jsonschema`")  # fmt: skip
    print(
        f"stop {median(stops) * 1000:.0f} ms, with a stream, an expect and half a body open "
        f"{median(streaming) * 1000:.0f} ms"
    )
    first, second = (median(times) * 1000 for times in zip(*events, strict=True))
    print(f"memory at rest {median(memory):.0f} MiB; first event {first:.0f} ms, second {second:.0f} ms")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    os.environ.pop("MOCKPIN_CONFIG", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what pip installs has its bytecode
    with tempfile.TemporaryDirectory() as folder:
        measure_life(Path(folder), rounds)


if __name__ == "__main__":
    main()
