"""Tools as values: what each is called, who is offered it, what it takes and answers, and the use case it ends in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tessera.authz.ability import Ability
from tessera.engine.locales import Locales
from tessera.identity.context import RequestContext
from tessera.mcp.shapes import Group, JSONSchema
from tessera.schema.model import Schema
from tessera.settings.server import Catalogue

Arguments = Mapping[str, Any]  # as they were sent, within the shape of the tool


class Effect(Enum):
    """What a tool does to what is stored, as its annotations tell it."""

    READS = "reads"
    ADDS = "adds"  # the same call adds once more
    CHANGES = "changes"  # the same call changes nothing more
    DESTROYS = "destroys"

    @property
    def annotations(self) -> dict[str, bool]:
        """Return the hints of the protocol; all of them, because what is not said counts as dangerous."""
        return {
            "readOnlyHint": self is Effect.READS,
            "destructiveHint": self is Effect.DESTROYS,
            "idempotentHint": self is not Effect.ADDS,
            "openWorldHint": False,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """For whom tools are described: what it may do, and the locales that there are."""

    schema: Schema
    ability: Ability
    locales: Locales
    catalogue: Catalogue = Catalogue.REFERENCE

    @property
    def typed(self) -> bool:
        """Tell whether schemas say more than those of the reference."""
        return self.catalogue is not Catalogue.REFERENCE


Seen = Callable[[RequestContext, Scope, Arguments], Awaitable[bytes | None]]
State = Callable[[RequestContext, Scope, Arguments], Awaitable[bytes]]


def unnamed(_: Arguments) -> str | None:
    """Return no content type: the tool is not about the documents of one."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One thing that an agent can do."""

    name: str
    title: str
    description: str
    effect: Effect
    offered: Callable[[Ability], bool]
    takes: Callable[[Scope], Group]
    gives: Callable[[Scope], JSONSchema]
    run: Callable[[RequestContext, Scope, Arguments], Awaitable[bytes]]
    seen: Seen | None = None  # what is there before it changes it, as far as it may be read
    noun: str = "Document"  # what is not found when it is not
    tries: bool = False  # only tells what it would do, unless `dryRun` is false
    actions: tuple[str, ...] = ()  # any one of which lets somebody use it
    subject: Callable[[Arguments], str | None] = unnamed  # the content type that a call is about
    state: State | None = None  # what a confirmation is bound to: the versions of the documents that are meant
    many: bool = False  # reaches several documents, so that it is confirmed in any case

    @property
    def writes(self) -> bool:
        """Tell whether the tool changes anything."""
        return self.effect is not Effect.READS


ToolsOf = Callable[[Schema, Catalogue], tuple[Tool, ...]]


class ArgumentsRefused(Exception):  # noqa: N818 - said to the agent, which tries again
    """What a tool finds out about its arguments when it runs."""


class PermissionMissing(Exception):  # noqa: N818 - said to the agent, whose key can be given more
    """The key lacks a permission on a content type that it knows of already."""

    def __init__(self, actions: tuple[str, ...], subject: str) -> None:
        super().__init__(subject)
        self.actions = actions
        self.subject = subject
