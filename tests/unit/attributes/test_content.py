"""Bodies as a whole: what is ignored, counted, asked of the database, and how changes of relations are read."""

from __future__ import annotations

from typing import Any

import pytest

from tessera.errors import ABSENT
from tessera.schema.attributes import Mode, PlainPassword
from tessera.schema.content import (
    Content,
    Limits,
    Link,
    Position,
    Refusal,
    RefusedKey,
    RelationChange,
    Spot,
    Target,
    check_content,
    draft_to_publish,
    refused_key,
)
from tests.unit.attributes.lab import FIRM, PROBE, SCHEMA
from tests.unit.schema.projects import built, content_type

PART = {"label": "l"}


def read(data: Any, *, creating: bool = False, **options: Any) -> Content | Refusal:  # noqa: ANN401 - any JSON
    """Check a draft."""
    return check_content(SCHEMA, PROBE, data, mode=Mode.DRAFT, creating=creating, **options)


def content(data: Any, *, creating: bool = False) -> Content:  # noqa: ANN401 - any JSON
    """Return the content of a draft that is right."""
    answer = read(data, creating=creating)
    assert isinstance(answer, Content), answer.error().details
    return answer


def messages(answer: Content | Refusal) -> list[str]:
    """Return what was complained about."""
    assert isinstance(answer, Refusal)
    return [violation.message for violation in answer.violations]


def test_unknown_keys_and_the_servers_own_are_ignored() -> None:
    """
    Keys that are not known, or that the server fills itself, change nothing.
    """
    ignored = {
        "colour": 1,
        "id": 7,
        "documentId": "x",
        "createdAt": 5,
        "createdBy": 1,
        "publishedAt": 5,
        "locale": "en",
    }

    assert content({}).fields == content({**ignored, "zro": "not writable"}).fields


def test_a_change_names_only_what_it_changes() -> None:
    """
    Without being created, an entry takes no defaults, and absent components stay as they are.
    """
    fields = content({"zint": "3"}).fields

    assert ({"zint": 3}, {}) == (fields.scalars, fields.parts)


def test_a_creation_takes_defaults() -> None:
    """
    What is absent from a creation has its default; what is null does not.
    """
    scalars = content({"zrereq": None}, creating=True).fields.scalars

    assert {"zrereq": None, "zenumreq": "one", "zbigreq": 1, "zboolreq": False} == {
        name: scalars[name] for name in ("zrereq", "zenumreq", "zbigreq", "zboolreq")
    }


def test_a_password_is_marked_as_plain() -> None:
    """
    A password waits for its hash, also within a component, and does not show when printed.
    """
    fields = content({"zpass": "sesame", "zcomp": {"pass": "sesame"}}).fields

    assert PlainPassword("sesame") == fields.scalars["zpass"]
    assert PlainPassword("sesame") == fields.parts["zcomp"][0].fields.scalars["pass"]
    assert "sesame" not in repr(fields)


def test_a_stored_password_is_not_checked_again() -> None:
    """
    Publishing a draft takes its password's hash as it is.
    """
    answer = draft_to_publish(SCHEMA, PROBE, {"zrereq": "a", "zpass": "$2a$10$hash", **NEEDED})
    assert isinstance(answer, Content), answer.error().details

    assert "$2a$10$hash" == answer.fields.scalars["zpass"]


NEEDED = {"zenumreq": "one", "zintreq": 1, "zjsonreq": 1, "zboolreq": True, "zdatereq": "2025-01-01", "zbigreq": "1"}


def test_a_kept_component_has_its_id_and_no_defaults() -> None:
    """
    A component that is named by its id keeps what is not named; one without an id is new and takes its defaults.
    """
    kept, new = content({"zcomps": [{"id": "7", "label": "a"}, {"label": "b"}]}).fields.parts["zcomps"]

    assert (7, {"label": "a"}) == (kept.id, kept.fields.scalars)
    assert (None, {"label": "b", "num": 3}) == (new.id, new.fields.scalars)


