"""A content type with every attribute type and option, as the reference had it when its answers were recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tessera.schema.model import ContentType, Schema
from tests.unit.schema.projects import built, component, content_type

RECORDED: dict[str, Any] = json.loads(Path(__file__).with_name("recorded_values.json").read_text("utf-8"))


def lab_schema() -> Schema:
    """Return the schema of the recording: the same attributes with drafts and without."""
    return built(
        content_type("probe", RECORDED["attributes"], options={"draftAndPublish": True}),
        content_type("firm", RECORDED["attributes"]),
        content_type("plain", {"name": {"type": "string"}}),
        *(component("lab", name, attributes) for name, attributes in RECORDED["components"].items()),
    )


SCHEMA = lab_schema()
PROBE: ContentType = SCHEMA.content_types["api::probe.probe"]
FIRM: ContentType = SCHEMA.content_types["api::firm.firm"]
