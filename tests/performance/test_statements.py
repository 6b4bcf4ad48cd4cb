"""How many statements a request runs: a budget that holds on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, AUTHOR, READ, SOURCE, may, may_manage_tokens

LIST = f"/admin/content-manager/collection-types/{AUTHOR}"
HELD = (
    may(READ, AUTHOR, fields=["name", "bio"]),
    may(READ, ARTICLE, locales=None),
    *may_manage_tokens(),
    may("admin::roles.read"),
    may("admin::users.read"),
    may("admin::api-tokens.read"),
)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Return a server with some authors."""
    made = Backend(Path(tmp_path_factory.mktemp("budgets")), source=SOURCE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def key(backend: Backend) -> str:
    """Return an admin token that has been used before, so that its use is not noted again."""
    root = backend.first_admin()
    for name in ("Ada", "Grace"):
        answer = backend.call("POST", LIST, {"name": name, "bio": "Writes"}, key=root)
        assert answer.status_code == 201, answer.text
    body = {"name": "Reader", "description": "", "adminPermissions": list(HELD)}
    made: str = backend.call("POST", "/admin/admin-tokens", body, key=root).json()["data"]["accessKey"]
    backend.call("GET", LIST, key=made)
    return made


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        f"{LIST}?sort=name:desc&pageSize=1&_q=a&filters[bio][$contains]=W",
        f"/content-manager/collection-types/{ARTICLE}?populate=*&locale=en",
        "/admin/users/me",
        "/admin/users/1",
        "/admin/users",
        "/admin/roles",
        "/admin/roles/1",
        "/admin/roles/1/permissions",
        "/admin/admin-tokens",
        "/admin/admin-tokens/3",
        "/admin/api-tokens",
        "/i18n/locales",
        "/admin/permissions",
    ],
)
def test_a_read_with_an_admin_token_takes_two_statements(backend: Backend, key: str, path: str) -> None:
    """
    One statement says who asks and what it may do, the other one answers.
    """
    with backend.traced() as statements:
        answer = backend.call("GET", path, key=key)

    assert 200 == answer.status_code, answer.text
    assert len(statements) <= 2, statements


def test_a_new_key_is_known_by_one_statement(backend: Backend, key: str) -> None:
    """
    Also the first request with a key reads its rights in one statement.
    """
    body = {"name": "Fresh", "description": "", "adminPermissions": [HELD[0]]}
    fresh = backend.call("POST", "/admin/admin-tokens", body, key=key).json()["data"]["accessKey"]
    with backend.traced() as statements:
        backend.call("GET", LIST, key=fresh)
    reads = [statement for statement in statements if not statement.lstrip().startswith("UPDATE")]

    assert 2 == len(reads), statements
