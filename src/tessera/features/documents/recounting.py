"""As whom the author of a change reads the answer to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tessera.features.documents.rights import Readable, ability_of, readable, reading
from tessera.filters import ALWAYS, NEVER, And, Exists, Filter, Not, Or, all_of, any_of
from tessera.identity.context import RequestContext
from tessera.query.sight import Reader
from tessera.schema.model import ContentType


def writing_reader(ctx: RequestContext, content_type: ContentType) -> Reader:
    """
    Return the caller as a reader of what it has written.

    Rules that look further than to what a row is related to do not count then: the reference does not know what is
    there (content_manager_permissions.entries_of_colleagues).
    """
    ability = ability_of(ctx)

    def grants(uid: str) -> Readable | None:
        grant = readable(ability, uid)
        return _near(grant) if grant and uid == content_type.uid else grant

    return reading(ctx, grants, ("writing", ability.key, content_type.uid))


def author_reader(ctx: RequestContext, content_type: ContentType, *, everything: bool) -> Reader:
    """
    Return the caller as a reader of a row that it has written and may not read: nothing of it, or everything.

    What one has just created is shown in full even to those who may not read the type
    (promises.copying_needs_reading: a key that may not read creates).
    """
    ability = ability_of(ctx)
    shown = _Shown(everything=everything)

    def grants(uid: str) -> Readable | _Shown | None:
        return shown if uid == content_type.uid else readable(ability, uid)

    return reading(ctx, grants, ("author", ability.key, content_type.uid, everything))


@dataclass(frozen=True, slots=True)
class _Shown:
    """Every row, with all fields or none."""

    everything: bool

    @property
    def filter(self) -> Filter:
        return ALWAYS

    def guard(self, field: str) -> Filter:
        return ALWAYS if self.everything else NEVER


def _near(seen: Readable) -> Readable:
    rules = tuple(replace(rule, filter=_without_far(rule.filter)) for rule in seen.grant.rules)
    return Readable(replace(seen.grant, rules=rules, filter=any_of(rule.filter for rule in rules)))


def _without_far(filter_: Filter) -> Filter:
    """Return a filter without the parts that ask what related entries are related to; they count as false."""
    match filter_:
        case And(parts):
            return all_of(_without_far(part) for part in parts)
        case Or(parts):
            return any_of(_without_far(part) for part in parts)
        case Exists(filter=inner) if _asks_further(inner):
            return NEVER
        case Not(inner) if _without_far(inner) != inner:
            return NEVER
    return filter_


def _asks_further(filter_: Filter) -> bool:
    match filter_:
        case Exists():
            return True
        case And(parts) | Or(parts):
            return any(_asks_further(part) for part in parts)
        case Not(inner):
            return _asks_further(inner)
    return False
