"""
What answers are wrapped in, as types that describe them.

A route declares what it answers as a typed dictionary. Its keys are all there are; those of a type marked as open are
only what is certain. Nothing is checked while requests are served: tests hold every answer against its description.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, NotRequired, TypeVar

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

T = TypeVar("T")

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Nothing = Annotated[None, Field(description="This edition has none")]


class Empty(TypedDict):
    """Nothing to tell."""


class Done(TypedDict):
    """It is done."""

    ok: Literal[True]


class Count(TypedDict):
    """How many there are, or were."""

    count: int


class Pagination(TypedDict):
    """Which page this is, and of how many."""

    page: int
    pageSize: int
    pageCount: int
    total: int


class PageMeta(TypedDict):
    """What is said about a page."""

    pagination: Pagination


class Data(TypedDict, Generic[T]):
    """The usual envelope."""

    data: T


class Results(TypedDict, Generic[T]):
    """A page of the Admin API."""

    results: list[T]
    pagination: Pagination


class Page(TypedDict, Generic[T]):
    """A page with what is said about it."""

    data: list[T]
    meta: PageMeta


class Row(TypedDict):
    """What the server keeps about whatever it keeps."""

    id: int
    documentId: str
    createdAt: Moment
    updatedAt: Moment
    publishedAt: Moment | None


class Listing(TypedDict, total=False):
    """How a list is paged, sorted, searched and filtered."""

    page: Annotated[int, Field(ge=1)]
    pageSize: Annotated[int, Field(ge=1)]
    sort: str | list[str] | dict[str, Any]
    _q: str
    filters: dict[str, Any]


class Person(TypedDict):
    """An administrator, as others see it."""

    id: int
    firstname: str | None
    lastname: str | None
    username: NotRequired[str | None]
    email: NotRequired[str]
    isActive: NotRequired[bool]


@with_config(ConfigDict(extra="allow"))
class Anything(TypedDict):
    """An object whose keys are told elsewhere."""
