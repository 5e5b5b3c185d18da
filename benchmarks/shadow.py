"""How much later answers come in shadow mode, the service killed half-way: `python -m benchmarks.shadow`.

Posts go alternately to a server with and to one without a shadow, so that both meet the same machine.
"""

import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

from tests.mockpin.calibration.test_shadow import ShadowedServer, make_event

EVENTS = 1000
#: A stand-in in a process of its own, which can be killed.
STAND_IN = """
import time
from tests.mockpin.calibration.stand_in import standing_in
with standing_in() as (url, _):
    print(url, flush=True)
    time.sleep(600)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        service = subprocess.Popen([sys.executable, "-c", STAND_IN], stdout=subprocess.PIPE, text=True)
        assert service.stdout
        url = service.stdout.readline().strip()
        try:
            measure(Path(folder), url, service)
        finally:
            service.kill()
            service.wait()


def measure(folder: Path, url: str, service: subprocess.Popen[str]) -> None:
    with ShadowedServer(folder, url) as shadowed, ShadowedServer(folder, None) as plain:
        logs = [read_log(server) for server in (shadowed, plain)]
        took: dict[str, list[float]] = {"with a shadow": [], "without": []}
        for number in range(EVENTS):
            for name, server in (("with a shadow", shadowed), ("without", plain)):
                began = time.perf_counter()
                assert server.send(make_event(number)).is_success
                took[name].append((time.perf_counter() - began) * 1000)
            if number == EVENTS // 2:
                service.send_signal(signal.SIGKILL)
        shadowed.serving.process.terminate()
        shadowed.serving.process.wait()
    for name, times in took.items():
        cuts = statistics.quantiles(times, n=100)
        shown = f"median {cuts[49]:.2f} ms, 99th percentile {cuts[98]:.2f} ms, longest {max(times):.1f} ms"
        print(f"{name}: {shown}")
    print(logs[0][-1].strip())


def read_log(server: ShadowedServer) -> list[str]:
    """The lines of a server's log as they come: one that is not read would stop the server."""
    lines: list[str] = []
    Thread(target=lines.extend, args=(server.serving.process.stderr,), daemon=True).start()
    return lines


if __name__ == "__main__":
    main()
