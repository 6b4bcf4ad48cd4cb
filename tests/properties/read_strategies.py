"""Random projects, rows, rights and questions for the read engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from tessera.filters import ALWAYS, NEVER, Compare, Filter, Not, Operator, related
from tessera.schema.model import Attribute, Component, ComponentField, ContentType, Model, Relation, Scalar, Schema
from tests.properties.read_world import Allowed, Plain, World
from tests.unit.schema.projects import built, component, content_type

ONE, TWO, USER = "api::one.one", "api::two.two", "admin::user"
DECIDING = ("title", "rank")  # the rules of random rights look at these
WORDS = ("", "a", "Ab", "aB", "b_", "É", "1", "50%")
NUMBERS = (-3, 0, 1, 2, 50)
SCALARS: dict[str, str] = {
    "title": "string",
    "text": "text",
    "rank": "integer",
    "price": "decimal",
    "big": "biginteger",
    "open": "boolean",
    "at": "datetime",
    "day": "date",
    "data": "json",
    "secret": "password",
}
VALUES: dict[str, Sequence[Any]] = {
    "string": WORDS,
    "text": WORDS,
    "password": WORDS,
    "integer": NUMBERS,
    "decimal": (-1.5, 0.0, 2.0, 2.25),
    "biginteger": (-9007199254740993, 0, 9007199254740993),
    "boolean": (0, 1),
    "datetime": (-1, 0, 1_700_000_000_123),
    "date": ("2024-01-31", "2024-02-29"),
    "json": ('{"b":[1,null],"a":"x"}', "[]", "true", "5", '"t"'),
}


@lru_cache(maxsize=64)
def schema_of(one_drafts: bool, two_drafts: bool, both_ways: bool, scalars: tuple[str, ...]) -> Schema:
    """Return a project of two types that are related in many ways, and a component."""
    fields: dict[str, Any] = {name: {"type": SCALARS[name]} for name in scalars}
    fields["rank"]["pluginOptions"] = {"tessera": {"sortIndex": True}}  # by which linked rows are looked for otherwise
    to_two = {"type": "relation", "target": TWO}
    many = {**to_two, "relation": "manyToMany", **({"inversedBy": "ones"} if both_ways else {})}
    back = {"type": "relation", "relation": "manyToMany", "target": ONE, "mappedBy": "many"}
    one = {
        **fields,
        "parent": {**to_two, "relation": "manyToOne", "inversedBy": "children"},
        "many": many,
        "next": {"type": "relation", "relation": "oneToOne", "target": ONE},
        "part": {"type": "component", "component": "shared.part"},
        "parts": {"type": "component", "component": "shared.part", "repeatable": True},
    }
    two = {
        **fields,
        "children": {"type": "relation", "relation": "oneToMany", "target": ONE, "mappedBy": "parent"},
        **({"ones": back} if both_ways else {}),
    }
    part = {"label": {"type": "string"}, "count": {"type": "integer"}, "code": {"type": "password"}}
    return built(
        content_type("one", one, options={"draftAndPublish": one_drafts}),
        content_type("two", two, options={"draftAndPublish": two_drafts}),
        component("shared", "part", part),
    )


def schemas() -> st.SearchStrategy[Schema]:
    """Projects."""
    names = st.sets(st.sampled_from(sorted(SCALARS)), max_size=2).map(
        lambda kept: tuple(sorted({"title", "rank", *kept}))
    )
    return st.builds(schema_of, st.booleans(), st.booleans(), st.booleans(), names)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Projects with a few rows."""
    world = World(draw(schemas()))
    for name in ("ada", "bob"):
        world.add(USER, firstname=name, email=f"{name}@example.com", isActive=1, password="hash")
    counts = {uid: draw(st.integers(2, 5)) for uid in (TWO, ONE)}
    parts = 0
    for uid, count in counts.items():
        model = world.schema.content_types[uid]
        for index in range(count):
            values = {item.name: draw(_value(item)) for item in model.declared() if isinstance(item, Scalar)}
            if uid == ONE:
                values |= draw(_links(counts[TWO], index))
                for name in ("part", "parts"):
                    rows = draw(st.lists(_part(), max_size=1 if name == "part" else 2))
                    values[name] = [{"id": (parts := parts + 1), **row} for row in rows]
            values |= {"createdBy": draw(st.sampled_from([[], [1], [2]])), "updatedAt": draw(st.sampled_from(NUMBERS))}
            if model.draft_and_publish:
                values |= {"publishedAt": None if index % 2 == 0 else 7, "documentId": f"d{index // 2}"}
            world.add(uid, **values)
    return world