def test_a_creation_has_only_new_components() -> None:
    """
    Ids of components mean nothing when an entry is created.
    """
    (part,) = content({"zcomps": [{"id": 7}]}, creating=True).fields.parts["zcomps"]

    assert part.id is None


def test_a_component_named_twice_is_kept_once() -> None:
    """
    The second mention of a component is dropped; in a zone, ids of different components are different.
    """
    zone = [
        {"__component": "lab.part", "id": 7},
        {"__component": "lab.other", "id": 7},
        {"__component": "lab.part", "id": 7},
    ]
    parts = content({"zcomps": [{"id": 7, "label": "a"}, {"id": 7, "label": "b"}, {}, {}], "zzone": zone}).fields.parts

    assert [7, None, None] == [part.id for part in parts["zcomps"]]
    assert [("lab.part", 7), ("lab.other", 7)] == [(part.uid, part.id) for part in parts["zzone"]]


def test_components_nest() -> None:
    """
    Components within components are read as deep as they are sent.
    """
    (part,) = content({"zcomp": {"subs": [{"id": 3}, {"label": "ab"}], "sub": None}}).fields.parts["zcomp"]

    assert [3, None] == [sub.id for sub in part.fields.parts["subs"]]
    assert () == part.fields.parts["sub"]


def test_unique_values_are_asked_of_the_database() -> None:
    """
    A publication asks for its unique values and slugs, where they stand; empty ones and drafts do not ask.
    """
    data = {"zuniq": "u", "zuid": "s", "zuid2": None, "zcomp": {"label": "l", "key": "k"}}
    strict = check_content(SCHEMA, FIRM, data, mode=Mode.PUBLISH, creating=True)
    assert isinstance(strict, Content)

    assert [("zuid", "s", "api::firm.firm"), ("zcomp.key", "k", "lab.part"), ("zuniq", "u", "api::firm.firm")] == [
        (check.place.label, check.stored, check.model) for check in strict.unique
    ]
    assert () == content(data, creating=True).unique
    assert "This attribute must be unique" == strict.unique[0].violation().message


def test_faults_and_unique_values_are_reported_together() -> None:
    """
    An error names the faults of the body and those that the database found in the order of the attributes.
    """
    answer = check_content(SCHEMA, FIRM, {"zuniq": "u", "zuid": "s", "zint": 99}, mode=Mode.PUBLISH, creating=True)
    assert isinstance(answer, Refusal)
    error = answer.error([check.violation() for check in answer.unique])

    assert "3 errors occurred" == error.message
    assert [["zuid"], ["zint"], ["zuniq"]] == [each["path"] for each in error.details["errors"]]


def test_files_are_asked_for_their_kinds() -> None:
    """
    Files of an attribute that allows only some kinds are to be looked at.
    """
    media = {"zcover": {"type": "media", "multiple": False, "allowedTypes": ["images"]}}
    schema = built(content_type("page", media))
    answer = check_content(
        schema, schema.content_types["api::page.page"], {"zcover": 5}, mode=Mode.DRAFT, creating=True
    )
    assert isinstance(answer, Content)

    assert RelationChange(set=(Target(id=5),)) == answer.fields.media["zcover"]
    assert ["zcover must be one of the following types: images"] == [each.violation().message for each in answer.files]


def test_one_write_holds_so_many_components() -> None:
    """
    Components and entries of zones are counted over all levels, in drafts too, and said once to be too many.
    """
    data = {"zcomp": {"subs": [{}, {}]}, "zcomps": [{}, {}], "zzone": [{"__component": "lab.other"}] * 3}
    limits = Limits(parts=4)

    assert ["zcomps exceeds the limit of 4 components in one write"] == messages(read(data, limits=limits))
    assert isinstance(read(data, limits=Limits(parts=8)), Content)


