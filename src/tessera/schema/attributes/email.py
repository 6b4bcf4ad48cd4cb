"""The attribute type `email`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tessera.schema.attributes.base import JSONSchema, Mode
from tessera.schema.attributes.characters import CharacterType, length_complaints, pattern_complaints
from tessera.schema.model import ColumnKind, Scalar

_BEYOND: Final = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"  # letters of other scripts
_DOTTED: Final = re.compile(
    rf"[a-z0-9!#$%&'*+\-/=?^_`{{|}}~{_BEYOND}]+(\.[a-z0-9!#$%&'*+\-/=?^_`{{|}}~{_BEYOND}]+)*", re.IGNORECASE | re.ASCII
)
_QUOTED: Final = re.compile(
    rf'"([\x20\x09\x21\x23-\x5b\x5d-\x7e{_BEYOND}]|\\[\x01-\x09\x0b\x0c\x0d-\x7f{_BEYOND}])*"', re.ASCII
)
_DOMAIN: Final = re.compile(rf"[a-z0-9\-._~{_BEYOND}]+", re.IGNORECASE | re.ASCII)
_LAST_DOT: Final = re.compile(rf"[a-z0-9{_BEYOND}]\.[a-z{_BEYOND}]", re.IGNORECASE | re.ASCII)
_FIRST: Final = re.compile(rf"[a-z0-9{_BEYOND}]", re.IGNORECASE | re.ASCII)
_LAST: Final = re.compile(rf"[a-z{_BEYOND}]\Z", re.IGNORECASE | re.ASCII)


class Email(CharacterType):
    """An e-mail address; a draft may hold any text instead."""

    name = "email"
    kind = ColumnKind.STRING

    def complaints(self, text: str, attribute: Scalar, mode: Mode) -> Iterator[str]:
        """Yield what is wrong; that an address is not empty replaces the least length, as in the reference."""
        yield from length_complaints(text, attribute, Mode.DRAFT)
        yield from pattern_complaints(text, attribute, mode)
        if mode is Mode.DRAFT:
            return
        if not text:
            yield "cannot be empty"
        elif not is_address(text):
            yield "must be a valid email"

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {**super().shape(attribute), "format": "email"}


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address; checked part by part, so that no text takes long."""
    local, at, domain = text.rpartition("@")
    return bool(at) and bool(_DOTTED.fullmatch(local) or _QUOTED.fullmatch(local)) and _is_domain(domain)


def _is_domain(text: str) -> bool:
    return bool(_DOMAIN.fullmatch(text) and _FIRST.match(text) and _LAST.search(text) and _LAST_DOT.search(text))
