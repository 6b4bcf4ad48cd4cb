"""Nobody gives more than it holds: what is given, held against what the giver or the owner of a token has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from typing import Any, Final, TypeAlias

from tessera.authz.permission import Permission
from tessera.authz.reach import ALL, Everything, Fields, Locales, covers, joined

_MESSAGE: Final = "Cannot assign admin permissions that exceed your own. Exceeding: "


class Excess(Enum):
    """In what a permission goes too far."""

    ACTION = "action-not-held"
    FIELDS = "fields-exceed"
    LOCALES = "locales-exceed"
    CONDITIONS = "conditions-exceed"


@dataclass(frozen=True, slots=True)
class Exceeding:
    """A permission that goes too far; `detail` says by how much."""

    action: str
    subject: str | None
    excess: Excess
    detail: str = ""

    def described(self) -> str:
        """Return the permission as messages name it."""
        named = self.action if self.subject is None else f"{self.action} on {self.subject}"
        return f"{named} ({self.detail})" if self.detail else named

    def violation(self) -> dict[str, Any]:
        """Return the permission as the details of an error name it."""
        return {"action": self.action, "subject": self.subject, "reason": self.excess.value}


_Check: TypeAlias = Callable[[Permission, Sequence[Permission]], Exceeding | None]
Localized: TypeAlias = Callable[[Permission], bool]  # whether a permission is bounded by locales at all


def _as_written(_: Permission) -> bool:
    """Take locales for a bound wherever they could be one, which refuses the most."""
    return True


def exceeding(wanted: Iterable[Permission], held: Iterable[Permission]) -> list[Exceeding]:
    """
    Return which permissions go beyond those that are held.

    Each field in each locale has to be held, under conditions that are no narrower: two permissions never add up to
    more than each of them allows.
    """
    return _exceeding(wanted, held, _excess_together)


def exceeding_owner(
    wanted: Iterable[Permission], owner: Iterable[Permission], localized: Localized = _as_written
) -> list[Exceeding]:
    """
    Return which permissions of a token go beyond its owner's, in locales only where there are any.

    Conditions do not count, since the token inherits the owner's. Neither does which field is held in which locale:
    the ceiling keeps the owner's rules apart at each request.
    """
    return _exceeding(wanted, owner, lambda _asked, _held: None, localized)


def exceeding_message(found: Iterable[Exceeding]) -> str:
    """Return the message that refuses permissions of a token, naming all that go too far."""
    return _MESSAGE + ", ".join(each.described() for each in found)


def inherit_conditions(wanted: Iterable[Permission], owner: Sequence[Permission]) -> tuple[Permission, ...]:
    """
    Return the permissions under the conditions that all roles of the owner have together.

    One role without conditions is enough to have none (admin_tokens.ceiling_of_conditions).
    """
    return tuple(_under(asked, [mine.conditions for mine in owner if _is_alike(asked, mine)]) for asked in wanted)


def clip(
    token: Iterable[Permission], owner: Sequence[Permission], localized: Localized = _as_written
) -> tuple[Permission, ...]:
    """
    Return what a token keeps: whole permissions that its owner could still give it, under the owner's conditions.

    A permission that went too far in one field or locale is gone (admin_tokens.owner_loses_permissions).
    """
    return inherit_conditions([mine for mine in token if not exceeding_owner((mine,), owner, localized)], owner)


def _exceeding(
    wanted: Iterable[Permission],
    held: Iterable[Permission],
    together: _Check,
    localized: Localized = _as_written,
) -> list[Exceeding]:
    bounds = tuple(held)
    found = [
        _excess(asked, [mine for mine in bounds if _is_alike(asked, mine)], together, localized) for asked in wanted
    ]
    return [each for each in found if each is not None]


def _excess(asked: Permission, held: Sequence[Permission], together: _Check, localized: Localized) -> Exceeding | None:
    """Return the first way in which a permission exceeds the alike ones."""
    if not held:
        return _found(asked, Excess.ACTION)
    if detail := _excess_fields(asked, joined(mine.fields for mine in held)):
        return _found(asked, Excess.FIELDS, detail)
    if localized(asked) and (detail := _excess_locales(asked, joined(_locales(mine) for mine in held))):
        return _found(asked, Excess.LOCALES, detail)
    return together(asked, held)


def _excess_fields(asked: Permission, held: Fields) -> str:
    if held is not ALL and (asked.fields is ALL or not asked.fields):
        return "fields are required due to owner field restrictions"
    beyond = [path for path in _listed(asked, "fields") if not covers(held, path)]
    return f"fields: {', '.join(beyond)}" if beyond else ""


def _excess_locales(asked: Permission, held: Locales) -> str:
    if held is ALL:
        return ""
    if _locales(asked) is ALL:
        return "locales are required due to owner locale restrictions"
    beyond = [code for code in _listed(asked, "locales") if code not in held]
    return f"locales: {', '.join(beyond)}" if beyond else ""


def _excess_together(asked: Permission, held: Sequence[Permission]) -> Exceeding | None:
    for path, code in product(_members(asked.fields) or (ALL,), _members(_locales(asked)) or (None,)):
        showing = [mine for mine in held if _shows(mine, path)]
        there = [mine for mine in showing if code is None or _speaks(mine, code)]
        if not there:
            return _found(asked, Excess.LOCALES if showing else Excess.FIELDS)
        if not _is_within(asked.conditions, [mine.conditions for mine in there]):
            return _found(asked, Excess.CONDITIONS)
    return None


def _shows(held: Permission, path: str | Everything) -> bool:
    return held.fields is ALL or (isinstance(path, str) and covers(held.fields, path))


def _speaks(held: Permission, code: str | Everything) -> bool:
    locales = _locales(held)
    return locales is ALL or (isinstance(code, str) and code in locales)


def _is_within(asked: Sequence[str], alternatives: Sequence[Sequence[str]]) -> bool:
    """Whether rows that meet one of the asked conditions surely meet one of those that are held."""
    if any(not conditions for conditions in alternatives):
        return True
    return bool(asked) and {*asked} <= {name for conditions in alternatives for name in conditions}


def _under(asked: Permission, alternatives: Sequence[Sequence[str]]) -> Permission:
    if not alternatives:
        return asked
    is_free = any(not conditions for conditions in alternatives)
    names = [] if is_free else [name for conditions in alternatives for name in conditions]
    return replace(asked, conditions=tuple(dict.fromkeys(names)))


def _is_alike(asked: Permission, held: Permission) -> bool:
    return (asked.action, asked.subject) == (held.action, held.subject)


def _locales(permission: Permission) -> Locales:
    """Return the locales as they are written; where the subject has none, both sides write none."""
    return permission.locales(localized=True)


def _members(reach: Fields | Locales) -> tuple[str | Everything, ...]:
    return (ALL,) if isinstance(reach, Everything) else tuple(sorted(reach))


def _listed(permission: Permission, name: str) -> list[str]:
    """Return the members of a property in the order in which they were given."""
    given = permission.properties.get(name)
    return [str(member) for member in given] if isinstance(given, list) else []


def _found(asked: Permission, excess: Excess, detail: str = "") -> Exceeding:
    return Exceeding(asked.action, asked.subject, excess, detail)
