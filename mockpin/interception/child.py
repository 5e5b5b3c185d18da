"""The command of a run: its streams and signals are its own, and nothing of it outlives an interruption.

Where a terminal's Ctrl-C reaches the command anyway, it is not told again. Everywhere else the command has a
process group of its own, so that a signal to mockpin reaches it exactly once.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Timer
from types import FrameType

#: Signals that end a run.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds that the command has to end after the first of them.
GRACE = 1.2
#: What a shell answers for a command that is not there, or cannot be run.
NOT_FOUND, NOT_RUNNABLE = 127, 126


class CommandUnusable(Exception):
    """The command cannot be started; `status` is what a shell would exit with."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Child:
    """A command to run once. `interrupted_by` is the first signal that was to end the run."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, grace: float = GRACE
    ) -> None:
        """Nothing is started yet; `grace` is for how many seconds an interrupted command may go on."""
        self._command, self._environment, self._grace = command, environment, grace
        self._shares_terminal = is_in_foreground()
        self._process: subprocess.Popen[bytes] | None = None
        self._was_killed = False
        self.interrupted_by: signal.Signals | None = None

    def run(self) -> int:
        """Run it to its end; its status as a shell has it, 128 + n for signal n. Raises CommandUnusable.

        Call it on the main thread. Interrupted, the status is never 0.
        """
        with self._passing_signals_on():
            self._process = start(self._command, self._environment, group=not self._shares_terminal)
            if self.interrupted_by:  # before there was anybody to pass it on to
                self._end(self.interrupted_by)
            status = self._process.wait()
        if self.interrupted_by:
            self._kill()
        ended = 128 - status if status < 0 else status
        interrupted = 128 + self.interrupted_by if self.interrupted_by else 0
        return interrupted if self._was_killed or not ended else ended

    def has_left_processes(self) -> bool:
        """Whether processes that the ended command started still run; False where that cannot be told."""
        return not self._shares_terminal and self._process is not None and is_group_alive(self._process.pid)

    @contextmanager
    def _passing_signals_on(self) -> Iterator[None]:
        before = {sign: signal.getsignal(sign) for sign in ENDING}
        heeded = [sign for sign in ENDING if before[sign] is not signal.SIG_IGN]
        for sign in heeded:
            signal.signal(sign, self._take_signal)
        try:
            yield
        finally:
            for sign in heeded:
                signal.signal(sign, before[sign])

    def _take_signal(self, number: int, _frame: FrameType | None) -> None:
        """Pass the first signal on. Further ones are not passed on."""
        if self.interrupted_by is None:
            self.interrupted_by = signal.Signals(number)
            if self._process:
                self._end(self.interrupted_by)

    def _end(self, sign: signal.Signals) -> None:
        """Pass a signal on, and kill what has not ended in time."""
        if not self._shares_terminal or sign != signal.SIGINT:
            self._signal(sign)
        timer = Timer(self._grace, self._kill_late)
        timer.daemon = True
        timer.start()

    def _kill_late(self) -> None:
        self._was_killed = self._process is not None and self._process.poll() is None
        self._kill()

    def _kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, sign: signal.Signals) -> None:
        """Signal the command, and all that it started where it has a process group of its own."""
        assert self._process is not None  # noqa: S101 - it was started before it is signalled
        with suppress(ProcessLookupError, PermissionError):
            if self._shares_terminal:
                self._process.send_signal(sign)
            else:
                os.killpg(self._process.pid, sign)


def start(command: Sequence[str], environment: Mapping[str, str], *, group: bool) -> subprocess.Popen[bytes]:
    """Start a command, in a process group of its own or in ours. Raises CommandUnusable."""
    try:
        return subprocess.Popen(command, env=environment, process_group=0 if group else None)  # noqa: S603 - it is asked for
    except (FileNotFoundError, NotADirectoryError):
        if shutil.which(command[0]):  # so the system answers for a script's interpreter, too
            text = (
                f"mockpin run: {command[0]} cannot be run: the program named in its first line was not found."
            )
            raise CommandUnusable(text, NOT_RUNNABLE) from None
        text = f"mockpin run: {command[0]}: command not found. Is it installed, and on the PATH?"
        raise CommandUnusable(text, NOT_FOUND) from None
    except OSError as error:
        text = f"mockpin run: {command[0]} cannot be run: {error.strerror}."
        raise CommandUnusable(text, NOT_RUNNABLE) from None


def is_group_alive(group: int) -> bool:
    """Whether a process group has a process."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):  # macOS denies it where only ended ones are left
        return False
    return True


def is_in_foreground() -> bool:
    """Whether standard input is a terminal whose Ctrl-C reaches this process group."""
    try:
        return os.tcgetpgrp(sys.__stdin__.fileno()) == os.getpgrp() if sys.__stdin__ else False
    except (OSError, ValueError):
        return False
