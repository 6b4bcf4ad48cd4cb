"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tessera.errors import NotFoundError
from tessera.features.audit import repository
from tessera.features.audit.asking import asked
from tessera.identity.context import RequestContext


async def list_entries(ctx: RequestContext, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the log, the newest entries first unless another order is asked for."""
    question = asked(params)
    start = (question.page - 1) * question.size
    results, total = await repository.page(
        ctx.session, question.where, question.values, question.order, size=question.size, start=start
    )
    pages = -(-total // question.size)
    paging = {"page": question.page, "pageSize": question.size, "pageCount": pages, "total": total}
    return {"results": results, "pagination": paging}


async def read_entry(ctx: RequestContext, id_: int | None) -> dict[str, Any]:
    """Return one entry of the log."""
    entry = None if id_ is None else await repository.one(ctx.session, id_)
    if entry is None:
        raise NotFoundError
    return entry
