"""The command of a run: its status, and the signals that it gets."""

import os
import pty
import select
import signal
import sys
from threading import Timer

import pytest

from mockpin.interception.child import Child, CommandUnusable, is_in_foreground

#: Sets what a signal does, writes a file when it is ready, and sleeps.
SLEEP = "{trap}; touch up; sleep 60 & wait"


def run(*command, **how):
    return Child(command, os.environ, **how).run()


@pytest.mark.parametrize(
    ("script", "status"), [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137), ("kill -15 $$", 143)]
)
def test_the_status_is_the_one_of_a_shell(script, status):
    assert run("sh", "-c", script) == status


def test_a_command_has_the_environment_that_it_is_given():
    assert Child(["sh", "-c", 'test "$MINE" = yes'], {"MINE": "yes", "PATH": os.environ["PATH"]}).run() == 0


@pytest.mark.parametrize(
    ("command", "status", "text"),
    [
        ("no-such-command", 127, "mockpin run: no-such-command: command not found. Is it installed"),
        ("/dev/null/x", 127, "mockpin run: /dev/null/x: command not found."),
        ("/dev/null", 126, "mockpin run: /dev/null cannot be run: Permission denied."),
    ],
)
def test_a_command_that_cannot_be_started_has_a_shells_status_and_a_sentence(command, status, text):
    with pytest.raises(CommandUnusable) as unusable:
        run(command)
    assert unusable.value.status == status
    assert str(unusable.value).startswith(text)


@pytest.mark.parametrize("first", ["#!/nowhere/python", "#!/bin/sh\r"])
def test_a_script_whose_interpreter_is_not_there_is_not_said_to_be_missing(tmp_path, first):
    script = tmp_path / "script"
    script.write_bytes(f"{first}\nexit 0\n".encode())
    script.chmod(0o755)
    with pytest.raises(
        CommandUnusable, match="the program named in its first line was not found"
    ) as unusable:
        run(str(script))
    assert unusable.value.status == 126


class Interruption:
    """Signals this process when a command has written the file `up`."""

    def __init__(self, folder, sign):
        self._file, self._sign = folder / "up", sign
        self._wait()

    def _wait(self):
        self._timer = Timer(0.01, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self):
        if self._file.exists():
            os.kill(os.getpid(), self._sign)
        else:
            self._wait()


def interrupt(folder, trap, sign=signal.SIGTERM, **how):
    """The status of a command that is interrupted, and the child."""
    Interruption(folder, sign)
    child = Child(["sh", "-c", f"cd {folder}; {SLEEP.format(trap=trap)}"], os.environ, **how)
    return child.run(), child


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_reaches_the_command_and_ends_it(tmp_path, sign):
    status, child = interrupt(tmp_path, f"trap 'exit 9' {sign:d}", sign)
    assert (status, child.interrupted_by) == (9, sign)


@pytest.mark.parametrize(("trap", "grace"), [("trap 'exit 0' TERM", 60), ("trap '' TERM", 0.05)])
def test_an_interrupted_run_is_never_a_success(tmp_path, trap, grace):
    assert interrupt(tmp_path, trap, grace=grace)[0] == 128 + signal.SIGTERM


def test_the_handlers_of_before_are_in_place_again_after_a_run(tmp_path):
    before = [signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    interrupt(tmp_path, "trap 'exit 9' TERM")
    assert [signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before


def test_a_signal_that_was_ignored_before_is_ignored(tmp_path):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        Interruption(tmp_path, signal.SIGHUP)
        assert run("sh", "-c", f"cd {tmp_path}; touch up; sleep 0.2") == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_the_command_started_is_killed_with_it_after_an_interruption(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    reading = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
    interrupt(tmp_path, "exec 9>fifo; trap 'exit 9' TERM")
    closed, _, _ = select.select([reading], [], [], 30)
    assert closed
    assert os.read(reading, 1) == b""
    os.close(reading)


@pytest.mark.parametrize("left", [True, False])
def test_processes_that_the_command_leaves_behind_are_known(left):
    child = Child(["sh", "-c", "sleep 60 &" if left else ":"], os.environ)
    assert child.run() == 0
    assert child.has_left_processes() is left


def test_a_command_that_was_not_started_has_left_nothing():
    assert not Child(["true"], os.environ).has_left_processes()


def test_a_run_without_a_terminal_is_not_in_the_foreground():
    assert not is_in_foreground()


def test_a_run_at_a_terminal_is_in_the_foreground():
    program = "from mockpin.interception.child import is_in_foreground; print(is_in_foreground())"
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", program])
    assert os.read(terminal, 100).strip() == b"True"
    os.waitpid(pid, 0)
    os.close(terminal)
