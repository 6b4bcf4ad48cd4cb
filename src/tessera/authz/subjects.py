"""Content types as far as rights are about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class SubjectType(Protocol):
    """What rights need to know of a content type."""

    @property
    def uid(self) -> str:
        """Return the type's id."""
        ...

    @property
    def localized(self) -> bool:
        """Tell whether its documents have locales."""
        ...

    @property
    def visible_in_content_manager(self) -> bool:
        """Tell whether people work on its documents."""
        ...

    @property
    def standard_columns(self) -> bool:
        """Tell whether it has documents at all."""
        ...


SubjectTypes = Mapping[str, SubjectType]