def test_one_write_names_so_many_related_entries() -> None:
    """
    Entries named in relations are counted over the whole body.
    """
    data = {"zone1": 1, "zmany": [1, 2, 3], "zmedias": [1]}

    assert ["zmedias exceeds the limit of 3 related entries in one write"] == messages(
        read(data, limits=Limits(targets=3))
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a\0b", "zjson must not contain null characters"),
        ({"\ud800": 1}, "zjson must be well-formed Unicode"),
        ([float("nan")], "zjson must be a finite number"),
        (2**64, "zjson must be a number of at most 64 bits"),
    ],
)
def test_what_no_database_gives_back_is_refused(value: Any, said: str) -> None:  # noqa: ANN401 - any JSON
    """
    A value that could not be given back is refused without being repeated.
    """
    answer = read({"zjson": value})
    assert isinstance(answer, Refusal)

    assert [(said, ABSENT)] == [(each.message, each.value) for each in answer.violations]


def test_what_is_too_deep_is_refused() -> None:
    """
    Lists within lists end somewhere.
    """
    deep: list[Any] = []
    for _ in range(500):
        deep = [deep]

    assert ["zjson must not be nested more than 100 levels deep"] == messages(read({"zjson": deep}))
    assert ["zjson must not be nested more than 100 levels deep"] == messages(read({"zjson": "[" * 500 + "]" * 500}))


@pytest.mark.parametrize("value", [None, "x", 5, [], [{"zint": 1}]])
def test_a_body_is_an_object(value: Any) -> None:  # noqa: ANN401 - any JSON
    """
    Anything but an object is no body.
    """
    (said,) = messages(read(value))

    assert said.startswith("this must be a `object` type, but the final value was: `null`")


A, B = Target(id=1), Target(document_id="b" * 24)
CHANGES: list[tuple[Any, RelationChange | None]] = [
    (None, RelationChange(set=())),
    ([], RelationChange(set=())),
    (1, RelationChange(set=(A,))),
    ("1", RelationChange(set=(A,))),
    ("b" * 24, RelationChange(set=(B,))),
    ([1, None, "b" * 24, {"id": "1"}], RelationChange(set=(A, B))),
    ({"id": 1, "documentId": "b" * 24}, RelationChange(set=(B,))),
    ({"id": 1, "documentId": None}, RelationChange(set=(A,))),
    ({"documentId": "b" * 24, "locale": "fr", "status": "draft"},
     RelationChange(set=(Target(document_id="b" * 24, locale="fr", status="draft"),))),
    ({"id": 1, "locale": 5, "status": "odd"}, RelationChange(set=(A,))),
    ({"set": 1, "connect": [2], "disconnect": [3]}, RelationChange(set=(A,))),
    ({"set": None, "connect": 1}, RelationChange(connect=(Link(A),))),
    ({"connect": [1], "disconnect": ["b" * 24]}, RelationChange(connect=(Link(A),), disconnect=(B,))),
    ({"connect": [{"id": 1, "position": {"before": "b" * 24, "after": 1, "start": True}}]},
     RelationChange(connect=(Link(A, Position(Spot.BEFORE, B)),))),
    ({"connect": [{"id": 1, "position": {"after": 1, "start": True}}]},
     RelationChange(connect=(Link(A, Position(Spot.AFTER, A)),))),
    ({"connect": [{"id": 1, "position": {"start": True, "end": True}}]},
     RelationChange(connect=(Link(A, Position(Spot.START)),))),
    ({"connect": [{"id": 1, "position": {"start": False}}]}, RelationChange(connect=(Link(A),))),
    ({"connect": [{"id": 1, "position": 5}]}, RelationChange(connect=(Link(A),))),
    ({}, None),
    (True, None),
    ({"attach": [1]}, None),
    ({"connect": None}, None),
    ({"set": None}, None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "change"), CHANGES)
def test_a_relation_is_changed_in_many_forms(value: Any, change: RelationChange | None) -> None:  # noqa: ANN401
    """
    Ids, documents, objects and lists replace; connect and disconnect add and remove; set wins over both.
    """
    assert change == content({"zmany": value}).fields.relations.get("zmany")


