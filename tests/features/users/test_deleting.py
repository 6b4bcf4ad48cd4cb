import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.features.backend import Backend


def delete(backend: Backend, user_id: int, key: str) -> int:
    """Delete an administrator."""
    return backend.call("DELETE", f"/admin/users/{user_id}", key=key).status_code


def delete_all(backend: Backend, ids: Sequence[object], key: str) -> int:
    """Delete several administrators."""
    return backend.call("POST", "/admin/users/batch-delete", {"ids": list(ids)}, key=key).status_code


@pytest.mark.parametrize("together", [False, True])
def test_f45_f46_with_an_administrator_go_its_sessions_and_tokens(backend: Backend, root: str, together: bool) -> None:
    """
    After the answer, nothing that was its own opens anything, and no row of it is left.
    """
    ana, session = backend.admin(root, "ana", backend.role("Staff", "admin::users.read"))
    key = backend.admin_token(ana, "admin::users.read")
    status = delete_all(backend, [ana], root) if together else delete(backend, ana, root)

    assert 200 == status
    assert [401, 401] == [backend.call("GET", "/admin/users", key=each).status_code for each in (session, key)]
    for table, column in [("strapi_sessions", "user_id"), ("admin_users_roles_lnk", "user_id")]:
        assert [] == backend.read(f"SELECT 1 FROM {table} WHERE {column} = ?1", str(ana))  # noqa: S608 - names above
    assert [] == backend.read("SELECT 1 FROM strapi_api_tokens WHERE kind = 'admin'")
    assert [] == backend.read("SELECT 1 FROM admin_permissions_api_token_lnk")


def test_f46_after_the_answer_to_a_deletion_nothing_more_is_let_in(backend: Backend, root: str) -> None:
    """
    While requests pour in, none that begins after the answer is accepted.
    """
    ana, session = backend.admin(root, "ana", backend.role("Staff", "admin::users.read"))
    key = backend.admin_token(ana, "admin::users.read")
    gone = threading.Event()

    def ask(credential: str) -> list[tuple[bool, int]]:
        asked: list[tuple[bool, int]] = []
        while len(asked) < 100 and not (gone.is_set() and len(asked) > 20):
            after = gone.is_set()
            asked.append((after, backend.call("GET", "/admin/users", key=credential).status_code))
        return [*asked, (gone.is_set(), backend.call("GET", "/admin/users", key=credential).status_code)]

    with ThreadPoolExecutor(4) as threads:
        pouring = [threads.submit(ask, credential) for credential in (session, key) * 2]
        status = delete(backend, ana, root)
        gone.set()
        asked = [pair for future in pouring for pair in future.result()]

    assert 200 == status
    assert {401} == {answer for after, answer in asked if after}
    assert 200 in {answer for _, answer in asked}


def test_nobody_deletes_itself(backend: Backend, root: str) -> None:
    """
    Not alone, not among others, not as a text, and not with an admin token.
    """
    backend.admin(root, "deputy", backend.super_admin_role)
    key = backend.admin_token(1, "admin::users.delete")
    attempts = [delete(backend, 1, root), delete(backend, 1, key)]
    attempts += [delete_all(backend, ids, each) for ids in ([1, 2], ["1"], [2, "1"]) for each in (root, key)]

    assert [400] * 8 == attempts
    assert [(2,)] == backend.read("SELECT count(*) FROM admin_users")


def test_of_several_those_are_deleted_that_there_are(backend: Backend, root: str) -> None:
    """
    Ids that are nobody's are overlooked, so that two who delete at once do not fail.
    """
    ana, _ = backend.admin(root, "ana")
    answer = backend.call("POST", "/admin/users/batch-delete", {"ids": [4096, "abc", str(ana), ana]}, key=root)

    assert [ana] == [user["id"] for user in answer.json()["data"]]
    assert 200 == delete_all(backend, ["abc"], root)


def test_a_request_names_no_more_administrators_than_a_statement_can_hold(backend: Backend, root: str) -> None:
    """
    An endless list is a bad request.
    """
    assert 400 == delete_all(backend, [*range(2, 1500)], root)


def test_the_last_super_admins_are_not_deleted_together(backend: Backend, root: str) -> None:
    """
    Of two super admins somebody else can delete one, and not both.
    """
    deputy, _ = backend.admin(root, "deputy", backend.super_admin_role)
    _, ana = backend.admin(root, "ana", backend.role("Deleters", "admin::users.delete"))

    assert 400 == delete_all(backend, [1, deputy], ana)
    assert 200 == delete_all(backend, [deputy], ana)
    assert 400 == delete_all(backend, [1], ana)
