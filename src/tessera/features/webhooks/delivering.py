"""The worker that delivers what is noted: outside of requests, in every process, each delivery by one of them."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Any, Final

from tessera.engine.drivers.driver import Driver
from tessera.engine.session import Session
from tessera.features.webhooks import delivery_repository as repository
from tessera.features.webhooks.delivery_repository import DELIVERED, FAILED, Due
from tessera.features.webhooks.outbox_repository import WAITING
from tessera.features.webhooks.reach import Outcome
from tessera.features.webhooks.requests import send
from tessera.identity.context import Project

_POLL: Final = 0.5  # seconds between two looks at an empty queue
_MARGIN: Final = 20_000  # milliseconds that a lease lasts longer than an attempt may take
_FIRST: Final = 10_000  # milliseconds before the second attempt; each wait is three times the one before
_FACTOR: Final = 3
_LONGEST: Final = 6 * 60 * 60 * 1000
_JITTER: Final = 5  # a wait is longer by up to a fifth, so that not all come back at once
_GONE: Final = 410
_DAY: Final = 24 * 60 * 60 * 1000
_HOUR: Final = 60 * 60 * 1000

log: Final = logging.getLogger("tessera.webhooks")


async def deliver(project: Project, driver: Driver) -> None:
    """Deliver until it is cancelled; what is under way then is tried again by whoever comes next."""
    await Worker(project, driver).run()


class Worker:
    """Takes what is due, as much as it can carry at once, and notes how it went."""

    def __init__(self, project: Project, driver: Driver) -> None:
        self._project = project
        self._driver = driver
        self._settings = project.settings.server.webhooks
        self._under_way: set[asyncio.Task[None]] = set()
        self._swept = 0

    async def run(self) -> None:
        """Look for work for ever."""
        try:
            while True:
                if not await self._look():
                    await self._rest()
        finally:
            for task in self._under_way:
                task.cancel()

    async def _rest(self) -> None:
        """Wait until something that is under way has ended, and no longer than until the next look."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_POLL, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(_POLL)

    async def _look(self) -> bool:
        """Begin what is due; return whether there was anything. A database that fails is asked again later."""
        try:
            await self._sweep()
            return await self.step()
        except Exception as error:  # noqa: BLE001 - the worker outlives whatever one look at the queue runs into
            log.error("The queue of webhooks could not be read: %s", type(error).__name__)  # noqa: TRY400 - see `report`
            return False

    async def step(self) -> bool:
        """Take and begin what is due and can be carried."""
        free = self._settings.at_once - len(self._under_way)
        if free < 1:
            return False
        now = self._project.clock.now()
        if not await self._driver.run(partial(repository.due, now=now, most=1)):
            return False
        until = now + int(self._settings.seconds * 1000) + _MARGIN
        for due in await self._driver.run(partial(_taken, now=now, most=free, until=until)):
            task = asyncio.create_task(self._deliver(due, until))
            self._under_way.add(task)
            task.add_done_callback(self._finished)
        return True

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("A delivery was not noted and will be repeated: %s", type(error).__name__)

    async def settled(self) -> None:
        """Wait for all that is under way."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _deliver(self, due: Due, until: int) -> None:
        outcome = await self._attempt(due)
        columns = self._ending(due, outcome)
        await self._driver.run(partial(_settled, due=due, until=until, columns=columns))
        if columns["state"] == FAILED:
            log.warning("Webhook %d was not told of %s, and will not be", due.webhook_id, due.event)

    async def _attempt(self, due: Due) -> Outcome:
        """Try once; what nobody has foreseen is a failed attempt too, or it would be tried for ever."""
        try:
            return await send(
                self._project,
                due.webhook_id,
                url=due.url,
                headers=due.headers,
                event=due.event,
                message=due.message,
                body=due.body,
            )
        except Exception as error:  # noqa: BLE001 - see above
            return Outcome(error=f"the attempt broke off ({type(error).__name__})")

    def _ending(self, due: Due, outcome: Outcome) -> dict[str, Any]:
        now, attempts = self._project.clock.now(), due.attempts + 1
        over = attempts >= self._settings.attempts or outcome.status == _GONE
        state = DELIVERED if outcome.arrived else FAILED if over else WAITING
        return {
            "state": state,
            "attempts": attempts,
            "due_at": now + self._wait(attempts) if state == WAITING else now,
            "tried_at": now,
            "milliseconds": outcome.milliseconds,
            "status": outcome.status,
            "error": outcome.error,
        }

    def _wait(self, attempts: int) -> int:
        wait: int = min(_FIRST * _FACTOR ** (attempts - 1), _LONGEST)
        return wait + wait * int(self._project.randomness.digits("0123456789", 3)) // (1000 * _JITTER)

    async def _sweep(self) -> None:
        """Forget once an hour what is older than deliveries are kept."""
        now = self._project.clock.now()
        if now - self._swept < _HOUR:
            return
        self._swept, before = now, now - self._settings.keep_days * _DAY
        if await self._driver.run(partial(repository.has_older, before=before)):
            await self._driver.run(partial(_forgotten, before=before))


async def _taken(session: Session, *, now: int, most: int, until: int) -> list[Due]:
    async with session.transaction():
        found = await repository.due(session, now, most)
        await repository.lease(session, [due.id for due in found], until)
        return found


async def _settled(session: Session, *, due: Due, until: int, columns: dict[str, Any]) -> None:
    async with session.transaction():
        await repository.settle(session, due.id, until, columns)


async def _forgotten(session: Session, *, before: int) -> None:
    async with session.transaction():
        await repository.forget_older(session, before)
