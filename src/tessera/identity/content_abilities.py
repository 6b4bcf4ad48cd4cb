"""From actions to abilities of the Content API, compiled once for each holder and set of actions."""

from __future__ import annotations

from typing import Final

from tessera.authz.ability import Ability
from tessera.authz.reach import ALL
from tessera.authz.rules import Rule
from tessera.identity.content_actions import FIND, action_on, content_actions, reading_actions
from tessera.identity.content_authority import Held
from tessera.schema.model import Schema
from tessera.shelf import Shelf

_PLUGIN: Final = "plugin::"
_KEPT: Final = 1024  # abilities, and as many credentials


class ContentAbilities:
    """
    The abilities of one project's Content API. They reach all fields and locales: private attributes never show there.

    It decides nothing on memory: fingerprints are read each time.
    """

    def __init__(self, schema: Schema) -> None:
        self._known = content_actions(schema)
        # Types of plugins that have no routes show where they are related, to tokens that list no actions.
        related = frozenset(action_on(uid, FIND) for uid in schema.content_types if uid.startswith(_PLUGIN))
        self._scope = frozenset((action, None) for action in self._known | related)
        self.everything: Final = Ability(frozenset({Rule(ALL)}), self._scope)
        self.reading: Final = self._able(reading_actions(schema) | related)
        self._compiled: Shelf[Ability] = Shelf(_KEPT)
        self._seen: Shelf[str] = Shelf(_KEPT)

    def known(self, asker: str) -> str | None:
        """Return the fingerprint that an asker had last, if its ability is still there."""
        fingerprint = self._seen.find(asker)
        return fingerprint if self._compiled.find(fingerprint) is not None else None

    def ability(self, asker: str, held: Held) -> Ability | None:
        """
        Return the ability of an asker; None if it was forgotten since the statement was sent.

        Actions that the project does not know grant nothing.
        """
        ability = self._compiled.find(held.fingerprint)
        if ability is None and held.actions is not None:
            ability = self._able(self._known.intersection(held.actions))
            self._compiled.put(held.fingerprint, ability)
        if ability is not None:
            self._seen.put(asker, held.fingerprint)
        return ability

    def _able(self, actions: frozenset[str]) -> Ability:
        return Ability(frozenset(Rule(action) for action in actions), self._scope)
