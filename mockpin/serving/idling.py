"""Work that can wait, done slice by slice while no request is answered."""

import asyncio
from collections.abc import Callable

#: Seconds without a request after which the work begins, and between two slices of it.
QUIET, PAUSE = 0.1, 0.001


class IdleWork:
    """Calls `work`, on the loop, until it returns that nothing is left; each request puts that off.

    A call must take some milliseconds at most: a request that comes meanwhile waits for it.
    """

    def __init__(self, work: Callable[[], bool], *, quiet: float = QUIET) -> None:
        self._work, self._quiet = work, quiet
        self._latest = 0.0
        self._is_planned = False

    def note_request(self) -> None:
        """Note that a request has been answered, and may have left work."""
        loop = asyncio.get_running_loop()
        self._latest = loop.time()
        if not self._is_planned:
            self._is_planned = True
            loop.call_later(self._quiet, self._continue)

    def _continue(self) -> None:
        loop = asyncio.get_running_loop()
        wait = self._latest + self._quiet - loop.time()
        self._is_planned = wait > 0 or self._work()
        if self._is_planned:
            loop.call_later(max(wait, PAUSE), self._continue)
