"""Settings of the Content API."""

from __future__ import annotations

from dataclasses import dataclass

from tessera.settings.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class APISettings:
    """What `config/api.toml` says."""

    prefix: str = "/api"
    default_limit: int = 25
    max_limit: int | None = 100
    with_count: bool = True
    strict_params: bool = False  # refuse parameters that nobody reads
    private_attributes: tuple[str, ...] = ()  # left out of every answer


def read_api(table: Table) -> APISettings:
    """Return what the file says, and the reference's defaults where it says nothing."""
    usual = APISettings()
    rest, responses, documents = table.table("rest"), table.table("responses"), table.table("documents")
    most = rest.integer("maxLimit", usual.max_limit or 0, least=-1)
    api = APISettings(
        prefix=_prefix(rest),
        default_limit=rest.integer("defaultLimit", usual.default_limit, least=1),
        max_limit=most if most > 0 else None,
        with_count=rest.boolean("withCount", usual.with_count),
        strict_params=rest.boolean("strictParams", usual.strict_params),
        private_attributes=responses.texts("privateAttributes"),
    )
    documents.without_effect("strictParams", "strictRelations")
    for each in (table, rest, responses, documents):
        each.close()
    return api


def _prefix(rest: Table) -> str:
    prefix = rest.text("prefix", APISettings().prefix)
    if not prefix.startswith("/") or prefix.endswith("/"):
        rest.complain("prefix", f"must begin with a slash and end without one, got {prefix!r}")
    return prefix
