"""Where the requests that use the emulator run: on the event loop, or one after another on one thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

#: Bytes of bodies that are answered on the loop, which takes up to about 50 ms. A batch of 1,000 events, or
#: of 2,500 calls of Segment, takes up to seconds, and other connections would wait for them.
MAX_BYTES_ON_LOOP = 32_000
#: The size of what takes long whatever its size.
LARGE = MAX_BYTES_ON_LOOP + 1
_Result = TypeVar("_Result")


class Worker:
    """Runs small calls on the loop itself, which is quickest, and large ones one after another on a thread.

    A large call holds the emulator's lock only while it is recorded, so small calls need not wait for it.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mockpin-worker")
        self._stopped = False

    async def run(self, size: int, call: Callable[[], _Result]) -> _Result:
        """The result of a call on a number of bytes; raises what the call raises."""
        return await self.start(size, call)

    def start(self, size: int, call: Callable[[], _Result]) -> asyncio.Future[_Result]:
        """The future result of a call on a number of bytes; that of a small one is there at once.

        After `stop` it is cancelled.
        """
        loop = asyncio.get_running_loop()
        result: asyncio.Future[_Result] = loop.create_future()
        if self._stopped:
            result.cancel()
            return result
        if size > MAX_BYTES_ON_LOOP:
            return loop.run_in_executor(self._thread, call)
        try:
            result.set_result(call())
        except Exception as error:  # noqa: BLE001 - whoever waits for the result must learn of it
            result.set_exception(error)
        return result

    def stop(self) -> None:
        """Start no further call, on the loop's own thread."""
        self._stopped = True
        self._thread.shutdown(wait=False, cancel_futures=True)
