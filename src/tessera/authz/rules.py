"""Rules: what is granted, evaluated for one principal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from tessera.authz.reach import ALL, Everything, Fields, Locales, in_order, shared_fields, shared_locales
from tessera.filters import ALWAYS, NEVER, Filter, both


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One grant: an action, on a subject if the action takes one, within fields, locales and rows.

    A rule may name no locale at all: it opens no row, but lets one ask (admin_tokens.tokens_survive_a_restart).
    """

    action: str | Everything
    subject: str | Everything | None = None
    fields: Fields = ALL
    locales: Locales = ALL
    filter: Filter = ALWAYS

    @property
    def is_empty(self) -> bool:
        """Whether it grants nothing, since it reaches no field or no row."""
        return not self.fields or self.filter == NEVER

    def applies(self, action: str, subject: str | None) -> bool:
        """Whether the rule is about that action on that subject."""
        return self.action in (ALL, action) and self.subject in (ALL, subject)

    def reaches(self, locale: str | None) -> bool:
        """Whether the rule reaches a locale, if one is named."""
        return locale is None or self.locales is ALL or locale in self.locales

    def meet(self, other: Rule) -> Rule | None:
        """Return the rule that grants what both grant, or None if there is no such thing."""
        if not (_meets(self.action, other.action) and _meets(self.subject, other.subject)):
            return None
        locales = shared_locales(self.locales, other.locales)
        met = Rule(
            action=other.action if self.action is ALL else self.action,
            subject=other.subject if self.subject is ALL else self.subject,
            fields=shared_fields(self.fields, other.fields),
            locales=locales,
            filter=both(self.filter, other.filter),
        )
        lost = self.locales and other.locales and not locales
        return None if lost or met.is_empty else met

    def text(self) -> str:
        """Return the rule written so that equal rules are written alike in every process."""
        told = (str(self.action), str(self.subject), in_order(self.fields), in_order(self.locales), self.filter)
        return repr(told)


Rules: TypeAlias = frozenset[Rule]

NO_RULES: Final[Rules] = frozenset()
SUPER_ADMIN: Final[Rules] = frozenset({Rule(ALL, ALL)})  # one rule that grants everything


def _meets(mine: str | Everything | None, theirs: str | Everything | None) -> bool:
    return mine is ALL or theirs is ALL or mine == theirs
