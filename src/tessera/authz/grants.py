"""From what is stored to what is decided with: permissions become rules, and the catalogue says which make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tessera.authz.actions import Catalogue
from tessera.authz.conditions import CONDITIONS, Asker
from tessera.authz.permission import Permission
from tessera.authz.reach import ALL
from tessera.authz.rules import Rule, Rules
from tessera.authz.subjects import SubjectTypes
from tessera.filters import ALWAYS, Filter, any_of


def rules_of(permissions: Iterable[Permission], asker: Asker, catalogue: Catalogue, types: SubjectTypes) -> Rules:
    """Return the rules of some permissions; one that names what is unknown grants nothing."""
    return frozenset(
        rule for permission in permissions for rule in _rules(permission, asker, catalogue, types) if not rule.is_empty
    )


def is_localized(permission: Permission, catalogue: Catalogue, types: SubjectTypes) -> bool:
    """Tell whether a permission is bounded by locales: its action takes them, and its subject has them."""
    action, subject = catalogue.find(permission.action), types.get(permission.subject or "")
    return action is not None and "locales" in action.properties and subject is not None and subject.localized


def known_questions(catalogue: Catalogue, types: SubjectTypes) -> frozenset[tuple[str, str | None]]:
    """Return every pair of action and subject that can be asked about in a project."""
    return frozenset(
        (action.uid, subject)
        for action in catalogue
        for subject in (catalogue.subjects_of(action, types) if action.subjects else (None,))
    )


def _rules(permission: Permission, asker: Asker, catalogue: Catalogue, types: SubjectTypes) -> Iterator[Rule]:
    action = catalogue.find(permission.action)
    if action is None or not catalogue.takes(action, permission.subject, types):
        return
    if not permission.properties.keys() <= set(action.properties):
        return  # What it is limited by is unknown here, so it cannot be kept to.
    filter_ = condition_filter(permission.conditions, asker)
    yield Rule(
        action=action.uid,
        subject=permission.subject,
        fields=permission.fields if "fields" in action.properties else ALL,
        locales=permission.locales(localized=is_localized(permission, catalogue, types)),
        filter=filter_,
    )
    for implied, about in action.implies:
        yield Rule(action=implied, subject=about, filter=filter_)


def condition_filter(names: tuple[str, ...], asker: Asker) -> Filter:
    """Return the rows for which one of the conditions holds; an unknown one holds for none."""
    if not names:
        return ALWAYS
    return any_of(CONDITIONS[name].make(asker) for name in names if name in CONDITIONS)
