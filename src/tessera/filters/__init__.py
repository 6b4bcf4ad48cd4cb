"""Predicates as data, shared by permissions and queries."""

from tessera.filters.evaluate import Row, evaluate
from tessera.filters.filter import (
    ALWAYS,
    NEVER,
    Always,
    And,
    Compare,
    Exists,
    Filter,
    Never,
    Not,
    Operator,
    Or,
    Stored,
)
from tessera.filters.simplify import all_of, any_of, both, either, negate, one_of, related, simplify

__all__ = [
    "ALWAYS",
    "NEVER",
    "Always",
    "And",
    "Compare",
    "Exists",
    "Filter",
    "Never",
    "Not",
    "Operator",
    "Or",
    "Row",
    "Stored",
    "all_of",
    "any_of",
    "both",
    "either",
    "evaluate",
    "negate",
    "one_of",
    "related",
    "simplify",
]
