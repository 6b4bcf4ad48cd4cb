"""The names of tables, columns, indexes and constraints; the only place that knows them (database.md §1)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from tessera.schema.model import Media, Model, Relation, RelationKind, Schema

LONGEST: Final = 55
_HASH_DIGITS: Final = 5

FILE: Final = "plugin::upload.file"
FILE_LINKS: Final = "related"  # the attribute of FILE that names every holder of a file

MORPH_COLUMNS: Final = ("target_id", "target_type")  # of a morphToOne, whatever the attribute is called

# Letters that Unicode does not take apart into a plain letter and a mark, but that the reference spells out.
_SPELLED_OUT: Final = str.maketrans(
    {
        "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "ß": "ss", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d", "Đ": "D",
        "đ": "d", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h", "\u0131": "i", "Ŧ": "T", "ŧ": "t",
        "Ĳ": "IJ", "ĳ": "ij", "ĸ": "k", "Ŋ": "N", "ŋ": "n", "ŉ": "n", "\u017f": "s", "'": "", "\u2019": "",
    }
)  # fmt: skip
_KEBAB: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_OTHER_LETTER: Final = r"[^\W\d_a-zA-Z]"  # has no case that matters here
_WORD: Final = re.compile(
    rf"""
      [A-Z]?[a-z]+(?=[\W_]|[A-Z]|$)
    | (?:[A-Z]|{_OTHER_LETTER})+(?=[\W_]|[A-Z](?:[a-z]|{_OTHER_LETTER})|$)  # HTML, also before Body
    | [A-Z]?(?:[a-z]|{_OTHER_LETTER})+
    | [A-Z]+
    | [0-9]*(?:1ST|2ND|3RD|(?![123])[0-9]TH)(?=[a-z_]|(?a:\b))  # an ordinal stays whole
    | [0-9]*(?:1st|2nd|3rd|(?![123])[0-9]th)(?=[A-Z_]|(?a:\b))
    | [0-9]+
    """,
    re.VERBOSE,
)


def snake(text: str) -> str:
    """Split a name into words at case changes, digits and signs, and join them in lower case by underscores."""
    plain = unicodedata.normalize("NFD", text.translate(_SPELLED_OUT))
    return "_".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))).lower()


def is_kebab(text: str) -> bool:
    """Whether a name is in lower case, its words joined by hyphens."""
    return _KEBAB.fullmatch(text) is not None


def kebab(text: str) -> str:
    """Return a folder's name as it appears in a uid."""
    return text if is_kebab(text) else snake(text).replace("_", "-")


def shorten(*tokens: str, prefix: str = "", suffix: str = "") -> str:
    """Join the tokens by underscores; when the name is too long, cut tokens and mark each cut one by a hash."""
    fixed = [part for part in (prefix, suffix) if part]
    separators = len(tokens) + len(fixed) - 1
    available = LONGEST - separators - sum(len(part) for part in fixed)
    if sum(len(token) for token in tokens) > available:
        tokens = tuple(_cut(token, room) for token, room in zip(tokens, _allot(tokens, available), strict=True))
    return "_".join(part for part in (prefix, *tokens, suffix) if part)


def _allot(tokens: tuple[str, ...], available: int) -> list[int]:
    """Share out the available characters: evenly first, then what is left one by one to tokens still cut."""
    share = available // len(tokens)
    rooms = [min(len(token), share) for token in tokens]
    left = available - sum(rooms)
    while left:
        for index, token in enumerate(tokens):
            if left and rooms[index] < len(token):
                rooms[index] += 1
                left -= 1
    return rooms


def _cut(token: str, room: int) -> str:
    if len(token) <= room:
        return token
    digest = hashlib.shake_256(token.encode()).hexdigest(_HASH_DIGITS)
    return token[: room - _HASH_DIGITS] + digest[:_HASH_DIGITS]


def table(model: Model) -> str:
    """Return the table that holds the rows of a content type or component."""
    return shorten(model.collection_name)


def components_table(model: Model) -> str:
    """Return the table that links the rows of a model to their components."""
    return shorten(model.collection_name, suffix="cmps")


def column(attribute_name: str) -> str:
    """Return the column of a scalar attribute."""
    return shorten(snake(attribute_name))


def foreign_key(relation: Relation) -> str:
    """Return the column of a relation that is kept without a table of its own."""
    return relation.join_column or shorten(snake(relation.name), suffix="id")


