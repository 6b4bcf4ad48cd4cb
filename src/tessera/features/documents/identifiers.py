"""Use cases of unique identifiers: making one that is free, and telling whether one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tessera.engine.locales import locales
from tessera.errors import ForbiddenError, ValidationError, Violation
from tessera.features.documents import actions
from tessera.features.documents.rights import rights_on
from tessera.features.documents.slugs import slug
from tessera.identity.context import RequestContext
from tessera.schema.attributes.patterns import matches
from tessera.schema.model import ContentType, Scalar
from tessera.sql.identifiers import values_beginning

_USUAL: Final = "^[A-Za-z0-9-_.~]*$"
_MISFIT: Final = 'Must match the custom regex or the default one "/^[A-Za-z0-9-_.~]*$/"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An attribute that holds identifiers, and the locale that they are unique in."""

    uid: str
    name: str
    locale: str | None = None


async def make_identifier(ctx: RequestContext, field: Field, data: dict[str, Any]) -> str:
    """Return a free identifier made from the attribute that it is made from."""
    content_type, attribute = _attribute(ctx, field)
    source = data.get(attribute.target_field or "")
    default = attribute.default if isinstance(attribute.default, str) and attribute.default else None
    text = source if isinstance(source, str) and source else default or content_type.singular_name
    return await _free(ctx, content_type, field, slug(text))


async def check_identifier(ctx: RequestContext, field: Field, value: str) -> tuple[bool, str | None]:
    """Tell whether an identifier is free, and name one that is if it is not."""
    found = ctx.project.schema.content_types.get(field.uid)
    attribute = found.attributes.get(field.name) if found else None
    pattern = attribute.regex if isinstance(attribute, Scalar) and attribute.regex else _USUAL
    if value and not matches(pattern, value):
        raise ValidationError.of([Violation(("value",), _MISFIT)])
    content_type, _ = _attribute(ctx, field)
    if value not in await _taken(ctx, content_type, field, value):
        return True, None
    return False, await _free(ctx, content_type, field, value)


def _attribute(ctx: RequestContext, field: Field) -> tuple[ContentType, Scalar]:
    """Return the attribute; its values are told only to those who may read or write the type."""
    content_type = ctx.project.schema.content_types.get(field.uid)
    if content_type is None:
        raise ValidationError("ContentType not found")
    rights = rights_on(ctx, content_type, actions.READ, actions.CREATE, actions.UPDATE)
    if not any(rights.may(action) for action in rights.grants):
        raise ForbiddenError
    attribute = content_type.attributes.get(field.name)
    if not isinstance(attribute, Scalar) or attribute.type != "uid":
        raise ValidationError(f"{field.name} must be a valid `uid` attribute")
    return content_type, attribute


async def _free(ctx: RequestContext, content_type: ContentType, field: Field, wanted: str) -> str:
    """Return the identifier, with a number after it if it is taken."""
    taken = await _taken(ctx, content_type, field, wanted)
    if wanted not in taken:
        return wanted
    number = 1
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


async def _taken(ctx: RequestContext, content_type: ContentType, field: Field, start: str) -> set[str]:
    locale = None
    if content_type.localized:
        locale = field.locale or (await locales(ctx.session)).default
    rows = await ctx.session.rows(values_beginning(content_type, field.name, start, locale))
    return {row[0] for row in rows}
