"""The gateway of an emulator: its conversion events are answered in batches, without the application.

While no events come, it makes the rows of those that the history keeps as clean requests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mockpin.serving.batching import RequestBatcher
from mockpin.serving.gateway import WAITERS, Gateway
from mockpin.serving.idling import IdleWork
from mockpin.serving.workers import Worker
from mockpin_validator.rules.match_keys import may_hash_birthdays

if TYPE_CHECKING:
    from flask import Flask

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.serving.gateway import Direct


def make_gateway(
    application: Flask,
    *,
    waiters: int = WAITERS,
    observe: Callable[[RequestContext, Answer], object] | None = None,
) -> Gateway:
    """The gateway of an application that `mockpin.web.app` made.

    `observe` is told each request with conversion events and its answer; it must not take any time.
    """
    emulator: Emulator = application.extensions["mockpin"]
    worker = Worker()
    batcher = RequestBatcher(emulator.receive_all, worker, takes_long=may_take_long)
    settling = IdleWork(emulator.settle_slice)
    return Gateway(
        application.wsgi_app,
        limit=emulator.settings.body_limit,
        keep_alive=emulator.settings.keep_alive,
        direct=observed(batcher.answer, settling, observe),
        waiters=waiters,
        answered=lambda: emulator.last_answered,
        worker=worker,
    )


def may_take_long(context: RequestContext) -> bool:
    """Whether judging a request may first hash all birth dates, which takes a second, once."""
    request = context.request
    return "content-encoding" in request.headers or may_hash_birthdays(request.body)


def observed(
    direct: Direct, settling: IdleWork, observe: Callable[[RequestContext, Answer], object] | None
) -> Direct:
    """What answers conversion events, putting off what is settled when idle and telling an observer."""

    async def answer(context: RequestContext) -> Answer:
        given = await direct(context)
        settling.note_request()
        if observe:
            observe(context, given)
        return given

    return answer
