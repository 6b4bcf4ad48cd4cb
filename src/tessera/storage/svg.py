"""Drawings in SVG: read within bounds, and refused when they hold what a browser would run or fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from tessera.errors import ValidationError

_SVG: Final = "http://www.w3.org/2000/svg"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NOTES: Final = (  # what drawing programs leave behind, which no browser looks at
    "http://creativecommons.org/ns#",
    "http://ns.adobe.com/",
    "http://purl.org/dc/",
    "http://sodipodi.sourceforge.net/",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.inkscape.org/namespaces/",
    "http://www.serif.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
_ELEMENT: Final = re.compile(
    "a|circle|clipPath|defs|desc|ellipse|fe[A-Z][A-Za-z]*|filter|g|image|line|linearGradient|marker|mask|metadata|path"
    "|pattern|polygon|polyline|radialGradient|rect|stop|style|svg|switch|symbol|text|textPath|title|tspan|use|view"
)
_INLINE: Final = re.compile(r"#|data:image/(png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_FETCHES: Final = re.compile(
    r"@import|@font-face|\\|javascript:|image-set|expression\s*+\(|url\s*+\(\s*+"
    r"(?![\"']?\s*+(#|data:image/(png|jpeg|gif|webp)[;,]))",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,9})?)\s*(?:px)?\s*", re.ASCII)
_SPACE: Final = re.compile(r"[\s,]+")
_SIDES: Final = 4  # of a view box
_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Drawing:
    """A harmless drawing and the size it asks for, if it does."""

    width: int | None
    height: int | None


def read_svg(content: bytes) -> Drawing | None:
    """Return the drawing, or None when the bytes are no SVG at all; a harmful one is refused."""
    reader = _Reader()
    try:
        reader.read(content)
    except (expat.ExpatError, ValueError, LookupError):  # no XML, or in an encoding that nobody knows
        return None
    return reader.drawing


class _Reader:
    """One reading: refuses at the first thing that is not allowed."""

    def __init__(self) -> None:
        self.drawing: Drawing | None = None
        self._depth = 0
        self._style: list[str] | None = None  # the text of the style sheet that is open
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.buffer_text = True

    def read(self, content: bytes) -> None:
        self._parser.Parse(content, True)  # noqa: FBT003 - that this is all there is

    def _doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset:
            raise ValidationError("The drawing declares entities")

    def _instruction(self, target: str, _: str) -> None:
        raise ValidationError(f"The drawing holds the instruction {target}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._depth == 0:
            if (space, local) != (_SVG, "svg"):
                raise ValueError(name)
            self.drawing = _drawing(attributes)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValidationError("The drawing is nested too deep")
        if self._style is not None or not _is_harmless(space, local):
            raise ValidationError(f"The drawing holds the element {local}")
        if local == "style":
            self._style = []
        for key, value in attributes.items():
            _check(key, value)

    def _text(self, words: str) -> None:
        if self._style is not None:
            self._style.append(words)

    def _end(self, _: str) -> None:
        self._depth -= 1
        # Browsers join the pieces that comments leave, so they are judged as one.
        if self._style is not None and _FETCHES.search("".join(self._style)):
            raise ValidationError("The drawing holds a style that fetches or runs something")
        self._style = None


def _is_harmless(space: str, local: str) -> bool:
    return space.startswith(_NOTES) or (space == _SVG and _ELEMENT.fullmatch(local) is not None)


def _check(key: str, value: str) -> None:
    space, _, name = key.rpartition(" ")
    if space.startswith(_NOTES):
        return
    if name.lower().startswith("on") or (space, name) == (_XML, "base"):
        raise ValidationError(f"The drawing holds the attribute {name}")
    if name.lower() in ("href", "src") and not _INLINE.match(value.strip()):
        raise ValidationError("The drawing leads out of itself")
    if _FETCHES.search(value):
        raise ValidationError("The drawing holds an attribute that fetches or runs something")


def _drawing(attributes: dict[str, str]) -> Drawing:
    """Return the size that the root asks for; without one its view box counts."""
    box = _SPACE.split(attributes.get("viewBox", "").strip())
    width, height = box[2:] if len(box) == _SIDES else ("", "")
    return Drawing(
        width=_pixels(attributes.get("width", "")) or _pixels(width),
        height=_pixels(attributes.get("height", "")) or _pixels(height),
    )


def _pixels(length: str) -> int | None:
    found = _LENGTH.fullmatch(length)
    return round(float(found[1])) if found else None