def index(table_name: str, *parts: str, suffix: str) -> str:
    """Return the name of an index or constraint on a table, such as `articles_created_by_id_fk`."""
    return shorten(table_name, *parts, suffix=suffix)


@dataclass(frozen=True, slots=True)
class LinkTable:
    """
    A table of links as one attribute sees it.

    `own` holds the holder's row id and `other` the target's; `order` sorts what the attribute lists and
    `inverse_order` what the other side lists. A polymorphic table tells in `type_column` the uid of the side that
    varies, and in `field_column` the attribute that listed the link (`field_value`; None is NULL).
    """

    name: str
    own: str
    other: str
    order: str | None = None
    inverse_order: str | None = None
    type_column: str | None = None
    field_column: str | None = None
    field_value: str | None = None

    def reversed(self) -> LinkTable:
        """Return the same plain table as its other side sees it."""
        return LinkTable(self.name, self.other, self.own, self.inverse_order, self.order)


def link_table(schema: Schema, holder: Model, attribute: Relation | Media) -> LinkTable:
    """Return the table of links of an attribute, oriented from its holder; `has_link_table` tells if there is one."""
    if isinstance(attribute, Media):
        owner = schema.content_types[FILE]
        return _morph_from_target(owner, FILE_LINKS, attribute.name)
    if attribute.relation is RelationKind.MORPH_TO_MANY:
        return _morph_from_owner(holder, attribute.name)
    target = schema.model(attribute.target or "")
    if target is None:
        raise KeyError(attribute.target)
    if attribute.morph_by is not None:
        return _morph_from_target(target, attribute.morph_by, attribute.name)
    if attribute.mapped_by is None:
        return _owned(holder, attribute, target)
    owning = target.attributes[attribute.mapped_by]
    if not isinstance(owning, Relation):
        raise KeyError(attribute.mapped_by)
    return _owned(target, owning, holder).reversed()


def has_link_table(schema: Schema, attribute: Relation | Media) -> bool:
    """Whether the links of an attribute are rows of a table, rather than columns of either side."""
    if isinstance(attribute, Media):
        return True
    if attribute.relation is RelationKind.MORPH_TO_ONE or not attribute.use_join_table or attribute.virtual:
        return False
    if attribute.morph_by is None and attribute.mapped_by is None:
        return True
    target = schema.model(attribute.target or "")
    owning = target and target.attributes.get(attribute.morph_by or attribute.mapped_by or "")
    return isinstance(owning, Relation) and owning.relation is not RelationKind.MORPH_TO_ONE and owning.use_join_table


def _owned(owner: Model, relation: Relation, target: Model) -> LinkTable:
    """Return the table of a relation with one target type, as its owner sees it (database.md §5.1)."""
    own = shorten(snake(owner.singular_name), suffix="id")
    other = shorten(snake(target.singular_name), suffix="id")
    order, inverse_order = _order_columns(owner, relation, target)
    return LinkTable(
        name=shorten(snake(table(owner)), snake(relation.name), suffix="lnk"),
        own=own,
        other=other if other != own else shorten(snake(target.singular_name), prefix="inv", suffix="id"),
        order=order,
        inverse_order=inverse_order,
    )


def _order_columns(owner: Model, relation: Relation, target: Model) -> tuple[str | None, str | None]:
    order = shorten(snake(target.singular_name), suffix="ord") if relation.lists_many else None
    returns_many = relation.relation in (RelationKind.MANY_TO_ONE, RelationKind.MANY_TO_MANY)
    if relation.inversed_by is None or not returns_many:
        return order, None
    inverse = shorten(snake(owner.singular_name), suffix="ord")
    if inverse == order:
        inverse = shorten(snake(owner.singular_name), prefix="inv", suffix="ord")
    return order, inverse


def _morph_from_owner(owner: Model, attribute_name: str) -> LinkTable:
    word = snake(attribute_name)
    return LinkTable(
        name=shorten(snake(table(owner)), word, suffix="mph"),
        own=shorten(snake(owner.singular_name), suffix="id"),
        other=shorten(word, suffix="id"),
        order="order",
        type_column=shorten(word, suffix="type"),
        field_column="field",
    )


def _morph_from_target(owner: Model, owning: str, field: str) -> LinkTable:
    seen = _morph_from_owner(owner, owning)
    return LinkTable(seen.name, seen.other, seen.own, "order", None, seen.type_column, seen.field_column, field)
