"""Which version of documents a question is about, and how that version has to stand to the other one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ValidationError, Violation
from tessera.query.conditions import EVERY, NO, Condition, OfVersion, Twin, Version, all_of
from tessera.schema.model import ContentType

STATUS: Final = "status"
PUBLICATION_FILTER: Final = "publicationFilter"
_STATUS_FILTER: Final = "publicationStatusFilter"
HAS_PUBLISHED: Final = "hasPublishedVersion"
PUBLICATION: Final = (STATUS, PUBLICATION_FILTER, _STATUS_FILTER, HAS_PUBLISHED)
_MODES: Final = (
    "never-published",
    "has-published-version",
    "modified",
    "unmodified",
    "never-published-document",
    "has-published-version-document",
    "published-without-draft",
    "published-with-draft",
)
# What the panel's own filter on `__status` stands for.
_BY_STATUS: Final[Mapping[str, Mapping[str, str]]] = {
    "draft": {"status": "draft", PUBLICATION_FILTER: "never-published"},
    "published": {"status": "published"},
    "published-modified": {_STATUS_FILTER: "published-modified"},
    "published-unmodified": {_STATUS_FILTER: "published-unmodified"},
}


@dataclass(frozen=True, slots=True)
class Versions:
    """The version that is listed and a condition on it; `related` is the version of what is related to it."""

    version: Version
    related: Version
    where: Condition = EVERY


def managed_status(params: Mapping[str, Any]) -> Version | None:
    """Return the version that the content manager is asked for; refuses what is none."""
    status = params.get(STATUS)
    if status is None:
        return None
    if status not in ("draft", "published"):
        raise ValidationError.of([Violation(("status",), "Invalid status")])
    return Version(status)


def managed_versions(params: Mapping[str, Any], model: ContentType) -> Versions:
    """Return which versions a list of the content manager is about."""
    asked = managed_status(params)
    mode = _mode(params)
    if not model.draft_and_publish:
        return Versions(Version.ANY, asked or Version.PUBLISHED)
    version = asked or Version.DRAFT
    by_status = params.get(_STATUS_FILTER)
    if by_status in ("published-modified", "published-unmodified"):
        version = Version.PUBLISHED
        twin = Twin(version, modified=by_status == "published-modified")
        return Versions(version, version, all_of(OfVersion(version), twin, _kin(mode, version)))
    return Versions(version, version, all_of(OfVersion(version), _kin(mode, version)))


def sorts_by_status(params: Mapping[str, Any], model: ContentType) -> bool:
    """Tell whether documents of a list can differ in status, so that it makes sense to sort by it."""
    named = (STATUS, HAS_PUBLISHED, _STATUS_FILTER)
    return model.draft_and_publish and all(params.get(name) is None for name in named)


def publication(
    params: Mapping[str, Any], model: ContentType, version: Version, details: Mapping[str, Any]
) -> Condition:
    """Return how documents that the Content API lists have to stand to their other version."""
    mode = _mode(params, details)
    return _kin(mode, version) if model.draft_and_publish else EVERY


def with_status_filter(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters with the panel's filter on `__status` said in parameters of their own."""
    filters = params.get("filters")
    clauses = filters.get("$and") if isinstance(filters, Mapping) else None
    if not isinstance(clauses, list):
        return dict(params)
    kept = [clause for clause in clauses if _status_of(clause) is None]
    if len(kept) == len(clauses):
        return dict(params)
    found = dict(params)
    for clause in clauses:
        found |= _BY_STATUS.get(str(_status_of(clause)), {})
    found["filters"] = {**(filters or {}), "$and": kept} if kept else None
    return found


def _status_of(clause: Any) -> Any:  # noqa: ANN401 - any JSON
    status = clause.get("__status") if isinstance(clause, Mapping) else None
    return status.get("$eq") if isinstance(status, Mapping) else None


def _mode(params: Mapping[str, Any], details: Mapping[str, Any] | None = None) -> str | None:
    mode = params.get(PUBLICATION_FILTER)
    if mode is not None:
        if mode not in _MODES:
            raise ValidationError(
                f"Invalid value for '{PUBLICATION_FILTER}'. Expected one of: {', '.join(_MODES)}.", details
            )
        return str(mode)
    legacy = params.get(HAS_PUBLISHED)
    if legacy is None:
        return None
    if legacy in (True, "true"):
        return "has-published-version-document"
    if legacy in (False, "false"):
        return "never-published-document"
    raise ValidationError(f"Invalid value for '{HAS_PUBLISHED}'. Expected boolean or 'true'/'false' string.")


def _kin(mode: str | None, version: Version) -> Condition:
    if mode is None:
        return EVERY
    is_draft = version is Version.DRAFT
    match mode:
        case "never-published":
            return Twin(version, negated=True) if is_draft else NO
        case "never-published-document":
            return Twin(version, same_locale=False, negated=True) if is_draft else NO
        case "has-published-version":
            return Twin(version)
        case "has-published-version-document":
            return Twin(version, same_locale=False)
        case "modified" | "unmodified":
            return Twin(version, modified=mode == "modified")
        case "published-without-draft":
            return NO if is_draft else Twin(version, negated=True)
    return NO if is_draft else Twin(version)
