"""The `fields` of a question of the Content API: which scalars are shown."""

from __future__ import annotations

from typing import Final

from tessera.errors import ValidationError
from tessera.query.conditions import NO
from tessera.query.question import Items, Node
from tessera.query.refusals import Refusals
from tessera.query.sight import Part, Sight
from tessera.schema.model import Model, Scalar

MALFORMED: Final = "Invalid fields parameter. Expected a string or an array of strings"
_STAR: Final = "*"


def chosen_fields(
    sight: Sight, model: Model, node: Node, refusals: Refusals, part: Part | None
) -> frozenset[str] | None:
    """Return the scalars that were asked for, or None for all of them; refuses what is no readable scalar."""
    if node is None or node == "":
        return None
    names = [name.strip() for text in _texts(node) for name in text.split(",")]
    if _STAR in names:
        return None
    for name in names:
        attribute = model.attributes.get(name)
        if attribute is None and not sight.is_shown(model, name):
            raise refusals.invalid_key(name, ())
        if attribute is not None and (not isinstance(attribute, Scalar) or sight.guard(model, name, part) == NO):
            raise refusals.invalid_key(name, (name,))
    return frozenset(names)


def _texts(node: Node) -> list[str]:
    nodes = node.nodes if isinstance(node, Items) else (node,)
    texts = [text for text in nodes if isinstance(text, str)]
    if len(texts) != len(nodes):
        raise ValidationError(MALFORMED)
    return texts
