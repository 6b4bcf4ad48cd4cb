"""What the caller may do with documents of one type, and with single rows of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tessera.authz.ability import Ability, Grant, Refusal
from tessera.authz.reach import ALL, Fields, covers, joined
from tessera.authz.rules import Rule
from tessera.errors import ForbiddenError
from tessera.features.documents import actions
from tessera.filters import ALWAYS, NEVER, Filter
from tessera.identity.context import Origin, RequestContext
from tessera.identity.principal import System
from tessera.query.sight import Grants, Reader
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which rules reach one row, by action."""

    reaching: Mapping[str, tuple[Rule, ...]]

    def may(self, action: str) -> bool:
        """Tell whether the action may be done to the row."""
        return bool(self.reaching[action])

    def fields(self, action: str) -> Fields:
        """Return the fields of the row that the action may touch."""
        return joined(rule.fields for rule in self.reaching[action])

    def require(self, *wanted: str) -> None:
        """Refuse unless all of the actions may be done to the row."""
        if not all(self.may(action) for action in wanted):
            raise ForbiddenError


@dataclass(frozen=True, slots=True)
class Rights:
    """The caller's grants on one type for some actions, and the filters that single rows are asked about."""

    grants: Mapping[str, Grant | Refusal]
    filters: tuple[Filter, ...] = field(init=False)

    def __post_init__(self) -> None:
        rules = (rule for grant in self.grants.values() for rule in _rules(grant))
        asked = dict.fromkeys(rule.filter for rule in rules if rule.filter not in (ALWAYS, NEVER))
        object.__setattr__(self, "filters", tuple(asked))

    def require(self, *wanted: str) -> None:
        """Refuse unless each of the actions may be done to some row."""
        if not all(self.grants[action] for action in wanted):
            raise ForbiddenError

    def may(self, action: str) -> bool:
        """Tell whether the action may be done to some row."""
        return bool(self.grants[action])

    def fields(self, action: str) -> Fields:
        """Return the fields that the action may touch in some row."""
        return joined(rule.fields for rule in _rules(self.grants[action]))

    def judge(self, row: DocumentRow) -> Judgement:
        """Return what may be done with a row, of which the filters were asked."""
        known = dict(zip(self.filters, row.holds, strict=True))
        return Judgement({action: tuple(_reaching(_rules(grant), known)) for action, grant in self.grants.items()})

    def is_bounded(self, action: str) -> bool:
        """Tell whether some rule for the action is limited to certain rows."""
        return any(rule.filter != ALWAYS for rule in _rules(self.grants[action]))


def rights_on(ctx: RequestContext, content_type: ContentType, *asked: str, locale: str | None = None) -> Rights:
    """Return the caller's rights; for those in one locale, if it is named, the locale of a row does not matter."""
    ability = ability_of(ctx)
    return Rights({action: ability.grant(action, content_type.uid, locale=locale) for action in asked})


def ability_of(ctx: RequestContext) -> Ability:
    """Return the rules of whoever writes: an administrator, an admin token, or the server for the Content API."""
    return ctx.principal.ability if isinstance(ctx.principal, System) else ctx.admin.ability


def author_of(ctx: RequestContext) -> int | None:
    """Return the administrator whose name stands on what is written; what a site writes has none."""
    return None if isinstance(ctx.principal, System) else ctx.admin.user.id


def reader_of(ctx: RequestContext) -> Reader:
    """Return the caller as a reader."""
    ability = ability_of(ctx)
    return reading(ctx, partial(readable, ability), ability.key)


def reading(ctx: RequestContext, grants: Grants, key: Hashable) -> Reader:
    """Return a reader to whom related entries are told as its door tells them (mcp_server.rich_fields)."""
    by_id = ctx.origin is Origin.MCP
    return Reader(grants, (key, by_id), by_id=by_id)


@dataclass(frozen=True, slots=True)
class Readable:
    """What may be read of a type; of a component that may be read in part, that part is shown."""

    grant: Grant

    @property
    def filter(self) -> Filter:
        """Return what holds for rows that may be read."""
        return self.grant.filter

    def guard(self, field: str) -> Filter:
        """Return what holds for rows of which a field, or something within it, may be read."""
        return self.grant.partial_guard(field)


def readable(ability: Ability, uid: str) -> Readable | None:
    """Return what may be read of a type, or None."""
    grant = ability.grant(actions.READ, uid)
    return Readable(grant) if isinstance(grant, Grant) else None


def _read_grant(ability: Ability, uid: str) -> Grant | None:
    found = ability.grant(actions.READ, uid)
    return None if isinstance(found, Refusal) else found


def covers_all(fields: Fields, paths: Iterable[str]) -> bool:
    """Tell whether all paths are among the fields."""
    return fields is ALL or all(covers(fields, path) for path in paths)


def _rules(grant: Grant | Refusal) -> Sequence[Rule]:
    return () if isinstance(grant, Refusal) else grant.rules


def _reaching(rules: Iterable[Rule], known: Mapping[Filter, bool]) -> Iterable[Rule]:
    return (rule for rule in rules if rule.filter == ALWAYS or known.get(rule.filter, False))
