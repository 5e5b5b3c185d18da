import asyncio
from threading import Event, current_thread, main_thread

import pytest

from mockpin.serving.workers import MAX_BYTES_ON_LOOP, Worker


def is_on_the_loop():
    return current_thread() is main_thread()


def test_a_small_call_runs_on_the_loop_and_a_large_one_on_a_thread():
    async def run(size):
        return await Worker().run(size, is_on_the_loop)

    assert asyncio.run(run(MAX_BYTES_ON_LOOP))
    assert not asyncio.run(run(MAX_BYTES_ON_LOOP + 1))


def test_a_small_call_does_not_wait_for_a_large_one():
    async def run():
        worker, may_end, order = Worker(), Event(), []
        large = asyncio.ensure_future(
            worker.run(MAX_BYTES_ON_LOOP + 1, lambda: (may_end.wait(30), order.append("large")))
        )
        await asyncio.sleep(0)
        await worker.run(1, lambda: order.append("small"))
        may_end.set()
        await large
        return order

    assert asyncio.run(run()) == ["small", "large"]


@pytest.mark.parametrize("size", [1, MAX_BYTES_ON_LOOP + 1])
def test_what_a_call_raises_is_raised(size):
    async def run():
        await Worker().run(size, lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(run())


@pytest.mark.parametrize("size", [1, MAX_BYTES_ON_LOOP + 1])
def test_after_a_stop_no_call_is_started(size):
    async def run():
        worker, called = Worker(), []
        worker.stop()
        result = worker.start(size, lambda: called.append(size))
        await asyncio.wait([result])
        return result.cancelled(), called

    assert asyncio.run(run()) == (True, [])
