"""How agents name related documents: by their ids, with a locale and a status where that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tessera.mcp.shapes import (
    JSON,
    Choice,
    Definitions,
    Flaw,
    Group,
    JSONSchema,
    Listing,
    Named,
    Null,
    OneOf,
    Path,
    Shape,
    Text,
    Truth,
)

STATUS: Final = Choice(options=("draft", "published"))
DOCUMENT: Final = Text(least=1)
DOCUMENTS: Final = Listing(items=DOCUMENT, least=1, most=100)
_NAMED: Final = {"documentId": DOCUMENT, "locale": Text(), "status": STATUS}
_ENTRY: Final = Group(members=_NAMED, required=frozenset({"documentId"}))
_POSITION: Final = Group(members={"before": Text(), "after": Text(), "start": Truth(), "end": Truth()})
_PLACED: Final = Group(members={**_NAMED, "position": _POSITION}, required=frozenset({"documentId"}))

TO_ONE: Final = OneOf((DOCUMENT, _ENTRY, Null()))


@dataclass(frozen=True, slots=True)
class Links(Shape):
    """A change of a list of related documents: all of them anew, or some that come and go."""

    group: Group

    def schema(self, definitions: Definitions) -> JSONSchema:
        return self.group.schema(definitions)

    def flaws(self, value: JSON, path: Path = ()) -> Iterator[Flaw]:
        found = list(self.group.flaws(value, path))
        yield from found
        if not found and "set" in value and ("connect" in value or "disconnect" in value):
            yield Flaw((*path, "set"), "set is mutually exclusive with connect and disconnect", minor=True)


_CHANGE: Final = Links(
    Group(
        members={
            "connect": Listing(items=OneOf((DOCUMENT, _PLACED))),
            "disconnect": Listing(items=OneOf((DOCUMENT, _ENTRY))),
            "set": OneOf((Listing(items=OneOf((DOCUMENT, _ENTRY))), Null())),
        }
    )
)
TO_MANY: Final = Named("links", lambda: _CHANGE)
