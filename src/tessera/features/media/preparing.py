"""Staging what a form brings before its use case begins: the long work, in threads of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from tessera.errors import ApplicationError, TesseraError, ValidationError
from tessera.features.media import actions
from tessera.features.media.configuration import configuration_of
from tessera.features.media.forms import sent_files
from tessera.features.media.incoming import Incoming, Wishes, receive
from tessera.features.media.keeping import storage_of
from tessera.features.media.rights import require
from tessera.features.media.settings import stored_settings
from tessera.identity.principal import SignedIn, TokenBearer
from tessera.web.request import Request
from tessera.web.routing import Prepare, Surroundings

_WORKERS: Final = ThreadPoolExecutor(2, "uploads")  # so many pictures are unpacked at a time, whoever sends how many


def _preparation(refusal: Callable[[str], TesseraError]) -> Prepare:
    @asynccontextmanager
    async def prepare(request: Request, around: Surroundings) -> AsyncIterator[None]:
        replaces = bool(request.query.get("id") or "id" in request.params)
        if isinstance(around.principal, SignedIn | TokenBearer):
            require(around.principal.ability, actions.UPDATE if replaces else actions.CREATE)
        files = sent_files(request)
        if replaces and len(files) > 1:
            raise refusal("Cannot replace a file with multiple ones")
        if not files:
            yield
            return
        wishes = Wishes.of(await around.driver.run(stored_settings))
        configuration, loop = configuration_of(around.project.settings), asyncio.get_running_loop()
        with storage_of(around.project).staging() as folder:
            received: list[Incoming] = []
            for number, sent in enumerate(files):
                work = partial(receive, sent, folder / str(number), wishes, configuration)
                received.append(await loop.run_in_executor(_WORKERS, work))
            request.prepared = received
            yield

    return prepare


PREPARE: Final = _preparation(ApplicationError)  # of the panel
PREPARE_CONTENT: Final = _preparation(ValidationError)  # of the Content API


def prepared(request: Request) -> list[Incoming]:
    """Return the staged files; there may be none."""
    found: list[Incoming] = request.prepared or []
    return found
