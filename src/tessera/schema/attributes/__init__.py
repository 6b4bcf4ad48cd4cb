"""The scalar attribute types: how each reads a value, keeps it, gives it back and describes itself."""

from __future__ import annotations

from tessera.schema.attributes.base import (
    Accepted,
    AttributeType,
    JSONSchema,
    Mode,
    Parsed,
    Rejected,
    Stored,
    Unreadable,
)
from tessera.schema.attributes.password import PlainPassword
from tessera.schema.attributes.patterns import compile_pattern
from tessera.schema.attributes.place import ROOT, Place
from tessera.schema.attributes.registry import TYPES, kind_of, type_of

__all__ = [
    "ROOT",
    "TYPES",
    "Accepted",
    "AttributeType",
    "JSONSchema",
    "Mode",
    "Parsed",
    "Place",
    "PlainPassword",
    "Rejected",
    "Stored",
    "Unreadable",
    "compile_pattern",
    "kind_of",
    "type_of",
]
