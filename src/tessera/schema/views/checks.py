"""What a changed view must look like; refusals are worded as the reference's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from tessera.errors import ABSENT
from tessera.schema.attributes.printing import value_text
from tessera.schema.model import JSON, Model, Schema
from tessera.schema.views.labels import target_of
from tessera.schema.views.managed import ID, Managed, managed
from tessera.schema.views.views import is_sort

Check = Callable[[str, JSON], Iterator[str]]  # a place and what stands there → what is wrong with it

_LEAST, _MOST = 10, 100
_DIRECTIONS: Final = ("ASC", "DESC")
_MODES: Final = ("modal", "page", "newTab")


def faults_of(view: JSON, model: Model, schema: Schema) -> list[str]:
    """Return what is wrong with a view that somebody sends."""
    known = managed(model)
    check = _record(
        {
            "settings": _or_null(_settings(known, model, schema)),
            "metadatas": _or_null(_labels(known, schema)),
            "layouts": _or_null(_layouts(known)),
            "options": _record({}, closed=False),
        }
    )
    return list(check("", view))


def _settings(known: Managed, model: Model, schema: Schema) -> Check:
    return _record(
        {
            "bulkable": _required(_flag),
            "filterable": _required(_flag),
            "pageSize": _required(_page_size),
            "searchable": _required(_flag),
            "mainField": partial(_one_of, (*known.listable, *_id_beyond(known))),
            "defaultSortBy": partial(_sort, model, schema),
            "defaultSortOrder": partial(_one_of, _DIRECTIONS),
            "relationOpenMode": partial(_one_of, _MODES),
        }
    )


def _labels(known: Managed, schema: Schema) -> Check:
    """Return the check of labels; those of attributes that are none may stand beside, nobody keeps them."""
    return _record({name: _label(known, name, schema) for name in known.attributes}, closed=False)


def _label(known: Managed, name: str, schema: Schema) -> Check:
    target = target_of(known, name, schema)
    main: Check = _text if target is None else partial(_one_of, (*target.listable, *_id_beyond(target)))
    edit: dict[str, Check] = {
        "label": _text,
        "description": _or_null(_text),
        "placeholder": _or_null(_text),
        "editable": _flag,
        "visible": _flag,
        "mainField": main,
    }
    column: dict[str, Check] = {"label": _text, "searchable": _flag, "sortable": _flag}
    return _record({"edit": _required(_record(edit)), "list": _required(_record(column))})


def _layouts(known: Managed) -> Check:
    cell = _record({"name": _required(partial(_one_of, tuple(known.editable))), "size": _required(_size)})
    return _record(
        {
            "edit": _listed(_list_of(_list_of(cell))),
            "list": _listed(_list_of(partial(_one_of, tuple(known.listable)))),
        },
        closed=False,
    )


def _id_beyond(known: Managed) -> tuple[str, ...]:
    return () if ID in known.listable else (ID,)


def _record(fields: Mapping[str, Check], *, closed: bool = True) -> Check:
    """Return the check of an object: of its fields, and that there are no others if it is closed."""

    def check(path: str, value: JSON) -> Iterator[str]:
        if value is ABSENT:
            return
        if not isinstance(value, dict):
            yield _not_a("object", path, value)
            return
        unknown = [name for name in value if name not in fields]
        if closed and unknown:
            yield f"{path or 'this'} field has unspecified keys: {', '.join(unknown)}"
        for name, field in fields.items():
            yield from field(f"{path}.{name}" if path else name, value.get(name, ABSENT))

    return check


def _list_of(each: Check) -> Check:
    def check(path: str, value: JSON) -> Iterator[str]:
        if isinstance(value, list):
            for place, item in enumerate(value):
                yield from each(f"{path}[{place}]", item)
        elif value is not ABSENT:
            yield _not_a("array", path, value)

    return check


def _listed(check: Check) -> Check:
    def listed(path: str, value: JSON) -> Iterator[str]:
        if value is ABSENT:
            yield f"{path} is required and must be an array"
        yield from check(path, value)

    return listed


def _required(check: Check) -> Check:
    def required(path: str, value: JSON) -> Iterator[str]:
        if value is ABSENT or value == "":
            yield f"{path} is a required field"
        else:
            yield from check(path, value)

    return required


def _or_null(check: Check) -> Check:
    def nullable(path: str, value: JSON) -> Iterator[str]:
        if value is not None:
            yield from check(path, value)

    return nullable


def _flag(path: str, value: JSON) -> Iterator[str]:
    if value is not ABSENT and not isinstance(value, bool):
        yield _not_a("boolean", path, value)


def _text(path: str, value: JSON) -> Iterator[str]:
    if value is not ABSENT and not isinstance(value, str):
        yield _not_a("string", path, value)


def _one_of(choices: Sequence[str], path: str, value: JSON) -> Iterator[str]:
    if value is not ABSENT and not isinstance(value, str):
        yield _not_a("string", path, value)
    elif value is not ABSENT and value not in choices:
        yield f"{path} must be one of the following values: {', '.join(choices)}"


def _sort(model: Model, schema: Schema, path: str, value: JSON) -> Iterator[str]:
    if value is not ABSENT and not isinstance(value, str):
        yield _not_a("string", path, value)
    elif value is not ABSENT and not is_sort(value, model, schema):
        yield f"{path} is not a valid sort attribute"


def _page_size(path: str, value: JSON) -> Iterator[str]:
    fault = _not_whole(path, value)
    if fault is not None:
        yield fault
    elif value < _LEAST:
        yield f"{path} must be greater than or equal to {_LEAST}"
    elif value > _MOST:
        yield f"{path} must be less than or equal to {_MOST}"


def _size(path: str, value: JSON) -> Iterator[str]:
    fault = _not_whole(path, value)
    if fault is not None:
        yield fault
    elif value <= 0:
        yield f"{path} must be a positive number"


def _not_whole(path: str, value: JSON) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _not_a("number", path, value)
    return None if value == int(value) else f"{path} must be an integer"


def _not_a(kind: str, path: str, value: JSON) -> str:
    return f"{path or 'this'} must be a `{kind}` type, but the final value was: `{value_text(value)}`."
