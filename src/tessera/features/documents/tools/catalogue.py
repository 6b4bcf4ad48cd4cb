"""Which tools of documents a project offers."""

from __future__ import annotations

from tessera.features.documents.tools.compact import compact_tools
from tessera.features.documents.tools.entries import type_tools
from tessera.mcp.tool import Tool
from tessera.schema.model import Schema
from tessera.settings.server import Catalogue


def tools_of(schema: Schema, catalogue: Catalogue) -> tuple[Tool, ...]:
    """Return a few tools for all content types, or some for each."""
    if catalogue is Catalogue.COMPACT:
        return compact_tools(schema)
    return type_tools(schema, bulk=catalogue is Catalogue.TYPED)
