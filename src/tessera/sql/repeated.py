"""
Entries that a statement shows in several places, such as files and creators.

They are written once and referred to, as drivers keep short statements ready and prepare long ones each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tessera.query.conditions import EVERY
from tessera.query.plan import Entry, Field, Form, OnePlan, Parts, ReadPlan, Related, Siblings, Zone


def repeated(plan: ReadPlan) -> frozenset[Entry]:
    """Return the entries that depend on nothing but their own row and occur more than once."""
    roots = [plan.entry]
    if isinstance(plan, OnePlan):
        roots += [entry for entry in (plan.other_locales, plan.other_version) if entry is not None]
    counted = Counter(entry for root in roots for entry in _related(root))
    return frozenset(entry for entry, count in counted.items() if count > 1)


def can_be_shared(part: Related) -> bool:
    """Tell whether the entries of a relation are shown as they are, whichever of them are linked."""
    plain = part.rows.where == EVERY and not part.rows.sort and not part.masked
    return plain and part.form is not Form.COUNT and part.entry is not None and _is_plain(part.entry)


def _is_plain(entry: Entry) -> bool:
    return all(
        part.guard == EVERY and (isinstance(part, Field) or (isinstance(part, Related) and can_be_shared(part)))
        for part in entry.selections
    )


def _related(entry: Entry) -> Iterator[Entry]:
    for part in entry.selections:
        match part:
            case Related(entry=Entry() as inner):
                if can_be_shared(part):
                    yield inner
                yield from _related(inner)
            case Parts(entry=inner) | Siblings(entry=inner):
                yield from _related(inner)
            case Zone(entries=entries):
                for each in entries:
                    yield from _related(each)
