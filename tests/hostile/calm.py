"""A calm client beside an attack, in a process of its own: how long does the server keep it waiting?

A hold is the time between a request and the last moment at which the answer had not come, less the time that
the machine itself kept the server's threads waiting for a processor, and no more than the processor time that
the server used meanwhile. So neither a loaded machine nor a client that wakes up late makes a hold. A slow
processor does; the bound grows by how much longer a fixed piece of work takes here than on the machine where
the bound was set. A virtual machine that stands still for a moment makes a hold, too, once: what counts is
the second longest.
"""

import multiprocessing
import os
import select
import socket
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

REQUEST = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
#: Seconds between two looks for an answer.
POLL_INTERVAL = 0.005
#: Seconds between two requests.
INTERVAL = 0.01
TICK = 1 / os.sysconf("SC_CLK_TCK")
#: Processor seconds of `work` on the machine where the bound of 250 ms was set, alone on it.
WORK_SECONDS = 0.010


def work():
    """A fixed piece of work of about `WORK_SECONDS`."""
    return sum(number * number % 7 for number in range(120_000))


def measure_slowness():
    """How many times longer the fixed work takes than on the machine where the bound was set; at least 1."""
    began = time.thread_time()
    work()
    return max(1.0, (time.thread_time() - began) / WORK_SECONDS)


def measure_use(pid):
    """The processor seconds that a process has used, and those that its threads waited for a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    waited = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError, IndexError):  # the thread has ended, or this system does not tell
            waited += int((task / "schedstat").read_text().split()[1])
    return (int(fields[11]) + int(fields[12])) * TICK, waited / 1e9


def measure_hold(connection, pid):
    """The seconds for which the server, and nothing else, kept one request waiting."""
    began, (used, waited) = time.monotonic(), measure_use(pid)
    connection.sendall(REQUEST)
    hold = 0.0
    while not select.select([connection], [], [], POLL_INTERVAL)[0]:
        now = time.monotonic()
        used_now, waited_now = measure_use(pid)
        hold = max(hold, min(now - began - (waited_now - waited), used_now - used))
    answer = b""
    while not answer.endswith(b"ok\n"):
        part = connection.recv(4096)
        if not part:
            raise ConnectionError("the server closed the connection of the calm client")
        answer += part
    return hold


def watch(port, pid, second_longest, asked):
    """Measure holds until the end, relative to the slowness of the machine at that time."""
    slowness, measured = measure_slowness(), time.monotonic()
    two_longest = [0.0, 0.0]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while True:
            if time.monotonic() > measured + 1:
                slowness, measured = measure_slowness(), time.monotonic()
            two_longest = sorted([*two_longest, measure_hold(connection, pid) / slowness])[1:]
            second_longest.value = two_longest[0]
            asked.value += 1
            time.sleep(INTERVAL)


@contextmanager
def calm_client(port, pid):
    """A running calm client: the second longest hold in seconds, and how often it asked, as `.value`."""
    context = multiprocessing.get_context("spawn")
    second_longest, asked = context.Value("d", 0.0), context.Value("q", 0)
    process = context.Process(target=watch, args=(port, pid, second_longest, asked), daemon=True)
    process.start()
    try:
        yield process, second_longest, asked
    finally:
        process.kill()
        process.join()


if __name__ == "__main__":
    sys.stdout.write(f"{measure_slowness():.2f}\n")
