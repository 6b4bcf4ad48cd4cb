"""Linking files to an entry while they are uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tessera.authz.ability import Ability, Refusal
from tessera.errors import ForbiddenError, ValidationError, Violation
from tessera.features.media import actions, repository
from tessera.features.media.finding import Library
from tessera.features.media.incoming import Incoming
from tessera.filters import ALWAYS, Filter, both
from tessera.identity.context import RequestContext
from tessera.identity.principal import SignedIn, TokenBearer
from tessera.schema.model import ContentType, Media

_KINDS: Final = {"image": "images", "video": "videos", "audio": "audios"}
_OTHER: Final = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An attribute of one row of a type."""

    uid: str
    row_id: int
    attribute: str


async def link_files(ctx: RequestContext, link: Link, files: Sequence[tuple[int, Incoming]]) -> None:
    """Link files to an entry, if the caller may change that attribute of it and it takes such files."""
    content_type, media = _attribute(ctx, link)
    filter_ = _reach(ctx, link)
    ability = ctx.principal.ability if isinstance(ctx.principal, SignedIn | TokenBearer) else ctx.content.ability
    if not await ctx.session.scalar(Library(ctx, ability).counted(content_type.uid, [link.row_id], filter_)):
        raise ForbiddenError
    if any(not _fits(media, incoming.mime) for _, incoming in files):
        allowed = ", ".join(media.allowed_types)
        message = f"{link.attribute} must be one of the following types: {allowed}"
        raise ValidationError.of([Violation((link.attribute,), message)])
    linked = files if media.multiple else files[-1:]
    holder = (link.uid, link.row_id, link.attribute)
    await repository.link_files(ctx.session, [file_id for file_id, _ in linked], holder, alone=not media.multiple)


def _attribute(ctx: RequestContext, link: Link) -> tuple[ContentType, Media]:
    content_type = ctx.project.schema.content_types.get(link.uid)
    attribute = content_type.attributes.get(link.attribute) if content_type else None
    if content_type is None or content_type.api is None or not isinstance(attribute, Media):
        raise ValidationError(f"{link.uid} has no files in {link.attribute}")
    return content_type, attribute


def _reach(ctx: RequestContext, link: Link) -> Filter:
    """Return which entries the caller may change in that attribute; no file comes to an entry by another road."""
    if isinstance(ctx.principal, SignedIn | TokenBearer):
        return _granted(ctx.principal.ability, link)
    if not ctx.content.ability.allows(f"{link.uid}.update"):
        raise ForbiddenError
    return ALWAYS


def _granted(ability: Ability, link: Link) -> Filter:
    grant = ability.grant(actions.UPDATE_ENTRY, link.uid)
    if isinstance(grant, Refusal):
        raise ForbiddenError
    return both(grant.filter, grant.guard(link.attribute))


def _fits(media: Media, mime: str) -> bool:
    return _KINDS.get(mime.partition("/")[0], _OTHER) in media.allowed_types or not media.allowed_types
