"""The ceiling of an owner-bound token: what it and its owner both grant."""

from __future__ import annotations

from itertools import product

from tessera.authz.rules import Rules


def ceiling(token: Rules, owner: Rules) -> Rules:
    """Return the rules granted by both sides, pair by pair."""
    pairs = product(token, owner)
    return frozenset(met for mine, theirs in pairs if (met := mine.meet(theirs)) is not None)
