"""From stored permissions to abilities, compiled once for each set of permissions and asker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from tessera.authz.ability import Ability
from tessera.authz.ceiling import ceiling
from tessera.authz.conditions import Asker
from tessera.authz.grants import known_questions, rules_of
from tessera.authz.permission import Permission
from tessera.authz.rules import SUPER_ADMIN, Rules
from tessera.identity.authority import Authority, StoredRow
from tessera.identity.context import Project
from tessera.identity.principal import AdminUser
from tessera.shelf import Shelf

_KEPT: Final = 1024  # abilities, and as many credentials


class Abilities:
    """Compiles the abilities of one project. It decides nothing on memory: fingerprints are read each time."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scope = known_questions(project.catalogue, project.schema.content_types)
        self._compiled: Shelf[Ability] = Shelf(_KEPT)
        self._seen: Shelf[str] = Shelf(_KEPT)

    def known(self, credential: str) -> str | None:
        """Return the fingerprint that a credential had last, if its ability is still there."""
        fingerprint = self._seen.find(credential)
        return fingerprint if self._compiled.find(fingerprint) is not None else None

    def ability(self, credential: str, user: AdminUser, authority: Authority) -> Ability | None:
        """Return the ability of a credential; None if it was forgotten since the statement was sent."""
        ability = self._compiled.find(authority.fingerprint)
        if ability is None and authority.of_token is not None:
            ability = Ability(self._rules(user, authority), self._scope)
            self._compiled.put(authority.fingerprint, ability)
        if ability is not None:
            self._seen.put(credential, authority.fingerprint)
        return ability

    def _rules(self, user: AdminUser, authority: Authority) -> Rules:
        asker = Asker(user.id, frozenset(user.role_ids))
        own = SUPER_ADMIN if user.is_super_admin else self._rules_of(authority.of_roles or (), asker)
        if authority.token is None:
            return own
        return ceiling(self._rules_of(authority.of_token or (), asker), own)

    def _rules_of(self, rows: Iterable[StoredRow], asker: Asker) -> Rules:
        types = self._project.schema.content_types
        return rules_of(_permissions(rows), asker, self._project.catalogue, types)


def _permissions(rows: Iterable[StoredRow]) -> Iterator[Permission]:
    """Yield the permissions that can be read; one that cannot grants nothing, and takes none of the others along."""
    for action, subject, properties, conditions in rows:
        limits, names = _json(properties, {}), _json(conditions, [])
        if not isinstance(action, str) or not isinstance(limits, dict) or not isinstance(names, list):
            continue
        if all(isinstance(name, str) for name in names) and (subject is None or isinstance(subject, str)):
            yield Permission(action=action, subject=subject, properties=limits, conditions=tuple(names))


def _json(column: object, empty: object) -> object:
    if column is None:
        return empty
    try:
        parsed: object = orjson.loads(column) if isinstance(column, str) else None
    except orjson.JSONDecodeError:
        return None
    return parsed
