"""A small library for property tests of filters: its schema, its rows with their relations, and filters about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from tessera.filters import ALWAYS, NEVER, And, Compare, Exists, Filter, Not, Operator, Or
from tests.unit.schema.projects import built, component, content_type

BOOK, TAG, USER, ROLE = "api::book.book", "api::tag.tag", "admin::user", "admin::role"
PART = "shared.part"


def _relation(kind: str, target: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"type": "relation", "relation": kind, "target": target, **more}


SCHEMA: Final = built(
    content_type(
        "book",
        {
            "title": {"type": "string"},
            "pages": {"type": "integer"},
            "price": {"type": "float"},
            "lent": {"type": "boolean"},
            "tags": _relation("manyToMany", TAG, inversedBy="books"),
            "sequel": _relation("oneToOne", BOOK),
            "parts": {"type": "component", "component": PART, "repeatable": True},
        },
    ),
    content_type("tag", {"name": {"type": "string"}, "books": _relation("manyToMany", BOOK, mappedBy="tags")}),
    component("shared", "part", {"label": {"type": "string"}}),
)

RELATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    BOOK: {"tags": TAG, "sequel": BOOK, "parts": PART, "createdBy": USER},
    TAG: {"books": BOOK},
    USER: {"roles": ROLE},
    ROLE: {},
    PART: {},
}
_COUNT: Final = st.integers(-2, 3)
_PRICE: Final = st.sampled_from([-1.5, 0.0, 0.25, 2.0, 1e9])
_FLAG: Final = st.sampled_from([0, 1])
# Few letters, so that they meet often: wildcards, an escape sign, quotes, and letters that fold in ASCII or beyond it.
_TEXT: Final = st.text("aAbéÉ%_\\'ß ", max_size=3)
_SCALARS: Final[Mapping[str, Mapping[str, st.SearchStrategy[Any]]]] = {
    BOOK: {"id": _COUNT, "title": _TEXT, "pages": _COUNT, "price": _PRICE, "lent": _FLAG},
    TAG: {"id": _COUNT, "name": _TEXT},
    USER: {"id": _COUNT, "firstname": _TEXT},
    ROLE: {"id": _COUNT, "name": _TEXT},
    PART: {"label": _TEXT},
}
_IDS: Final = (1, 2)
_TEXT_OPERATORS: Final = (
    Operator.EQI,
    Operator.NEI,
    Operator.CONTAINS,
    Operator.CONTAINSI,
    Operator.NOT_CONTAINS,
    Operator.NOT_CONTAINSI,
    Operator.STARTS_WITH,
    Operator.STARTS_WITHI,
    Operator.ENDS_WITH,
    Operator.ENDS_WITHI,
)
_PLAIN_OPERATORS: Final = (Operator.EQ, Operator.NE, Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)


@dataclass(frozen=True)
class Library:
    """Rows by model and id, and which ids a relation of a row lists."""

    rows: Mapping[str, Mapping[int, Mapping[str, Any]]]
    links: Mapping[tuple[str, str], frozenset[tuple[int, int]]]

    def row(self, model: str, row_id: int) -> Related:
        """Return a row with all that it is related to, however far."""
        return Related(self, model, row_id)


@dataclass(frozen=True)
class Related(Mapping[str, Any]):
    """A row whose relations are followed when they are asked for."""

    library: Library
    model: str
    row_id: int

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a stored value or rows
        target = RELATIONS[self.model].get(name)
        if target is None:
            return self.library.rows[self.model][self.row_id][name]
        listed = self.library.links[self.model, name]
        return [self.library.row(target, other) for own, other in sorted(listed) if own == self.row_id]

    def __iter__(self) -> Iterator[str]:
        yield from self.library.rows[self.model][self.row_id]
        yield from RELATIONS[self.model]

    def __len__(self) -> int:
        return sum(1 for _ in self)


def comparisons(model: str) -> st.SearchStrategy[Filter]:
    """Return comparisons of the scalars of a model with values that are like its own."""
    return st.sampled_from(sorted(_SCALARS[model])).flatmap(lambda name: _comparison(name, _SCALARS[model][name]))


@cache
def filters(model: str, depth: int = 2) -> st.SearchStrategy[Filter]:
    """Return filters about rows of a model, through so many relations."""
    leaves = [st.sampled_from([ALWAYS, NEVER]), comparisons(model)]
    if depth:
        leaves += [
            st.builds(Exists, st.just(relation), filters(target, depth - 1))
            for relation, target in RELATIONS[model].items()
        ]
        leaves += [_identified(relation) for relation, target in RELATIONS[model].items() if target == USER]
    return st.recursive(st.one_of(*reversed(leaves)), _grouped, max_leaves=4)


def _identified(relation: str) -> st.SearchStrategy[Filter]:
    """Return filters that only ask for an id behind a relation, which a foreign key can answer."""
    one = st.builds(Compare, st.just("id"), st.just(Operator.EQ), _COUNT)
    some = st.builds(Compare, st.just("id"), st.just(Operator.IN), st.lists(_COUNT, max_size=3).map(tuple))
    asked = st.builds(Exists, st.just(relation), one | some)
    return asked | st.builds(Not, asked)


def _grouped(inner: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, inner))


def _comparison(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Filter]:
    listed = st.lists(values, max_size=3).map(tuple)
    found = [
        st.builds(Compare, st.just(name), st.sampled_from(_PLAIN_OPERATORS), values),
        st.builds(Compare, st.just(name), st.sampled_from([Operator.IN, Operator.NOT_IN]), listed),
        st.builds(Compare, st.just(name), st.just(Operator.BETWEEN), st.tuples(values, values)),
        st.builds(Compare, st.just(name), st.sampled_from([Operator.NULL, Operator.NOT_NULL])),
    ]
    if values is _TEXT:
        found.append(st.builds(Compare, st.just(name), st.sampled_from(_TEXT_OPERATORS), values))
    return st.one_of(*found)


def _one_each(pairs: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Keep one link of each row, as relations to one entry do."""
    return frozenset(dict(sorted(pairs)).items())


_PAIRS: Final = st.frozensets(st.sampled_from([(own, other) for own in _IDS for other in _IDS]))
_SINGLE: Final = _PAIRS.map(_one_each)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """Return libraries with a few rows of everything; any value may be null and any relation empty."""
    rows = {model: {row_id: draw(_row(model, row_id)) for row_id in _IDS} for model in RELATIONS}
    links = {
        (BOOK, "tags"): draw(_PAIRS),
        (BOOK, "sequel"): draw(_SINGLE),
        (BOOK, "createdBy"): draw(_SINGLE),
        (BOOK, "parts"): _reversed(draw(_SINGLE)),  # a component has one holder
        (USER, "roles"): draw(_PAIRS),
    }
    return Library(rows, {**links, (TAG, "books"): _reversed(links[BOOK, "tags"])})


@cache
def _row(model: str, row_id: int) -> st.SearchStrategy[Mapping[str, Any]]:
    values = {name: st.one_of(st.none(), each) for name, each in _SCALARS[model].items() if name != "id"}
    return st.fixed_dictionaries({"id": st.just(row_id), **values})


def _reversed(pairs: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset((other, own) for own, other in pairs)
