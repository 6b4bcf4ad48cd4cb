"""What agents read besides tools: resources by their address, and prompts for common jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.authz.ability import Ability
from tessera.identity.context import RequestContext
from tessera.mcp.tool import Scope
from tessera.schema.model import Schema

JSON_MEDIA: Final = "application/json"
ADDRESS: Final = "tessera://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that is listed."""

    uri: str
    title: str
    description: str
    offered: Callable[[Ability], bool]
    read: Callable[[RequestContext, Scope], Awaitable[bytes]]

    @property
    def described(self) -> dict[str, str]:
        """Return what a list tells of it."""
        name = self.uri.removeprefix(ADDRESS)
        return {
            "uri": self.uri,
            "name": name,
            "title": self.title,
            "description": self.description,
            "mimeType": JSON_MEDIA,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Many things of one kind, whose addresses have one form; `read` answers None to an address of nothing."""

    uri: str  # an RFC 6570 template
    name: str
    title: str
    description: str
    read: Callable[[RequestContext, Scope, str], Awaitable[bytes | None]]

    @property
    def described(self) -> dict[str, str]:
        """Return what a list tells of it."""
        return {
            "uriTemplate": self.uri,
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "mimeType": JSON_MEDIA,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What a prompt is filled with."""

    name: str
    description: str
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The words with which a common job is begun."""

    name: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    offered: Callable[[Ability], bool]
    text: Callable[[Mapping[str, str]], str]

    @property
    def described(self) -> dict[str, Any]:
        """Return what a list tells of it."""
        arguments = [
            {"name": each.name, "description": each.description, "required": each.required} for each in self.arguments
        ]
        return {"name": self.name, "title": self.title, "description": self.description, "arguments": arguments}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All resources and prompts of a project, in the order in which they are listed."""

    resources: tuple[Resource, ...] = ()
    templates: tuple[Template, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    def __add__(self, other: Library) -> Library:
        """Return what two features bring along."""
        return Library(
            resources=self.resources + other.resources,
            templates=self.templates + other.templates,
            prompts=self.prompts + other.prompts,
        )


LibraryOf = Callable[[Schema], Library]
