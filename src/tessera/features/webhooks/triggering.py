"""Calling a webhook to see whether it answers, while no session of the database waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final

import orjson

from tessera.errors import NotFoundError
from tessera.features.webhooks import repository
from tessera.features.webhooks.reach import Outcome
from tessera.features.webhooks.requests import send
from tessera.runtime import iso
from tessera.web.request import Request
from tessera.web.routing import Surroundings

_EVENT: Final = "trigger-test"
_NO_ANSWER: Final = 500  # as the reference tells that there was none


@asynccontextmanager
async def trigger(request: Request, around: Surroundings) -> AsyncIterator[None]:
    """Call the webhook; one that is not there is refused, where the reference ends in a server error."""
    webhook_id = request.number("id")
    found = None
    if webhook_id is not None:
        found = await around.driver.run(partial(repository.webhook_of, webhook_id=webhook_id))
    if found is None:
        raise NotFoundError("webhook.notFound")
    project = around.project
    body = orjson.dumps({"event": _EVENT, "createdAt": iso(project.clock.now())})
    message = f"msg_{project.randomness.uuid()}"
    request.prepared = await send(
        project, found.id, url=found.url, headers=found.headers, event=_EVENT, message=message, body=body
    )
    yield


def told(outcome: Outcome) -> dict[str, Any]:
    """Return what is said of the call, as the reference does."""
    if outcome.status is None:
        return {"statusCode": _NO_ANSWER, "message": outcome.error}
    return {"statusCode": outcome.status, **({} if outcome.arrived else {"message": outcome.text})}
