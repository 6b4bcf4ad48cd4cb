"""Reading the scalar attributes of a body."""

from __future__ import annotations

from tessera.errors import ABSENT
from tessera.schema.attributes import Accepted, Place, Rejected, Stored, Unreadable, type_of
from tessera.schema.attributes.blocks import as_list
from tessera.schema.content_ledger import Ledger, Terms
from tessera.schema.content_shape import UniqueCheck
from tessera.schema.model import JSON, Model, Scalar


def read_scalar(model: Model, attribute: Scalar, value: JSON, at: Place, ledger: Ledger) -> Stored:
    """Return the value as it is kept, ABSENT when there is none to write."""
    terms = ledger.terms
    if value is ABSENT and terms.stored:
        value = None
    if value is ABSENT:
        ledger.require(attribute, at)
        return ABSENT
    if _counts_as_null(attribute, value, terms):
        if attribute.required and terms.is_strict:
            ledger.violations.append(type_of(attribute.type).missing(at, creating=terms.creating))
        return None
    if terms.stored and attribute.type == "password":
        return value
    return _parsed(model, attribute, value, at, ledger)


def _counts_as_null(attribute: Scalar, value: JSON, terms: Terms) -> bool:
    """Whether a value is null (…values_of_the_wrong_type: a string as blocks, in the content manager)."""
    return value is None or (terms.forgiving and attribute.type == "blocks" and as_list(value) is None)


def _parsed(model: Model, attribute: Scalar, value: JSON, at: Place, ledger: Ledger) -> Stored:
    match type_of(attribute.type).parse(value, attribute, at, ledger.terms.mode):
        case Accepted(stored):
            if _must_be_unique(attribute, stored, ledger.terms):
                ledger.unique.append(UniqueCheck(at, model.uid, attribute, stored, value))
            return stored
        case Rejected(violations):
            ledger.violations.extend(violations)
        case Unreadable(message):
            ledger.unreadable.append(message)
    return ABSENT


def _must_be_unique(attribute: Scalar, stored: Stored, terms: Terms) -> bool:
    """Whether to look for the value; drafts may repeat it (content_api_write.unique_values_and_slugs)."""
    is_unique = (attribute.unique and attribute.type != "password") or attribute.type == "uid"
    return is_unique and terms.is_strict and stored is not None and stored != ""
