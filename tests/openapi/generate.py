"""
Describe the answers of the server anew, from those that the tests have seen.

    TESSERA_SEEN=/tmp/seen.jsonl make test      # with -p no:xdist, or one file for all workers
    python -m tests.openapi.generate /tmp/seen.jsonl

What is there already is kept and widened: a value that was once null may be null again. Look at the difference before
it is committed; a shape that grew by accident is a defect of the route.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import orjson

from tessera.app import all_routes
from tests.openapi.inferring import JSONSchema, Seen

# What the content types of a project decide, or another protocol; only what is common to all of them is described.
_STAMPS: Final = {name: {"type": "string"} for name in ("documentId", "createdAt", "updatedAt")}
_DOCUMENT: Final = {"type": "object", "properties": {"id": {"type": "number"}, **_STAMPS}}
_META: Final = {
    "type": "object",
    "properties": {name: {"type": "array"} for name in ("availableLocales", "availableStatus")},
}
_ONE: Final = {"type": "object", "properties": {"data": _DOCUMENT, "meta": _META}, "required": ["data"]}
_ANY: Final = {"type": "object"}
_OPEN: Final[Mapping[str, JSONSchema]] = {
    "/content-manager/collection-types/{uid}/{id}": _ONE,
    "/content-manager/collection-types/{uid}/{id}/actions/publish": _ONE,
    "/content-manager/collection-types/{uid}/{id}/actions/unpublish": _ONE,
    "/content-manager/collection-types/{uid}/{id}/actions/discard": _ONE,
    "/content-manager/collection-types/{uid}/actions/publish": _ONE,
    "/content-manager/collection-types/{uid}/clone/{id}": _ONE,
    "/content-manager/collection-types/{uid}/auto-clone/{id}": _ONE,
    "/content-manager/single-types/{uid}": _ONE,
    "/content-manager/single-types/{uid}/actions/publish": _ONE,
    "/content-manager/single-types/{uid}/actions/unpublish": _ONE,
    "/content-manager/single-types/{uid}/actions/discard": _ONE,
    "/admin/openapi.json": _ANY,
}
ANSWERS: Final = Path(__file__).parents[2] / "src" / "tessera" / "web" / "answers.json"


def main() -> None:
    """Read what was seen and write the shapes."""
    seen: dict[str, Seen] = {}
    with Path(sys.argv[1]).open("rb") as lines:
        for line in lines:
            name, body = orjson.loads(line)
            seen.setdefault(name, Seen()).note(body)
    own = {
        f"{route.method} {route.path}" for route in all_routes()
    }  # not those that a project's types or settings make
    described = {name: _schema(name, each) for name, each in sorted(seen.items()) if name in own}
    listed = described.get("GET /content-manager/collection-types/{uid}")
    if listed is not None:
        listed["properties"]["results"] = {"type": "array", "items": _DOCUMENT}
    if "POST /content-manager/collection-types/{uid}" in described:
        described["POST /content-manager/collection-types/{uid}"] = _ONE
    written = (f"{_text(name)}: {_text(schema)}" for name, schema in described.items())
    ANSWERS.write_text("{\n" + ",\n".join(written) + "\n}\n", "utf-8")
    sys.stdout.write(f"{len(described)} answers are described in {ANSWERS.name}\n")


def _schema(name: str, seen: Seen) -> JSONSchema:
    method, _, path = name.partition(" ")
    return seen.schema() if method == "DELETE" or path not in _OPEN else _OPEN[path]


def _text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


if __name__ == "__main__":
    main()