def twin(draw: Callable[..., Any], world: World, hidden: Callable[[Model, Plain, str], bool]) -> World:
    """Return a world that differs in hidden values only."""
    other = World(world.schema)
    for uid, rows in world.rows.items():
        model = world.schema.content_types[uid]
        for row in rows:
            changed: dict[str, Any] = {
                item.name: draw(_value(item))
                for item in model.declared()
                if isinstance(item, Scalar) and item.name not in DECIDING and hidden(model, row, item.name)
            }
            parts: dict[str, Any] = {
                name: [draw(_other_part(part)) for part in row[name]] for name in ("part", "parts") if name in row
            }
            other.add(uid, **{**row, **changed, **parts})
    return other


def _other_part(part: Plain) -> st.SearchStrategy[Plain]:
    return st.sampled_from(WORDS).map(lambda code: {**part, "code": code})


def _value(attribute: Scalar) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *VALUES.get(attribute.type, WORDS)])


def _links(twos: int, earlier: int) -> st.SearchStrategy[dict[str, Any]]:
    targets = list(range(1, twos + 1))
    one = st.sampled_from([[], *([identity] for identity in targets)])
    many = st.lists(st.sampled_from(targets), unique=True) if targets else st.just([])
    following = st.sampled_from([[], *([identity] for identity in range(1, earlier + 1))])
    return st.fixed_dictionaries({"parent": one, "many": many, "next": following})


def _part() -> st.SearchStrategy[dict[str, Any]]:
    label, count = st.sampled_from([None, *WORDS]), st.sampled_from([None, *NUMBERS])
    return st.fixed_dictionaries({"label": label, "count": count, "code": label})


def filters(model: ContentType) -> st.SearchStrategy[Filter]:
    """What a rule may ask of a row."""
    own = related("createdBy", Compare("id", Operator.EQ, 1))
    plain: list[Filter] = [
        own,
        own,
        ALWAYS,
        Compare("rank", Operator.GT, 0),
        Compare("title", Operator.EQ, "a"),
        Not(Compare("title", Operator.NE, "a")),
    ]
    if "parent" in model.attributes:
        plain.append(related("parent", Compare("title", Operator.NOT_NULL)))
    return st.sampled_from(plain)


def grants(schema: Schema) -> st.SearchStrategy[dict[str, Allowed | None]]:
    """Rights for both types, and perhaps for administrators."""
    return st.fixed_dictionaries(
        {ONE: _grant(schema, schema.content_types[ONE]), TWO: st.none() | _grant(schema, schema.content_types[TWO])}
        | {USER: st.sampled_from([None, Allowed()])}
    )


def _grant(schema: Schema, model: ContentType) -> st.SearchStrategy[Allowed]:
    usual = ["title", "title", "rank", "parent", "part.label", "parts.label"]
    names = [*usual, *(item.name for item in model.declared())]
    guard = filters(model) | st.just(NEVER)
    guards = st.lists(st.tuples(st.sampled_from(names), guard), min_size=1, max_size=3, unique_by=lambda pair: pair[0])
    rows = st.just(ALWAYS) | filters(model)
    return st.builds(lambda rows, fields: Allowed(rows, tuple(fields)), rows, guards)


