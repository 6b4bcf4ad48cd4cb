import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tessera.web.gate import Gate

SOON = 0.001


class Diary:
    """A gate, and who went in and out of it."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.lines: list[str] = []

    async def visit(self, name: str, is_over: asyncio.Event, *, alone: bool = False) -> None:
        await self.gate.enter(alone=alone)
        self.lines.append(f"{name} in")
        await is_over.wait()
        self.lines.append(f"{name} out")
        self.gate.leave(alone=alone)


def told(story: Callable[[Diary], Awaitable[None]]) -> list[str]:
    """Return what happens in a story."""
    diary = Diary()

    async def tell() -> None:
        async with asyncio.timeout(5):
            await story(diary)

    asyncio.run(tell())
    return diary.lines


async def others() -> None:
    """Let everybody else do what can be done."""
    await asyncio.sleep(SOON)


def test_requests_are_at_work_together() -> None:
    """
    Nobody waits while nobody has to be alone.
    """

    async def story(diary: Diary) -> None:
        over = asyncio.Event()
        visits = [asyncio.create_task(diary.visit(name, over)) for name in "ab"]
        await others()
        over.set()
        await asyncio.gather(*visits)

    assert ["a in", "b in", "a out", "b out"] == told(story)


def test_one_that_is_alone_waits_for_those_inside_and_keeps_later_ones_waiting() -> None:
    """
    Turns are taken in the order of coming, so that neither kind starves the other.
    """

    async def story(diary: Diary) -> None:
        first, second, rest = asyncio.Event(), asyncio.Event(), asyncio.Event()
        visits = [asyncio.create_task(diary.visit("a", first))]
        await others()
        visits.append(asyncio.create_task(diary.visit("alone", second, alone=True)))
        visits += [asyncio.create_task(diary.visit(name, rest)) for name in "bc"]
        visits.append(asyncio.create_task(diary.visit("again", rest, alone=True)))
        for event in (first, second, rest):
            await others()
            event.set()
        await asyncio.gather(*visits)

    expected = ["a in", "a out", "alone in", "alone out", "b in", "c in", "b out", "c out", "again in", "again out"]
    assert expected == told(story)


@pytest.mark.parametrize("alone", [False, True])
def test_one_that_gives_up_waiting_holds_nobody_up(alone: bool) -> None:
    """
    Also one that was to be alone.
    """

    async def story(diary: Diary) -> None:
        over, never = asyncio.Event(), asyncio.Event()
        first = asyncio.create_task(diary.visit("a", over, alone=not alone))
        await others()
        waiting = asyncio.create_task(diary.visit("x", never, alone=alone))
        last = asyncio.create_task(diary.visit("b", over))
        await others()
        waiting.cancel()
        await others()
        over.set()
        await asyncio.gather(first, last)

    assert {"a in", "a out", "b in", "b out"} == set(told(story))


def test_one_that_is_let_in_while_it_gives_up_leaves_again() -> None:
    """
    Its turn and its end may fall together.
    """

    async def story(diary: Diary) -> None:
        gate, over = diary.gate, asyncio.Event()
        await gate.enter()
        waiting = asyncio.create_task(diary.visit("x", over, alone=True))
        await others()
        gate.leave()
        waiting.cancel()
        await others()
        over.set()
        await diary.visit("b", over, alone=True)

    assert ["b in", "b out"] == told(story)
