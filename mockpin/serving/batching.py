"""Requests that arrive while others are being answered are answered together.

One commit then keeps them all, which is most of what a small request costs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from mockpin.serving.workers import LARGE, MAX_BYTES_ON_LOOP

if TYPE_CHECKING:
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.serving.workers import Worker

    Waiting = tuple[RequestContext, asyncio.Future[Answer]]

#: Bytes of bodies after which a batch ends, so that large requests do not hold up small ones.
MAX_BATCH_BYTES = 200_000
#: Rounds of the loop before a batch is taken, so that requests that are arriving are in it.
GATHERING_ROUNDS = 3


class RequestBatcher:
    """Collects requests for one function that answers several, in their order, on a worker.

    A small request that `takes_long` nevertheless is answered by itself, so that it holds up no other.
    """

    def __init__(
        self,
        answer_all: Callable[[Sequence[RequestContext]], Sequence[Answer]],
        worker: Worker,
        *,
        takes_long: Callable[[RequestContext], bool] = lambda _: False,
    ) -> None:
        self._answer_all = answer_all
        self._worker = worker
        self._takes_long = takes_long
        self._waiting: list[Waiting] = []

    async def answer(self, context: RequestContext) -> Answer:
        """The answer to one request; raises what `answer_all` raises."""
        if len(context.request.body) <= MAX_BYTES_ON_LOOP and self._takes_long(context):
            (alone,) = await self._worker.run(LARGE, partial(self._answer_all, [context]))
            return alone
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((context, answer))
        if len(self._waiting) == 1:
            loop.call_soon(self._gather, GATHERING_ROUNDS)
        return await answer

    def _gather(self, rounds: int) -> None:
        if rounds:
            asyncio.get_running_loop().call_soon(self._gather, rounds - 1)
        else:
            self._take_batch()

    def _take_batch(self) -> None:
        size, batch = self._next_batch()
        del self._waiting[: len(batch)]
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._take_batch)
        answering = self._worker.start(size, partial(self._answer_all, [context for context, _ in batch]))
        answering.add_done_callback(partial(_hand_out, [answer for _, answer in batch]))

    def _next_batch(self) -> tuple[int, list[Waiting]]:
        size = 0
        for count, (context, _) in enumerate(self._waiting, 1):
            size += len(context.request.body)
            if size > MAX_BATCH_BYTES:
                return size, self._waiting[:count]
        return size, self._waiting[:]


def _hand_out(waiting: Sequence[asyncio.Future[Answer]], answering: asyncio.Future[Sequence[Answer]]) -> None:
    """Give those who wait their answers, or the error that their batch ended with."""
    if answering.cancelled():  # the server has stopped
        return
    error = answering.exception()
    for index, answer in enumerate(waiting):
        if answer.done():  # the client may have closed its connection
            continue
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(answering.result()[index])
