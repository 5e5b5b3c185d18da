import asyncio
import threading

import pytest

from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.serving.batching import GATHERING_ROUNDS, MAX_BATCH_BYTES, RequestBatcher
from mockpin.serving.workers import MAX_BYTES_ON_LOOP, Worker


def context(number, size=1):
    return RequestContext(HttpRequest("POST", f"/{number}", body=b"x" * size), "1")


class Answering:
    """Answers a context with its own path, and keeps what was asked at once."""

    def __init__(self):
        self.turns = []

    def __call__(self, contexts):
        self.turns.append([context.request.path for context in contexts])
        return [Answer(200, context.request.path.encode()) for context in contexts]


async def ask(batcher, *contexts):
    return await asyncio.gather(*map(batcher.answer, contexts), return_exceptions=True)


def test_what_comes_at_once_is_answered_in_one_turn_and_each_gets_its_own_answer():
    answering = Answering()
    answers = asyncio.run(ask(RequestBatcher(answering, Worker()), *map(context, range(3))))
    assert answering.turns == [["/0", "/1", "/2"]]
    assert [answer.body for answer in answers] == [b"/0", b"/1", b"/2"]


def test_a_turn_ends_with_a_large_body_and_the_next_one_follows():
    answering = Answering()
    asyncio.run(
        ask(
            RequestBatcher(answering, Worker()),
            context(0),
            context(1, MAX_BATCH_BYTES),
            context(2),
            context(3),
        )
    )
    assert answering.turns == [["/0", "/1"], ["/2", "/3"]]


def test_whoever_is_on_the_way_comes_along():
    async def come(batcher):
        early = asyncio.ensure_future(batcher.answer(context(0)))
        for _ in range(GATHERING_ROUNDS):
            await asyncio.sleep(0)
        await asyncio.gather(early, batcher.answer(context(1)))

    answering = Answering()
    asyncio.run(come(RequestBatcher(answering, Worker())))
    assert answering.turns == [["/0", "/1"]]


def test_what_breaks_is_told_to_all_who_wait():
    def answer_all(_deliveries):
        raise ZeroDivisionError

    errors = asyncio.run(ask(RequestBatcher(answer_all, Worker()), context(0), context(1)))
    assert [type(error) for error in errors] == [ZeroDivisionError] * 2


@pytest.mark.parametrize("answer_all", [Answering(), lambda _: 1 / 0], ids=["answered", "broken"])
def test_whoever_was_given_up_costs_nobody_an_answer(answer_all):
    async def give_up():
        batcher = RequestBatcher(answer_all, Worker())
        given_up, kept = (asyncio.ensure_future(batcher.answer(context(number))) for number in range(2))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait([given_up, kept])
        return given_up, kept

    given_up, kept = asyncio.run(give_up())
    assert given_up.cancelled()
    assert kept.exception() is None or isinstance(kept.exception(), ZeroDivisionError)


def test_what_takes_long_is_answered_alone_and_off_the_loop():
    threads, answering = [], Answering()

    def answer_all(contexts):
        threads.append(threading.current_thread() is threading.main_thread())
        return answering(contexts)

    batcher = RequestBatcher(answer_all, Worker(), takes_long=lambda each: each.request.path == "/1")
    answers = asyncio.run(ask(batcher, *map(context, range(3))))
    assert sorted(zip(answering.turns, threads, strict=True)) == [(["/0", "/2"], True), (["/1"], False)]
    assert [answer.body for answer in answers] == [b"/0", b"/1", b"/2"]


def test_a_large_body_is_not_looked_through_for_what_takes_long():
    batcher = RequestBatcher(Answering(), Worker(), takes_long=lambda _: 1 / 0)
    (answer,) = asyncio.run(ask(batcher, context(0, MAX_BYTES_ON_LOOP + 1)))
    assert answer.status == 200
