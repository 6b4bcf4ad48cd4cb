"""All that a principal may do, and the decisions about single questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from typing import Final, TypeAlias

from tessera.authz.reach import ALL, Fields, Locales, covers, joined, touches
from tessera.authz.rules import NO_RULES, Rule, Rules
from tessera.filters import ALWAYS, Filter, Row, any_of, both, evaluate, one_of

Question: TypeAlias = tuple[str, str | None]  # an action and its subject
Scope: TypeAlias = frozenset[Question]  # every question that makes sense in a project

LOCALE: Final = "locale"  # the attribute that tells the locale of a row


class Reason(Enum):
    """Why something is refused."""

    UNKNOWN = "unknown"  # there is no such action, or it is never about this subject
    NOT_GRANTED = "not granted"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A decision against."""

    reason: Reason

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Grant:
    """
    A decision in favour: on which rows, and which of their fields.

    When it was asked for one locale it speaks of the rows of that locale only; otherwise of all rows, and the filters
    look at the locale where rules do. Its filter may still hold for no row.
    """

    rules: tuple[Rule, ...]
    filter: Filter  # what holds for the rows that are reached
    fields: Fields  # all fields that are reached in some row
    locales: Locales
    key: str  # equal for equal grants, in every process

    def guard(self, path: str) -> Filter:
        """Return what holds, among the rows that are reached, for those of which a field is reached."""
        return self._guard(rule for rule in self.rules if covers(rule.fields, path))

    def partial_guard(self, path: str) -> Filter:
        """Return what holds, among the rows that are reached, for those of which a field or a part of it is."""
        return self._guard(rule for rule in self.rules if touches(rule.fields, path))

    def _guard(self, showing: Iterable[Rule]) -> Filter:
        guard = any_of(rule.filter for rule in showing)
        return ALWAYS if guard == self.filter else guard


@dataclass(frozen=True, slots=True, eq=False)
class Ability:
    """
    The rules of a principal; what the scope does not know is refused, whatever the rules say.

    Questions that leave something open ask whether it is granted somewhere: in some field, locale or row.
    """

    rules: Rules
    scope: Scope
    key: str = field(init=False)  # equal for equal rules, in every process
    _grants: dict[Question, Grant | Refusal] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", _key(self.rules))

    def allows(
        self,
        action: str,
        subject: str | None = None,
        *,
        field: str | None = None,
        locale: str | None = None,
        row: Row | None = None,
    ) -> bool:
        """Whether something may be done."""
        grant = self.grant(action, subject, locale=locale)
        if isinstance(grant, Refusal):
            return False
        asked = [rule.filter for rule in grant.rules if field is None or covers(rule.fields, field)]
        return any(row is None or evaluate(filter_, row) for filter_ in asked)

    def holds(self, action: str) -> bool:
        """Whether an action may be done on some subject."""
        return any(self.allows(known, subject) for known, subject in self.scope if known == action)

    def grant(self, action: str, subject: str | None = None, *, locale: str | None = None) -> Grant | Refusal:
        """Decide on an action, in one locale or in all of them."""
        question = (action, subject)
        if question not in self.scope:
            return Refusal(Reason.UNKNOWN)
        if locale is not None:
            return _decided(self.rules, question, locale)
        if question not in self._grants:  # as many as the scope has at most
            self._grants[question] = _decided(self.rules, question, None)
        return self._grants[question]


def _decided(rules: Rules, question: Question, locale: str | None) -> Grant | Refusal:
    about = (rule for rule in rules if rule.applies(*question) and not rule.is_empty)
    found = {_plain(rule, question, locale) for rule in about if rule.reaches(locale)}
    if not found:
        return Refusal(Reason.NOT_GRANTED)
    ordered = tuple(sorted(found, key=Rule.text))
    return Grant(
        rules=ordered,
        filter=any_of(rule.filter for rule in ordered),
        fields=joined(rule.fields for rule in ordered),
        locales=joined(rule.locales for rule in ordered),
        key=_key(ordered),
    )


def _plain(rule: Rule, question: Question, locale: str | None) -> Rule:
    """Return the rule for one question, with the locales that it keeps to among its conditions."""
    codes = None if rule.locales is ALL or locale is not None else sorted(rule.locales)
    filter_ = rule.filter if codes is None else both(rule.filter, one_of(LOCALE, codes))
    return Rule(*question, rule.fields, rule.locales, filter_)


def _key(rules: Iterable[Rule]) -> str:
    texts = "\n".join(sorted(rule.text() for rule in rules))
    return blake2b(texts.encode(), digest_size=16).hexdigest()


NOTHING: Final = Ability(NO_RULES, frozenset())  # of those who are not known
