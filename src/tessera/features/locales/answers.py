"""What is answered about locales."""

from __future__ import annotations

from typing_extensions import TypedDict

from tessera.web.envelopes import Row


class Locale(Row):
    """A locale of the project."""

    name: str | None
    code: str
    isDefault: bool


class KnownLocale(TypedDict):
    """A locale that can be added."""

    code: str
    name: str


class TranslationSettings(TypedDict):
    """How entries are translated."""

    aiLocalizations: bool
