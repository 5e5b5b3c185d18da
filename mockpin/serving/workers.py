"""Where the requests that use the emulator run: on the event loop, or one after another on one thread."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes of bodies that are answered on the loop, which takes up to about 50 ms. A batch of 1,000 events, or
#: of 2,500 calls of Segment, takes up to seconds, and other connections would wait for them.
MAX_BYTES_ON_LOOP = 32_000
_Result = TypeVar("_Result")


class Worker:
    """Runs small calls on the loop itself, which is quickest, and large ones on a thread.

    While a large one is under way, all calls wait for it on the thread: they need the emulator's lock, and a
    loop that waits for a lock answers nobody.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mockpin-worker")
        self._under_way = 0

    def takes_at_once(self, size: int) -> bool:
        """Whether a call on so many bytes may run on the loop now."""
        return size <= MAX_BYTES_ON_LOOP and not self._under_way

    async def run(self, size: int, call: Callable[[], _Result]) -> _Result:
        """The result of a call on so many bytes; raises what it raises."""
        if self.takes_at_once(size):
            return call()
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, call)
        finally:
            self._under_way -= 1

    def stop(self) -> None:
        """Start no further call."""
        self._thread.shutdown(wait=False, cancel_futures=True)
