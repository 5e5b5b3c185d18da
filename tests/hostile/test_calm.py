"""The calm client finds a hold, and takes neither a sleep nor a loaded machine for one."""

import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.hostile.calm import calm_client, measure_hold, measure_slowness

pytestmark = [
    pytest.mark.slow_hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="reads what /proc tells of the server"),
]
SERVER = """
import socket, time
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    while connection.recv(4096):
        began = time.process_time()
        {before}
        connection.sendall(b"HTTP/1.1 200 OK\\r\\ncontent-length: 3\\r\\n\\r\\nok\\n")
"""
HOLDING = "while time.process_time() < began + 0.5: pass"


@contextmanager
def serving(before):
    """A server that does this before it answers: its port and process id."""
    command = [sys.executable, "-c", SERVER.format(before=before)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        yield int(process.stdout.readline()), process.pid
        process.kill()


def hold_of(before):
    """The shortest of three holds by such a server: the machine may have stood still in one of them."""
    with serving(before) as (port, pid), socket.create_connection(("127.0.0.1", port)) as connection:
        return min(measure_hold(connection, pid) for _ in range(3))


def test_work_before_an_answer_is_a_hold():
    assert 0.3 < hold_of(HOLDING) < 0.6


@pytest.mark.parametrize("before", ["pass", "time.sleep(0.4)"])
def test_a_wait_without_work_is_not_a_hold(before):
    assert hold_of(before) < 0.1


def test_the_calm_client_keeps_the_second_longest_hold():
    with serving(HOLDING) as (port, pid), calm_client(port, pid) as (process, second_longest, asked):
        while asked.value < 1:
            process.join(0.05)
        assert second_longest.value == 0 or asked.value > 1
        while asked.value < 2:
            process.join(0.05)
            assert process.is_alive()
        assert second_longest.value > 0.25 / measure_slowness() / 2
