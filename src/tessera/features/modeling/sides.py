"""Relations with two sides: which one a request describes, and what follows for the attribute on the other one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.features.modeling.attributes import known_keys
from tessera.features.modeling.drafts import Draft, Drafts
from tessera.schema.model import JSON

_RELATION: Final = "relation"
_MIRRORED: Final = {
    "oneToOne": "oneToOne",
    "oneToMany": "manyToOne",
    "manyToOne": "oneToMany",
    "manyToMany": "manyToMany",
}
_KEPT: Final = ("required", "private", "pluginOptions", "conditions")  # of the attribute on the other side
_SIDES: Final = ("inversedBy", "mappedBy")


def other_side(attribute: JSON) -> str | None:
    """Return the attribute that a relation names on its other side."""
    if not isinstance(attribute, Mapping) or attribute.get("type") != _RELATION:
        return None
    return attribute.get("inversedBy") or attribute.get("mappedBy") or None


def spelled(sent: Mapping[str, JSON], old: JSON, holder: Draft, name: str) -> dict[str, Any]:
    """Return an attribute as a file spells it; keys that a request cannot set are kept from the old one."""
    kept = _kept(sent, old)
    if sent["type"] != _RELATION:
        return _without_defaults({**sent, **kept})
    shown = {key: value for key, value in sent.items() if key not in ("target", "targetAttribute")}
    target = {"target": sent["target"]} if "target" in sent else {}
    bare = {"type": _RELATION, "relation": sent["relation"], **target, **shown, **kept}
    return _without_defaults({**bare, **_side(sent, old, holder, name)})


def connect(drafts: Drafts, holder: Draft, name: str) -> None:
    """Make the attribute on the other side of a relation fit."""
    relation = holder.attributes[name]
    target, partner = drafts.content_type(str(relation.get("target"))), other_side(relation)
    if target is None or partner is None or relation["relation"] not in _MIRRORED:
        return
    before = target.attributes.get(partner)
    kept = {key: before[key] for key in _KEPT if before.get(key)} if isinstance(before, dict) else {}
    side = "mappedBy" if "inversedBy" in relation else "inversedBy"
    mirrored = _MIRRORED[relation["relation"]]
    target.attributes[partner] = {"type": _RELATION, "relation": mirrored, "target": holder.uid, **kept, side: name}


def disconnect(drafts: Drafts, attribute: JSON) -> None:
    """Take away the attribute on the other side of a relation that goes or changes."""
    partner = other_side(attribute)
    target = drafts.content_type(str(attribute.get("target"))) if partner else None
    if target is not None and partner is not None:
        target.attributes.pop(partner, None)


def is_reconnected(old: JSON, new: JSON) -> bool:
    """Whether a relation has another other side than before."""
    return any(_value(old, key) != _value(new, key) for key in ("type", "relation", "target")) or other_side(
        old
    ) != other_side(new)


def _value(attribute: JSON, key: str) -> JSON:
    return attribute.get(key) if isinstance(attribute, Mapping) else None


def _side(sent: Mapping[str, JSON], old: JSON, holder: Draft, name: str) -> dict[str, str]:
    """
    Return under which key a relation names its other side.

    Where both sides may own a relation, it keeps the side that it has; of two new ones in one type the first owns.
    """
    partner = sent.get("targetAttribute")
    if not partner:
        return {}
    relation = sent["relation"]
    if relation == "oneToMany":
        return {"mappedBy": partner}
    is_shared = relation in ("oneToOne", "manyToMany")
    mirror = holder.attributes.get(partner) if sent.get("target") == holder.uid and partner != name else None
    is_mapped = _value(old, "mappedBy") or (not _value(old, "inversedBy") and _value(mirror, "inversedBy") == name)
    return {"mappedBy" if is_shared and is_mapped else "inversedBy": partner}


def _kept(sent: Mapping[str, JSON], old: JSON) -> dict[str, Any]:
    if not isinstance(old, Mapping) or old.get("type") != sent["type"]:
        return {}
    known = known_keys(str(sent["type"]))
    return {key: value for key, value in old.items() if key not in known and key not in _SIDES}


def _without_defaults(attribute: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a file does not say: that an attribute is not private, and that it can be changed."""
    unsaid = {"private": False, "configurable": True}
    return {key: value for key, value in attribute.items() if key not in unsaid or value != unsaid[key]}
