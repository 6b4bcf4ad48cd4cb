"""Questions whether the caller may do something, as the panel asks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from tessera.identity.context import RequestContext
from tessera.web.fields import Text
from tessera.web.shapes import Shape


class Check(Shape):
    """One question: an action, the subject it is done to, and a field of it."""

    action: Annotated[str, Text(required=True)]
    subject: Annotated[str | None, Text(nullable=True)] = None
    field: Annotated[str | None, Text(nullable=True)] = None


def answers(ctx: RequestContext, checks: Sequence[Check]) -> list[bool]:
    """Return for each question whether the caller may; what is unknown is refused."""
    ability = ctx.admin.ability
    return [ability.allows(check.action, check.subject, field=check.field) for check in checks]
