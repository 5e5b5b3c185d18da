"""Work that is done while no request is answered."""

import asyncio

import pytest

from mockpin.serving.idling import IdleWork


class Slices:
    """Work of so many slices; `ended` is set after the last."""

    def __init__(self, left):
        self.left, self.calls, self.ended = left, 0, asyncio.Event()

    def __call__(self):
        self.calls, self.left = self.calls + 1, self.left - 1
        if self.left <= 0:
            self.ended.set()
        return self.left > 0


@pytest.mark.parametrize("slices", [1, 4])
def test_work_goes_on_until_nothing_is_left(slices):
    async def serve():
        work = Slices(slices)
        IdleWork(work, quiet=0).note_request()
        await work.ended.wait()
        await asyncio.sleep(0.01)
        return work.calls

    assert asyncio.run(serve()) == slices


def test_requests_together_plan_the_work_once():
    async def serve():
        work = Slices(1)
        idle = IdleWork(work, quiet=0)
        for _ in range(5):
            idle.note_request()
        await work.ended.wait()
        await asyncio.sleep(0.01)
        return work.calls

    assert asyncio.run(serve()) == 1


def test_a_later_request_plans_the_work_again():
    async def serve():
        work = Slices(1)
        idle = IdleWork(work, quiet=0)
        for _ in range(2):
            work.ended.clear()
            idle.note_request()
            await work.ended.wait()
        return work.calls

    assert asyncio.run(serve()) == 2


def test_a_request_puts_the_work_off():
    async def serve():
        work = Slices(1)
        idle = IdleWork(work, quiet=60)
        idle.note_request()
        idle._continue()
        return work.calls

    assert asyncio.run(serve()) == 0
