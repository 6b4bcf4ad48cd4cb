"""The scalar attribute types: how each is checked, kept and described."""

from __future__ import annotations

from tessera.schema.attributes.registry import kind_of

__all__ = ["kind_of"]
