"""
The nodes of structured text, each with what it may hold.

A check returns the node with its values turned into their types and adds what is wrong to a list.
Members that a node does not know are kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any, Final
from urllib.parse import urlsplit

from tessera.errors import ABSENT, Violation
from tessera.schema.attributes.base import Rejected, not_castable, wrong_type
from tessera.schema.attributes.boolean import truth_of
from tessera.schema.attributes.enumeration import as_word
from tessera.schema.attributes.numerals import number_of, shown
from tessera.schema.attributes.place import Place
from tessera.schema.attributes.printing import value_text
from tessera.schema.model import JSON

Node = dict[str, Any]  # a node as it was sent, with any members
Violations = list[Violation]
Check = Callable[[JSON, Place, Violations], JSON]

_MARKS: Final = ("bold", "italic", "underline", "strikethrough", "code")
_LINK_SCHEMES: Final = frozenset({"http", "https", "ftp"})
_LEVELS: Final = (1, 2, 3, 4, 5, 6)
_INLINE: Final = "Inline node must be Text or Link"


def check_blocks(blocks: list[JSON], place: Place, out: Violations) -> JSON:
    """Check the nodes at the top."""
    return [
        _one_of(_BLOCKS, "Block node is of invalid type")(block, place.item(at), out) for at, block in enumerate(blocks)
    ]


def _one_of(checks: dict[str, Check], complaint: str) -> Check:
    """Return the check of a node that is of one of several types."""

    def check(node: JSON, place: Place, out: Violations) -> JSON:
        kind = node.get("type") if isinstance(node, dict) else None
        found = checks.get(kind) if isinstance(kind, str) else None
        if found is not None:
            return found(node, place, out)
        out.append(Violation(place.path, complaint, node))
        return node

    return check


def _text(node: JSON, place: Place, out: Violations) -> JSON:
    if not isinstance(node, dict):
        out.append(wrong_type(place, "object", node) if node is None else not_castable(place, "object", node))
        return node
    checked = dict(node)
    _word(checked, "type", place, out, among=("text",))
    _word(checked, "text", place, out, absent="Text must be defined with at least an empty string")
    for mark in _MARKS:
        _mark(checked, mark, place, out)
    return checked


def _link(node: Node, place: Place, out: Violations) -> JSON:
    checked = dict(node)
    _url(checked, place, out)
    _children(checked, place, out, _text)
    return checked


def _inline_block(name: str | None) -> Check:
    """Return the check of a node that holds texts and links, at least one when it has a name."""

    def check(node: Node, place: Place, out: Violations) -> JSON:
        checked = dict(node)
        empty = f"{name} node children must have at least one Text or Link node" if name else None
        _children(checked, place, out, _one_of(_INLINES, _INLINE), empty)
        return checked

    return check


def _heading(node: Node, place: Place, out: Violations) -> JSON:
    checked = dict(node)
    _level(checked, place, out)
    _children(
        checked,
        place,
        out,
        _one_of(_INLINES, _INLINE),
        "Heading node children must have at least one Text or Link node",
    )
    return checked


def _code(node: Node, place: Place, out: Violations) -> JSON:
    checked = dict(node)
    _optional_word(checked, "language", place, out)
    _children(checked, place, out, _text, "Quote node children must have at least one Text or Link node")
    return checked


def _list(node: Node, place: Place, out: Violations) -> JSON:
    checked = dict(node)
    _word(checked, "format", place, out, among=("ordered", "unordered"))
    empty = "List node children must have at least one ListItem or ListNode"
    _children(checked, place, out, _one_of(_LIST_ITEMS, "Inline node must be list-item or list"), empty)
    return checked


def _image(node: Node, place: Place, out: Violations) -> JSON:
    checked = dict(node)
    image, at = checked.get("image", {}), place.key("image")
    if isinstance(image, dict):
        checked["image"] = _file(image, at, out)
    else:
        out.append(wrong_type(at, "object", image) if image is None else not_castable(at, "object", image))
    _children(checked, place, out, _text)
    return checked


def _file(image: Node, place: Place, out: Violations) -> Node:
    checked = dict(image)
    for name, check in _FILE.items():
        check(checked, name, place, out)
    return checked


_INLINES: Final[dict[str, Check]] = {"text": _text, "link": _link}
_LIST_ITEMS: Final[dict[str, Check]] = {"list-item": _inline_block(None), "list": _list}
_BLOCKS: Final[dict[str, Check]] = {
    "paragraph": _inline_block("Paragraph"),
    "heading": _heading,
    "quote": _inline_block("Quote"),
    "code": _code,
    "list": _list,
    "image": _image,
}


def _word(
    node: Node,
    name: str,
    place: Place,
    out: Violations,
    *,
    among: Collection[str] = (),
    absent: str = "",
    filled: bool = False,
) -> None:
    """Turn a member into text and check it."""
    at = place.key(name)
    if name not in node:
        out.append(Violation(at.path, absent or f"{at.label} is a required field"))
        return
    word = node[name] = as_word(node[name])
    if not isinstance(word, str):
        out.append(wrong_type(at, "string", word))
    elif filled and not word:
        out.append(Violation(at.path, f"{at.label} is a required field", word))
    if among and word not in among:
        out.append(Violation(at.path, f"{at.label} must be one of the following values: {', '.join(among)}", word))


def _filled(node: Node, name: str, place: Place, out: Violations) -> None:
    _word(node, name, place, out, filled=True)


def _optional_word(node: Node, name: str, place: Place, out: Violations) -> None:
    if node.get(name) is not None:
        _word(node, name, place, out)


def _mark(node: Node, name: str, place: Place, out: Violations) -> None:
    if name not in node:
        return
    truth = truth_of(node[name])
    if truth is None:
        out.append(wrong_type(place.key(name), "boolean", node[name]))
    else:
        node[name] = truth


def _number(node: Node, name: str, place: Place, out: Violations) -> float | None:
    """Turn a member into a number and return it."""
    at = place.key(name)
    if name not in node:
        out.append(Violation(at.path, f"{at.label} is a required field"))
        return None
    if node[name] is None:
        out.append(Violation(at.path, f"{at.label} must be a `number` type, but the final value was: `NaN`.", None))
        return math.nan
    number = number_of(node[name], at)
    if isinstance(number, Rejected):
        out.extend(number.violations)
        return math.nan
    node[name] = shown(number)
    return number


_FILE: Final[dict[str, Callable[[Node, str, Place, Violations], object]]] = {
    "name": _filled,
    "alternativeText": _optional_word,
    "url": _filled,
    "caption": _optional_word,
    "width": _number,
    "height": _number,
    "hash": _filled,
    "ext": _filled,
    "mime": _filled,
    "size": _number,
    "previewUrl": _optional_word,
    "provider": _filled,
    "createdAt": _filled,
    "updatedAt": _filled,
}


def _level(node: Node, place: Place, out: Violations) -> None:
    level = _number(node, "level", place, out)
    if level is not None and level not in _LEVELS:
        at = place.key("level")
        out.append(
            Violation(
                at.path, f"{at.label} must be one of the following values: {', '.join(map(str, _LEVELS))}", shown(level)
            )
        )


def _url(node: Node, place: Place, out: Violations) -> None:
    at, url = place.key("url"), as_word(node.get("url", ABSENT))
    if url is None or isinstance(url, dict | list):
        out.append(wrong_type(at, "string", url))
    elif not isinstance(url, str) or not is_link(url):
        out.append(Violation(at.path, "Please specify a valid link.", url))
    else:
        node["url"] = url


def is_link(url: str) -> bool:
    """Whether a link may lead there: into the site, to a host, an address or a telephone, and nowhere else."""
    if url.lower().startswith(("/", "mailto:", "tel:")):
        return True
    try:
        parts = urlsplit(url.strip())
        return parts.scheme in _LINK_SCHEMES and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # a host or a port that is none
        return False


def _children(node: Node, place: Place, out: Violations, check: Check, empty: str | None = None) -> None:
    """Check the nodes within a node."""
    at = place.key("children")
    if "children" not in node:
        out.append(Violation(at.path, f"{at.label} is a required field"))
        return
    children = node["children"]
    if not isinstance(children, list):
        text = f"{at.label} must be a `array` type, but the final value was: `null`"
        cast = "" if children is None else f" (cast from the value `{value_text(children)}`)"
        out.append(Violation(at.path, f"{text}{cast}.", None))
        return
    if empty and not children:
        out.append(Violation(at.path, empty, children))
    node["children"] = [check(child, at.item(index), out) for index, child in enumerate(children)]
