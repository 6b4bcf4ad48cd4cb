"""Structured text as agents write it: blocks, and what may stand in each."""

from __future__ import annotations

from typing import Final

from tessera.mcp.shapes import Choice, Group, Listing, Named, Null, Number, OneOf, Shape, Text, Truth

_MARKS: Final = ("bold", "italic", "underline", "strikethrough", "code")


def _node(name: str, needs: tuple[str, ...], **members: Shape) -> Group:
    return Group(
        members={"type": Choice(options=(name,)), **members}, required=frozenset({"type", *needs}), closed=False
    )


_TEXT: Final = _node("text", ("text",), text=Text(), **dict.fromkeys(_MARKS, Truth()))
_TEXTS: Final = Listing(items=_TEXT, least=1)
_LINK: Final = _node("link", ("url", "children"), url=Text(), children=_TEXTS)
_INLINE: Final = Listing(items=OneOf((_TEXT, _LINK)), least=1)
_ITEM: Final = _node("list-item", ("children",), children=_INLINE)
_HEADING: Final = _node("heading", ("level", "children"), level=Choice(options=(1, 2, 3, 4, 5, 6)), children=_INLINE)
_CODE: Final = _node("code", ("children",), language=OneOf((Text(), Null())), children=_TEXTS)
_FILE: Final = Group(members={"url": Text(), "name": Text()}, required=frozenset({"url"}), closed=False)
_IMAGE: Final = _node("image", ("image", "children"), image=_FILE, children=Listing(items=_TEXT, least=1, most=1))


def _list() -> Shape:
    children = Listing(items=OneOf((_ITEM, LIST)), least=1)
    format_ = Choice(options=("ordered", "unordered"))
    return _node("list", ("format", "children"), format=format_, indentLevel=Number(), children=children)


LIST: Final = Named("list", _list)
_BLOCK: Final = Named(
    "block",
    lambda: OneOf(
        (
            _node("paragraph", ("children",), children=_INLINE),
            _HEADING,
            _node("quote", ("children",), children=_INLINE),
            _CODE,
            _IMAGE,
            LIST,
        )
    ),
)
BLOCKS: Final = Listing(items=_BLOCK)
