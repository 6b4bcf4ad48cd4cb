"""How far a token's rights on a content type reach, as schemas of tools tell it."""

from __future__ import annotations

from collections.abc import Callable

from tessera.authz.ability import Ability, Grant
from tessera.authz.reach import ALL, Fields, joined
from tessera.features.documents import actions
from tessera.mcp.shapes import Choice, Never, Shape, Text
from tessera.mcp.tool import Scope
from tessera.schema.model import ContentType


def allowed(uid: str, *wanted: str) -> Callable[[Ability], bool]:
    """Return the question whether one of some actions may be done to some document of a type."""
    return lambda ability: any(ability.allows(action, uid) for action in wanted)


def fields_of(scope: Scope, content_type: ContentType, *wanted: str) -> Fields:
    """Return the fields that some of the actions reach."""
    grants = (scope.ability.grant(action, content_type.uid) for action in wanted)
    return joined(grant.fields for grant in grants if isinstance(grant, Grant))


def written_fields(scope: Scope, content_type: ContentType) -> Fields:
    """Return the fields of a single type that may be written, whether it is there already or not."""
    return fields_of(scope, content_type, actions.CREATE, actions.UPDATE)


def locale_shape(scope: Scope, content_type: ContentType, action: str) -> Shape:
    """Return the locales that an action may be done in, named as soon as there are several."""
    codes = scope.locales.codes
    if not content_type.localized or len(codes) < 2:  # noqa: PLR2004 - several
        return Text()
    grant = scope.ability.grant(action, content_type.uid)
    reach = grant.locales if isinstance(grant, Grant) else frozenset[str]()
    permitted = codes if reach is ALL else tuple(code for code in codes if code in reach)
    if not permitted:
        return Never()
    default = scope.locales.default
    return Choice(options=permitted, default=default if default in permitted else None)