def questions(schema: Schema, model: ContentType) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters of a list."""
    paths = _paths(schema, model, 2)
    usual = [path for path in ("title", "rank", "parent.title", "parent.rank", "part.label") if path in paths]
    paths = [*usual * 4, *paths]
    sorts = st.lists(st.tuples(st.sampled_from(paths), st.sampled_from(["", ":desc"])).map("".join), max_size=2)
    return st.fixed_dictionaries(
        {
            "sort": sorts.map(",".join),
            "pageSize": st.sampled_from(["2", "10", "10"]),
            "page": st.sampled_from(["1", "1", "2"]),
        },
        optional={
            "filters": _asked(schema, model, 3),
            "_q": st.sampled_from(["a", "AB", "_", "1", "50", "2.25", "É"]),
            **({"status": st.sampled_from(["draft", "published"])} if model.draft_and_publish else {}),
        },
    )


def _asked_about(model: Model) -> list[Attribute]:
    """Return the attributes that questions are about; of administrators only a few."""
    names = ("firstname", "email", "password") if model.uid == USER else tuple(model.attributes)
    usual = ("title", "title", "rank", "parent", "part", "parts", "label")
    return [model.attributes[name] for name in (*usual, *names) if name in model.attributes]


def _paths(schema: Schema, model: Model, depth: int) -> list[str]:
    found = ["id", "documentId"] if isinstance(model, ContentType) else ["id"]
    for attribute in _asked_about(model):
        if isinstance(attribute, Scalar):
            found.append(attribute.name)
        target = _target(schema, attribute)
        if target is not None and depth > 1:
            found += [f"{attribute.name}.{path}" for path in _paths(schema, target, depth - 1)]
    return found


def _target(schema: Schema, attribute: Any) -> Model | None:  # noqa: ANN401 - an attribute
    if isinstance(attribute, ComponentField):
        return schema.components[attribute.component]
    if isinstance(attribute, Relation) and not attribute.virtual and attribute.target is not None:
        return schema.content_types[attribute.target]
    return None


_ASKED: dict[tuple[int, str, int], st.SearchStrategy[dict[str, Any]]] = {}


def _asked(schema: Schema, model: Model, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    key = (id(schema), model.uid, depth)
    if key not in _ASKED:
        _ASKED[key] = _asked_anew(schema, model, depth)
    return _ASKED[key]


def _asked_anew(schema: Schema, model: Model, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    names = [*(attribute.name for attribute in _asked_about(model)), "id"]
    fields = [_field(schema, model, name, depth) for name in names]
    single = st.one_of([field for field in fields if field is not None])
    if depth == 0 or isinstance(model, Component):
        return single
    inner = _asked(schema, model, depth - 1)
    groups = st.tuples(st.sampled_from(["$and", "$or"]), st.lists(inner, min_size=1, max_size=2)).map(
        lambda p: dict([p])
    )
    return single | groups | inner.map(lambda node: {"$not": node})


def _field(schema: Schema, model: Model, name: str, depth: int) -> st.SearchStrategy[dict[str, Any]] | None:
    attribute = model.attributes.get(name)
    if attribute is None or isinstance(attribute, Scalar):
        pool = NUMBERS if attribute is None else VALUES.get(attribute.type, WORDS)
        if attribute is not None and (attribute.type == "json" or name == "locale"):
            pool = ("x",)
        return _tests(pool).map(lambda test: {name: test})
    target = _target(schema, attribute)
    if target is None:
        return None
    presence = st.sampled_from([{"$null": True}, {"$notNull": True}, {"$null": False}])
    if depth == 0:
        return presence.map(lambda test: {name: test})
    return (presence | _asked(schema, target, depth - 1)).map(lambda node: {name: node})


def _tests(pool: Sequence[Any]) -> st.SearchStrategy[Any]:
    value = st.sampled_from(list(pool))
    texts = all(isinstance(item, str) for item in pool)
    single = st.sampled_from(["$eq", "$ne", "$gt", "$lt", *(["$contains"] if texts else [])])
    tests = st.tuples(single, value).map(lambda pair: dict([pair]))
    lists = st.tuples(st.sampled_from(["$in", "$notIn"]), st.lists(value, min_size=1, max_size=2)).map(
        lambda p: dict([p])
    )
    nulls = st.tuples(st.sampled_from(["$null", "$notNull"]), st.booleans()).map(lambda pair: dict([pair]))
    plain = tests | lists | nulls
    return plain | value | plain.map(lambda test: {"$not": test})


def api_questions(schema: Schema, model: ContentType) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters of a list of the Content API, without what it refuses."""
    return st.fixed_dictionaries(
        {"populate": _populate(schema, model, 3), "pagination": st.just({"pageSize": "100"})},
        optional={"sort": st.sampled_from(["title", "rank:desc", "id:desc"]), "filters": _allowed(model)},
    )


def _populate(schema: Schema, model: Model, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    options: dict[str, st.SearchStrategy[Any]] = {}
    for attribute in model.attributes.values():
        target = _target(schema, attribute)
        if target is not None and not attribute.private and depth:
            options[attribute.name] = _below(schema, target, depth - 1)
    return st.fixed_dictionaries({}, optional=options)


def _below(schema: Schema, model: Model, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    sorts = ["label", "count:desc"] if isinstance(model, Component) else ["title:desc", "rank"]
    return st.fixed_dictionaries(
        {"populate": _populate(schema, model, depth)},
        optional={"sort": st.sampled_from(sorts), "filters": _allowed(model), "count": st.just("true")},
    )


def _allowed(model: Model) -> st.SearchStrategy[dict[str, Any]]:
    name = "label" if isinstance(model, Component) else "title"
    return _tests(WORDS).map(lambda test: {name: test})
