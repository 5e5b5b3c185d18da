"""Requests that come while others are being answered wait for their turn and have it together.

One commit then keeps them all, which is most of what a small request costs.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.delivery import Delivery

#: Bytes of bodies after which a turn ends, so that large requests do not hold up small ones.
MOST = 200_000
#: How often the loop goes round before a turn, so that who is on the way already has it together with others.
ROUNDS = 3


class Together:
    """Deliveries on their way into one function that answers several, in their order."""

    def __init__(self, answer_all: Callable[[Sequence[Delivery]], Sequence[Answer]]) -> None:
        self._answer_all = answer_all
        self._waiting: list[tuple[Delivery, asyncio.Future[Answer]]] = []

    async def answer(self, delivery: Delivery) -> Answer:
        """The answer to one delivery; raises what `answer_all` raises."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((delivery, answer))
        if len(self._waiting) == 1:
            loop.call_soon(self._gather, ROUNDS)
        return await answer

    def _gather(self, rounds: int) -> None:
        if rounds:
            asyncio.get_running_loop().call_soon(self._gather, rounds - 1)
        else:
            self._take_turn()

    def _take_turn(self) -> None:
        turn = self._next_turn()
        del self._waiting[: len(turn)]
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._take_turn)
        answers = [each for _, each in turn]
        try:
            for answer, given in zip(answers, self._answer_all([each for each, _ in turn]), strict=True):
                if not answer.done():  # whoever asked may have been given up
                    answer.set_result(given)
        except Exception as error:  # noqa: BLE001 - whoever waits for an answer is to know
            for answer in answers:
                if not answer.done():
                    answer.set_exception(error)

    def _next_turn(self) -> list[tuple[Delivery, asyncio.Future[Answer]]]:
        size = 0
        for count, (delivery, _) in enumerate(self._waiting, 1):
            size += len(delivery.request.body)
            if size > MOST:
                return self._waiting[:count]
        return self._waiting[:]
