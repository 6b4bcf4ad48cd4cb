"""Nobody learns a hidden value by asking: answers are the same bytes, whatever the value is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import pytest

from tessera.app import FEATURES
from tessera.identity.context import RequestContext
from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, AUTHOR, SOURCE

SECRET = "secret-0123456789"
HIDDEN = ("password", "resetPasswordToken", "registrationToken", "resetPasswordTokenExpiresAt")
LISTS = (
    "/admin/users",
    "/admin/roles",
    f"/content-manager/collection-types/{AUTHOR}",
    f"/content-manager/collection-types/{ARTICLE}",
)
ROADS = {  # the ways from each list to an administrator
    "/admin/users": ("",),
    "/admin/roles": ("[users]",),
    f"/content-manager/collection-types/{AUTHOR}": ("[createdBy]", "[updatedBy]", "[articles][createdBy]"),
    f"/content-manager/collection-types/{ARTICLE}": ("[createdBy]", "[author][updatedBy]", "[createdBy][roles][users]"),
}
FILTERS = ("filters", "where", "lookup", "_where", "filters[$or][0]", "filters[$not]", "filters[$and][0][$not]")
OPERATORS = ("[$startsWith]", "[$ne]", "[$notNull]", "[$in][0]", "[$gt]", "")
ODD_NAMES = (
    "t1.password",
    "password--",
    'password"',
    "Password",
    "PASSWORD",
    "pass\u017fword",
    "password[0]",
    "admin_users.password",
    "0",
    "__proto__",
    "constructor",
    "id) OR (1=1",
    "name\u0000",
    "'; DROP TABLE admin_users; --",
)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Return a server with an article and an author by somebody."""
    made = Backend(Path(tmp_path_factory.mktemp("hidden")), source=SOURCE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def root(backend: Backend) -> str:
    """Return the access token of the super admin, who may read the most."""
    key = backend.first_admin()
    for uid, body in ((AUTHOR, {"name": "Ada"}), (ARTICLE, {"title": "First"})):
        assert 201 == backend.call("POST", f"/content-manager/collection-types/{uid}", body, key=key).status_code
    return key


def answers(backend: Backend, root: str, paths: list[str]) -> list[tuple[int, bytes]]:
    """Return what is answered to each question."""
    found = (backend.call("GET", path, key=root) for path in paths)
    return [(answer.status_code, answer.content) for answer in found]


def with_hidden(backend: Backend, value: str, moment: int) -> None:
    """Give every administrator other hidden values, past every rule; nothing that is shown changes."""
    backend.execute(
        "UPDATE admin_users SET password = ?1, reset_password_token = ?1, registration_token = ?1,"
        " reset_password_token_expires_at = ?2",
        value,
        moment,
    )


def differing(backend: Backend, root: str, paths: list[str]) -> list[str]:
    """Return the questions whose answers tell the hidden values apart."""
    with_hidden(backend, "aaaa", 1)
    before = answers(backend, root, paths)
    with_hidden(backend, SECRET, 4_000_000_000_000)
    after = answers(backend, root, paths)
    return [path for path, one, other in zip(paths, before, after, strict=True) if one != other]


@pytest.mark.parametrize("route", LISTS)
def test_f1_f2_no_filter_reaches_a_hidden_value(backend: Backend, root: str, route: str) -> None:
    """
    Whatever the key, the way and the operator: a filter tells nothing of what is hidden in administrators.
    """
    paths = [
        f"{route}?{key}{road}[{name}]{operator}={quote(SECRET[:6])}"
        for key in FILTERS
        for road in ROADS[route]
        for name in HIDDEN
        for operator in OPERATORS
    ]

    assert [] == differing(backend, root, paths)


@pytest.mark.parametrize("route", LISTS)
def test_f3_neither_sort_nor_selection_nor_search_reaches_a_hidden_value(
    backend: Backend, root: str, route: str
) -> None:
    """
    Sorting, selecting, populating and searching tell nothing of what is hidden in administrators.
    """
    dotted = [road.replace("][", ".").strip("[]") for road in ROADS[route]]
    names = [f"{road}.{name}".lstrip(".") for road in dotted for name in HIDDEN]
    paths = [f"{route}?{question}" for name in names for question in (f"sort={name}:desc", f"fields[0]={name}")]
    paths += [f"{route}?populate={name}" for name in (*names, *filter(None, dotted), "*", "deep")]
    paths += [f"{route}?populate[{road}][fields][0]={name}" for road in dotted if road for name in HIDDEN]
    paths += [f"{route}?_q={SECRET}", f"{route}?_q={SECRET[:6]}&sort=id:asc"]
    shown = answers(backend, root, paths)

    assert [] == differing(backend, root, paths)
    assert not [path for path, (_, body) in zip(paths, shown, strict=True) if SECRET.encode() in body]


@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize("name", ODD_NAMES)
def test_f4_only_names_of_the_schema_reach_the_database(backend: Backend, root: str, route: str, name: str) -> None:
    """
    Names with dots, quotes, other cases or foreign letters are overlooked or refused; they never become SQL.
    """
    asked = quote(name, safe="")
    paths = [
        f"{route}?filters[{asked}][$eq]=x",
        f"{route}?sort={asked}:asc",
        f"{route}?fields[0]={asked}",
        f"{route}?populate={asked}",
    ]
    with backend.traced() as statements:
        found = answers(backend, root, paths)

    assert not [status for status, _ in found if status >= 500]
    assert not [text for text in statements if name in text and name != "0"]


def test_f29_every_use_case_is_told_who_asks() -> None:
    """
    A use case takes the context of a request, whose principal has no default: nothing runs as nobody in particular.
    """
    (principal,) = (each for each in fields(RequestContext) if each.name == "principal")
    modules = [
        import_module(f"tessera.features.{feature.name}.service") for feature in FEATURES if _has_service(feature.name)
    ]
    cases = [
        case
        for module in modules
        for name, case in inspect.getmembers(module, inspect.iscoroutinefunction)
        if case.__module__ == module.__name__ and not name.startswith("_")
    ]

    assert (MISSING, MISSING) == (principal.default, principal.default_factory)
    assert not [case.__qualname__ for case in cases if next(iter(inspect.signature(case).parameters)) != "ctx"]


def _has_service(name: str) -> bool:
    return (Path(inspect.getfile(import_module(f"tessera.features.{name}"))).parent / "service.py").exists()
