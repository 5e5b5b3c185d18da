"""A server ends at the first signal, also where asyncio's own loop sleeps."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from mockpin.cli.shared.ending import tell_unraisable

SERVER = """
import asyncio, signal, sys, threading, time
from functools import partial
from mockpin.cli.shared.ending import at_first_ending, waking_at_signals

def take_the_signal():
    time.sleep(0.2)  # by now the loop sleeps
    sys.setswitchinterval(60)  # the main thread, which obeys the first one, waits until all are sent
    for _ in range(TIMES):
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

async def serve():
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    at_first_ending(partial(loop.call_soon_threadsafe, ended.set))
    with waking_at_signals(loop):
        threading.Thread(target=take_the_signal).start()
        await ended.wait()

with asyncio.Runner(loop_factory=LOOP) as runner:
    runner.run(serve())
print("ended", signal.set_wakeup_fd(-1))
"""


def end(loop, times=1):
    done = subprocess.run(
        [sys.executable, "-c", f"LOOP = {loop}\nTIMES = {times}\n{SERVER}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_signal_that_another_thread_takes_ends_a_sleeping_server():
    assert end("None") == (0, "ended -1\n", "")


def test_uvloop_wakes_by_itself():
    pytest.importorskip("uvloop")
    assert end("__import__('uvloop').new_event_loop") == (0, "ended -1\n", "")


@pytest.mark.parametrize("loop", ["None", "__import__('uvloop').new_event_loop"])
def test_a_thousand_signals_at_once_end_it_without_a_word(loop):
    if "uvloop" in loop:
        pytest.importorskip("uvloop")
    assert end(loop, times=1000) == (0, "ended -1\n", "")


def test_only_the_signal_that_came_while_it_was_being_ignored_goes_untold():
    told = []
    for error in ("Signal 15 ignored due to race condition", "another"):
        tell_unraisable(told.append, SimpleNamespace(exc_value=OSError(error)))
    assert [str(unraisable.exc_value) for unraisable in told] == ["another"]


READY = """
import signal
from mockpin.cli.shared.ending import ending_with_0
before = signal.getsignal(signal.SIGTERM)
with ending_with_0():
    print("made ready")
print(signal.getsignal(signal.SIGTERM) == before)
with ending_with_0():
    signal.raise_signal(signal.SIGTERM)
    print("not reached")
"""


def test_a_signal_while_a_server_is_made_ready_ends_it_with_0():
    done = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("made ready\nTrue\n", "")
