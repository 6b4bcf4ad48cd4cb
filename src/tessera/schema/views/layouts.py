"""The columns of lists and the rows of forms, as they are at first and after the type has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tessera.schema.model import JSON
from tessera.schema.views.managed import DOCUMENT_ID, Managed
from tessera.schema.views.sizes import ROW, fits, usual_size

_COLUMNS: Final = 4

Row = list[dict[str, JSON]]


def default_layouts(model: Managed) -> dict[str, JSON]:
    """Return the layouts of a model that nobody has arranged."""
    return {"list": _columns(model), "edit": _form(model)}


def kept_layouts(stored: Mapping[str, JSON], known: Iterable[str], model: Managed) -> dict[str, JSON]:
    """Return stored layouts without what is gone and with what is new; `known` are the attributes seen before."""
    if not stored:
        return default_layouts(model)
    seen = set(known)
    new = [name for name in model.attributes if name not in seen]
    columns = _kept_columns(stored.get("list") or [], new, model)
    rows = _kept_rows(stored.get("edit") or [], new, model)
    return {"list": columns or _columns(model), "edit": rows or _form(model)}


def _kept_columns(stored: Sequence[str], new: Sequence[str], model: Managed) -> list[str]:
    columns = [name for name in stored if model.is_listable(name)]
    if len(columns) >= _COLUMNS:
        return columns
    return list(dict.fromkeys([*columns, *(name for name in new if model.is_listable(name))][:_COLUMNS]))


def _kept_rows(stored: Sequence[Row], new: Sequence[str], model: Managed) -> list[Row]:
    """Return the rows; a field that has become too wide or too narrow goes to the end, as do new ones."""
    rows: list[Row] = []
    moved: list[str] = []
    for row in stored:
        editable = [cell for cell in row if model.is_editable(cell["name"])]
        fitting = [cell for cell in editable if fits(model.type_of(cell["name"]), cell["size"])]
        moved += [cell["name"] for cell in editable if cell not in fitting]
        rows += [fitting] if fitting else []
    return _appended(rows, [*moved, *(name for name in new if model.is_editable(name))], model)


def _columns(model: Managed) -> list[str]:
    return [name for name in model.listable if name != DOCUMENT_ID][:_COLUMNS]


def _form(model: Managed) -> list[Row]:
    return _appended([], model.editable, model)


def _appended(rows: Sequence[Row], names: Iterable[str], model: Managed) -> list[Row]:
    """Return rows with more fields, each in the last row if it has room."""
    grown = [list(row) for row in rows]
    for name in names:
        size = usual_size(model.type_of(name))
        if not grown or sum(cell["size"] for cell in grown[-1]) + size > ROW:
            grown.append([])
        grown[-1].append({"name": name, "size": size})
    return grown
