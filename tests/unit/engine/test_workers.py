import asyncio
import threading
from collections.abc import Iterator

import pytest

from tessera.engine.drivers.workers import Workers


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Start two threads."""
    made = Workers(2, "test")
    yield made
    made.close()


def test_work_is_done_elsewhere_and_its_value_comes_back(workers: Workers) -> None:
    """
    Whoever waits goes on with what the work returned.
    """

    def work() -> str:
        return threading.current_thread().name

    assert workers.run_now(work).startswith("test-")
    assert asyncio.run(workers.run(work)).startswith("test-")


def test_an_error_is_raised_where_it_is_waited_for(workers: Workers) -> None:
    """
    The thread goes on, also after what is no ordinary error.
    """

    def work() -> None:
        raise KeyboardInterrupt

    for _ in range(4):
        with pytest.raises(KeyboardInterrupt):
            workers.run_now(work)

    assert 1 == workers.run_now(lambda: 1)


def test_as_many_pieces_of_work_as_threads_are_done_at_once(workers: Workers) -> None:
    """
    Each of two pieces waits for the other one to have begun.
    """
    both = threading.Barrier(2, timeout=30)

    async def twice() -> tuple[int, int]:
        return await asyncio.gather(workers.run(both.wait), workers.run(both.wait))

    assert [0, 1] == sorted(asyncio.run(twice()))


def test_whoever_gives_up_does_not_disturb_the_others(workers: Workers) -> None:
    """
    The end of work that nobody waits for any more is passed over.
    """
    free = threading.Event()

    async def give_up() -> int:
        waiting = asyncio.ensure_future(workers.run(free.wait))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        free.set()
        return await workers.run(lambda: 2)

    assert 2 == asyncio.run(give_up())


def test_a_loop_that_is_gone_is_not_told(workers: Workers) -> None:
    """
    Work that outlives the loop which asked for it ends quietly.
    """
    free = threading.Event()

    async def leave() -> None:
        waiting = asyncio.ensure_future(workers.run(free.wait))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    free.set()

    assert 3 == workers.run_now(lambda: 3)


def test_closing_waits_for_running_work_and_calls_off_the_rest() -> None:
    """
    What has begun is finished; what has not will never be, and nothing more is taken.
    """
    workers, begun, done = Workers(1, "test"), threading.Event(), list[int]()

    def work() -> None:
        begun.set()
        asyncio.run(asyncio.sleep(0.05))
        done.append(1)

    async def close() -> None:
        first = asyncio.ensure_future(workers.run(work))
        await asyncio.to_thread(begun.wait)
        second = asyncio.ensure_future(workers.run(work))
        await asyncio.sleep(0)
        await asyncio.to_thread(workers.close)
        await first
        with pytest.raises(asyncio.CancelledError):
            await second

    asyncio.run(close())

    assert [1] == done
    with pytest.raises(RuntimeError, match="closed"):
        workers.run_now(lambda: 1)
