"""Names of content types, components and attributes: which are good, which are taken, and which follow from others."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tessera.schema.naming import is_kebab, snake

RESERVED_MODELS: Final = (
    "boolean",
    "date",
    "date_time",
    "time",
    "upload",
    "document",
    "then",
    "strapi*",
    "_strapi*",
    "__strapi*",
)
RESERVED_ATTRIBUTES: Final = (
    "id",
    "document_id",
    "created_at",
    "updated_at",
    "published_at",
    "created_by_id",
    "updated_by_id",
    "created_by",
    "updated_by",
    "entry_id",
    "localizations",
    "meta",
    "locale",
    "__component",
    "__contentType",
    "strapi*",
    "_strapi*",
    "__strapi*",
    "status",
)
NAME_PATTERN: Final = "^[A-Za-z][_0-9A-Za-z]*$"
_NAME: Final = re.compile(r"[A-Za-z][_0-9A-Za-z]*", re.ASCII)
_CATEGORY: Final = re.compile(r"[A-Za-z][-_0-9A-Za-z]*", re.ASCII)
_ICON: Final = re.compile(r"[A-Za-z0-9][-A-Za-z0-9]*", re.ASCII)
_BETWEEN_WORDS: Final = re.compile(
    r"(?<=[A-Z]{2})(?=\d)|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z\d])",
)
_NO_WORD: Final = re.compile(r"[^a-z\d]+")
_LONGEST: Final = 100  # characters of a name; a file has to be called like it


def is_name(text: str) -> bool:
    """Whether an attribute may be called so."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def is_category(text: str) -> bool:
    """Whether a category of components, or a table, may be called so."""
    return len(text) <= _LONGEST and _CATEGORY.fullmatch(text) is not None


def is_icon(text: str) -> bool:
    """Whether an icon may be called so."""
    return _ICON.fullmatch(text) is not None


def is_model_name(text: str) -> bool:
    """Whether a content type may be called so; a folder will be."""
    return len(text) <= _LONGEST and is_kebab(text)


def is_reserved_model(text: str) -> bool:
    """Whether a content type may not be called so."""
    return _is_reserved(text, RESERVED_MODELS)


def is_reserved_attribute(text: str) -> bool:
    """Whether an attribute may not be called so."""
    return _is_reserved(text, RESERVED_ATTRIBUTES)


def _is_reserved(text: str, names: tuple[str, ...]) -> bool:
    column = snake(text)
    return column in names or any(name.endswith("*") and column.startswith(name[:-1]) for name in names)


def slug(text: str, separator: str = "-") -> str:
    """Return a text as part of an address: words in lower case, of plain letters and digits."""
    plain = unicodedata.normalize("NFD", text.replace("&", " and "))
    spaced = _BETWEEN_WORDS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)))
    return _NO_WORD.sub(separator, spaced.lower()).strip(separator)


def component_table(category: str, display_name: str) -> str:
    """Return the table of a new component, as the reference calls it."""
    return f"components_{slug(category, '_')}_{slug(plural(display_name), '_')}"


# From the most special rule to the most general one; `\1` is what stays of the word.
_PLURALS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\b(media|news|series|species|information|equipment|software|staff|audio|analytics|energy)$", r"\1"),
        (r"(fish|sheep|deer)$", r"\1"),
        (r"\b(foot)$", "feet"),
        (r"\b(tooth)$", "teeth"),
        (r"\b(quiz)$", "quizzes"),
        (r"m[ae]n$", "men"),
        (r"(child)$", r"\1ren"),
        (r"(pe)rson$", r"\1ople"),
        (r"\b(m|l)ouse$", r"\1ice"),
        (r"(matr|ind|vert|append)(?:ix|ex)$", r"\1ices"),
        (r"(x|ch|ss|sh|zz)$", r"\1es"),
        (r"([^aeiouy]|qu)y$", r"\1ies"),
        (r"(?:(kni|wi|li)fe|(ar|l|ea|eo|oa|hoo)f)$", r"\1\2ves"),
        (r"sis$", "ses"),
        (r"(phenomen|criteri)on$", r"\1a"),
        (r"(dat|curricul|symposi)um$", r"\1a"),
        (r"(her|at|gr)o$", r"\1oes"),
        (r"(radi|nucle|foc|stimul|termin)us$", r"\1i"),
        (r"(alias|[^aou]us|gas)$", r"\1es"),
        (r"([^\x00-\x7f])$", r"\1"),
        (r"s?$", "s"),
    )
)


def plural(text: str) -> str:
    """Return the plural of an English name; its last word changes."""
    return next(pattern.sub(replacement, text, count=1) for pattern, replacement in _PLURALS if pattern.search(text))
