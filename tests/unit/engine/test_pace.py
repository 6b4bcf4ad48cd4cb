import asyncio
import threading

import pytest

from tessera.engine.drivers import pace
from tessera.engine.drivers.pace import Pace, Paces
from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.session import Session
from tessera.sql.statement import Statement

FIVE = Statement("SELECT 5")
ENDLESS = Statement(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n"
)
ADD = Statement("INSERT INTO notes (text) VALUES ('a')")


def asked(database: SQLite, *statements: Statement, pace: Pace, writes: bool = False) -> list[tuple[bool, object]]:
    """Run reading; return for each time that it was begun whether it was in this thread, and what it found at last."""
    begun: list[tuple[bool, object]] = []

    async def work(session: Session) -> None:
        begun.append((threading.current_thread() is threading.main_thread(), None))
        for statement in statements:
            found = await session.scalar(statement)
            begun[-1] = (begun[-1][0], found)
        if writes:
            async with session.transaction():
                await session.execute(ADD)

    asyncio.run(database.run(work, pace))
    return begun


def test_short_reading_is_done_where_it_is_asked_for(database: SQLite) -> None:
    """
    What ends within a millisecond takes no hop to a thread.
    """
    assert [(True, 5)] == asked(database, FIVE, pace=Pace())


def test_reading_without_a_pace_is_done_in_a_thread(database: SQLite) -> None:
    """
    Only what may be begun twice is tried.
    """
    where: list[bool] = []

    async def work(session: Session) -> None:
        where.append(threading.current_thread() is threading.main_thread())

    asyncio.run(database.run(work))

    assert [False] == where


def test_long_reading_is_broken_off_and_done_in_a_thread(database: SQLite) -> None:
    """
    A statement that goes on is given up after a millisecond, and its answer is complete all the same.
    """
    pace = Pace()

    assert [(True, None), (False, 3_000_000)] == asked(database, ENDLESS, pace=pace)
    assert [(False, 5)] == asked(database, FIVE, pace=pace)


def test_the_end_of_reading_is_not_broken_off(database: SQLite, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever the clock says when the answer is there: the snapshot ends, and the next reading sees the newest state.
    """

    async def read(session: Session) -> None:
        await session.scalar(FIVE)

    async def read_often() -> None:
        for _ in range(1000):
            await database.run(read, Pace())

    monkeypatch.setattr(pace, "WORK", -1.0)
    asyncio.run(read_often())
    asked(database, FIVE, pace=Pace(), writes=True)
    monkeypatch.undo()

    assert [(True, 1)] == asked(database, Statement("SELECT count(*) FROM notes"), pace=Pace())


def test_what_was_broken_off_leaves_no_trace(database: SQLite) -> None:
    """
    Statements are counted as often as they answer, whoever has tried before.
    """
    database.trace = []

    asked(database, FIVE, ENDLESS, pace=Pace())

    assert [FIVE.text, ENDLESS.text] == database.trace


def test_what_writes_does_so_in_a_thread_and_once(database: SQLite) -> None:
    """
    Nothing is written where the event loop would wait for its turn.
    """
    begun = asked(database, FIVE, pace=Pace(), writes=True)

    assert [(True, 5), (False, 5)] == begun
    assert [(True, 1)] == asked(database, Statement("SELECT count(*) FROM notes"), pace=Pace())


def test_an_error_in_short_reading_is_told_and_the_next_one_works(database: SQLite) -> None:
    """
    A failure leaves no snapshot open.
    """

    async def fail(session: Session) -> None:
        await session.scalar(FIVE)
        raise LookupError("on purpose")

    with pytest.raises(LookupError):
        asyncio.run(database.run(fail, Pace()))
    assert [(True, 5)] == asked(database, FIVE, pace=Pace())


def test_a_kind_that_was_long_is_left_alone_twice_as_long_each_time() -> None:
    """
    What is long again and again is hardly tried any more.
    """
    pace, tries = Pace(), []
    for turn in range(200):
        if pace.is_short:
            tries.append(turn)
            pace.note(was_short=False)

    assert [0, 17, 50, 115] == tries


def test_a_kind_that_is_short_again_is_trusted_again() -> None:
    """
    After enough short ones, a single long one costs no more than at first.
    """
    pace = Pace()
    pace.note(was_short=False)
    for _ in range(16):
        assert not pace.is_short
    for _ in range(16):
        pace.note(was_short=True)
    pace.note(was_short=False)

    assert 16 == [pace.is_short for _ in range(17)].index(True)


def test_kinds_are_bounded_since_clients_choose_them() -> None:
    """
    The oldest kind makes room.
    """
    paces = Paces(2)
    first = paces.of("a")
    paces.of("b")
    paces.of("c")

    assert first is not paces.of("a")