@pytest.mark.parametrize(
    "value",
    [
        *(False, "", 1.5, [True], [[1]], {"id": "word"}, [{"id": None}], {"documentId": {"a": 1}}),
        *({"connect": [{}]}, {"disconnect": [{}]}, {"set": [{"a": 1}]}),
        {"connect": [{"id": 1, "position": {"before": True}}]},
    ],
)
def test_what_names_no_entry_is_refused(value: Any) -> None:  # noqa: ANN401 - any JSON
    """
    A value that names no entry is refused for the body as a whole.
    """
    answer = read({"zmany": value}, stamp={"locale": "en"})
    assert isinstance(answer, Refusal)
    (violation,) = answer.violations

    assert ((), "Invalid relations", "en") == (violation.path, violation.message, violation.value["locale"])


def test_a_relation_to_one_takes_one() -> None:
    """
    Where one entry fits, the last of a list and the first of those to connect are taken.
    """
    set_, connected = ({"zone1": value} for value in ([1, 2], {"connect": [1, 2]}))

    assert RelationChange(set=(Target(id=2),)) == content(set_).fields.relations["zone1"]
    assert RelationChange(connect=(Link(Target(id=1)),)) == content(connected).fields.relations["zone1"]


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (
            {"zint": 1, "zcomp": {"id": 1, "documentId": "x", "subs": [{"label": 1}]}, "locale": "x", "publishedAt": 1},
            None,
        ),
        ({"id": None}, RefusedKey("id")),
        ({"nope": 1, "other": 2}, RefusedKey("nope", None)),
        ({"updatedBy": None}, RefusedKey("updatedBy", "updatedBy")),
        ({"zro": 1}, RefusedKey("zro", "zro")),
        ({"zcomp": {"sub": {"nope": 1}}}, RefusedKey("nope", "zcomp.sub")),
        ({"zcomps": [{}, {"subs": [{"nope": 1}]}]}, RefusedKey("nope", "zcomps.subs")),
        ({"zcomp": {"createdAt": 1}}, RefusedKey("createdAt", "zcomp")),
        ({"zcomp": {"__component": "lab.part"}}, RefusedKey("__component", "zcomp")),
        ({"zzone": [{"__component": "lab.part", "sub": {"nope": 1}}]}, RefusedKey("nope", "zzone.sub")),
        ({"zzone": [{"nope": 1}, {"__component": "lab.nope", "nope": 1}]}, None),
        ({"zmany": {"attach": []}}, RefusedKey("attach", "zmany")),
        ({"zmany": {"id": 1, "extra": 1}}, RefusedKey("extra", "zmany")),
        ({"zmany": {"name": "of the target", "documentId": "x", "locale": "y", "options": 5}}, None),
        ({"zmany": [{"extra": 1}]}, None),
        ({"zcomp": {"link": {"connect": [1], "zz": 1}}}, RefusedKey("zz", "zcomp.link")),
        ({"zmedia": {"attach": 1}}, RefusedKey("attach", "zmedia")),
    ],
)
def test_the_content_api_refuses_keys(data: dict[str, Any], refused: RefusedKey | None) -> None:
    """
    The first key that is unknown or not to be written is named with its place; recorded from the reference.
    """
    assert refused == refused_key(SCHEMA, PROBE, data)


def test_a_relation_that_may_not_be_touched_is_refused_as_a_key() -> None:
    """
    A relation that the caller may not follow is refused with its path.
    """
    refused = refused_key(SCHEMA, PROBE, {"zcomp": {"link": None}}, may_link=lambda _: False)

    assert RefusedKey("link", "zcomp.link") == refused
    assert "Invalid key link at zcomp.link" == refused.error().message


def test_an_entry_of_a_relation_to_any_type_says_its_type() -> None:
    """
    Where entries of any type fit, one that does not say its type names no entry.
    """
    schema = built(content_type("page", {"any": {"type": "relation", "relation": "morphToMany"}}))
    page = schema.content_types["api::page.page"]
    typed, untyped = (
        check_content(schema, page, {"any": [item]}, mode=Mode.DRAFT, creating=True)
        for item in ({"id": 1, "__type": "api::page.page"}, {"id": 1})
    )
    assert isinstance(typed, Content)

    assert RelationChange(set=(Target(id=1, type="api::page.page"),)) == typed.fields.relations["any"]
    assert ["Invalid relations"] == messages(untyped)
