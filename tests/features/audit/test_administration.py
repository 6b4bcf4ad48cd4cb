"""What is done to people, keys, roles and settings stands in the audit log, and none of their secrets does (F9)."""

from __future__ import annotations

from typing import Any

from tests.features.audit.log import actions, entries, newest
from tests.features.backend import PASSWORD
from tests.features.documents.desk import Desk
from tests.features.newsroom import may

JSON = Any  # any JSON value
CANARY = "canary-0xDEADBEEF-Passw0rd!"


def test_signing_in_tells_who_it_was(desk: Desk) -> None:
    """Whoever proves who it is stands in the log with the address it came from."""
    desk.backend.sign_in("root@example.com")
    entry = newest(desk)

    assert ("admin.auth.success", "done", "Root Admin") == (entry["action"], entry["outcome"], entry["actor"]["name"])
    assert "root@example.com" == entry["user"]["email"]


def test_f9_a_failed_sign_in_is_told_without_what_was_typed(desk: Desk) -> None:
    """A wrong password names the account, an unknown address names nobody: it may be a password in the wrong field."""
    desk.backend.sign_in("root@example.com", CANARY)
    desk.backend.sign_in(f"{CANARY}@example.com", "x")
    found = entries(desk, "&filters[action]=admin.auth.failure")

    assert [None, "1"] == [entry["target"] for entry in found]
    assert {"refused"} == {entry["outcome"] for entry in found}
    assert CANARY not in str(found)


def test_the_life_of_every_kind_of_token_is_told(desk: Desk) -> None:
    """Tokens are made, changed, given new keys and revoked under their names."""
    for kind, more in (
        ("admin-tokens", {"adminPermissions": []}),
        ("api-tokens", {"type": "read-only"}),
        ("transfer/tokens", {"permissions": ["push"]}),
    ):
        body = {"name": f"Key {kind}", "description": "", "lifespan": None, **more}
        token = desk.done("POST", f"/admin/{kind}", body)["data"]["id"]
        desk.done("PUT", f"/admin/{kind}/{token}", {"name": f"Renamed {kind}"})
        desk.done("POST", f"/admin/{kind}/{token}/regenerate")
        desk.done("DELETE", f"/admin/{kind}/{token}")
    kinds = ("admin-token", "api-token", "transfer-token")
    expected = [f"{kind}.{verb}" for kind in kinds for verb in ("create", "update", "regenerate", "delete")]

    assert expected == actions(desk, "&filters[action][$contains]=token.&filters[origin]=admin")


def test_a_token_s_permissions_are_told_when_it_is_made(desk: Desk) -> None:
    """What a key may do from its beginning is in the entry that tells of it."""
    held = may("plugin::content-manager.explorer.read", "api::category.category", fields=["name"])
    desk.done("POST", "/admin/admin-tokens", {"name": "Reader", "lifespan": None, "adminPermissions": [held]})

    assert ["plugin::content-manager.explorer.read@api::category.category"] == newest(desk)["payload"]["permissions"]


def test_tokens_that_go_with_their_owner_are_told(desk: Desk) -> None:
    """Deleting an administrator tells of the tokens that are deleted with it."""
    auditor = may("admin::admin-tokens.create")
    key = desk.member("Makers", auditor, may("admin::admin-tokens.access"))
    desk.done("POST", "/admin/admin-tokens", {"name": "Orphan", "lifespan": None, "adminPermissions": []}, by=key)
    user = desk.done("GET", "/admin/users?filters[email]=makers@example.com")["data"]["results"][0]["id"]
    desk.done("DELETE", f"/admin/users/{user}")

    assert ["user.delete", "admin-token.delete"] == [entry["action"] for entry in entries(desk)[:2]]
    assert ["Orphan"] == entries(desk)[1]["payload"]["names"]


def test_roles_permissions_and_people_are_told(desk: Desk) -> None:
    """Every step on the way to another's rights can be told afterwards."""
    desk.member("Writers", may("plugin::content-manager.explorer.create", "api::category.category", fields=["name"]))
    expected = ["role.create", "permission.update", "user.create", "user.register", "admin.auth.success"]
    found = entries(desk)

    assert expected == [entry["action"] for entry in reversed(found[:5])]
    assert ["plugin::content-manager.explorer.create@api::category.category"] == found[3]["payload"]["added"]


def test_a_change_of_a_person_names_the_fields_and_not_their_values(desk: Desk) -> None:
    """A new password is told as a new password."""
    user, _ = desk.backend.admin(desk.root, "kai", desk.backend.super_admin_role)
    desk.done("PUT", f"/admin/users/{user}", {"password": CANARY, "firstname": "Kim"})
    entry = newest(desk)

    assert ("user.update", ["firstname", "password"]) == (entry["action"], entry["payload"]["fields"])
    assert CANARY not in str(entry)


def test_settings_locales_webhooks_and_views_are_told(desk: Desk) -> None:
    """What changes for everybody is told."""
    desk.locale("fr")
    body = {"name": "Hook", "url": "https://example.com/x", "headers": {"authorization": CANARY}, "events": []}
    desk.done("POST", "/admin/webhooks", body)
    settings = {"sizeOptimization": True, "responsiveDimensions": True, "autoOrientation": False}
    desk.done("PUT", "/upload/settings", settings)

    assert ["locale.create", "webhook.create", "settings.update"] == actions(desk)[-3:]
    assert CANARY not in str(entries(desk))


def test_f9_no_secret_of_a_full_life_is_in_the_log(desk: Desk) -> None:
    """Keys, passwords, their hashes, links of messages and ids of sessions stand nowhere in the log."""
    backend, secrets = desk.backend, [PASSWORD, CANARY]
    invited = desk.done("POST", "/admin/users", {"email": "new@example.com", "firstname": "N", "lastname": "M"})
    secrets.append(invited["data"]["registrationToken"])
    info = {"firstname": "N", "lastname": "M", "password": CANARY}
    body = {"registrationToken": invited["data"]["registrationToken"], "userInfo": info}
    secrets.append(backend.call("POST", "/admin/register", body).json()["data"]["token"])
    secrets.append(backend.sign_in("new@example.com", CANARY).json()["data"]["token"])
    backend.sign_in(CANARY, CANARY)
    backend.call("POST", "/admin/forgot-password", {"email": "new@example.com"})
    for kind, more in (("admin-tokens", {"adminPermissions": []}), ("api-tokens", {"type": "full-access"})):
        made = desk.done("POST", f"/admin/{kind}", {"name": kind, "description": "", "lifespan": None, **more})["data"]
        secrets.append(made["accessKey"])
        renewed = desk.done("POST", f"/admin/{kind}/{made['id']}/regenerate")["data"]
        secrets.append(renewed["accessKey"])
        backend.call("GET", "/admin/users/me", key=renewed["accessKey"])
    user = {"username": "reader", "email": "r@example.com", "password": CANARY, "role": 1}
    backend.call("POST", "/api/users", user, key=secrets[-1])
    for table, columns in (
        ("admin_users", "password, reset_password_token"),
        ("up_users", "password"),
        ("strapi_sessions", "session_id"),
        ("strapi_api_tokens", "access_key, encrypted_key"),
    ):
        secrets += [value for row in backend.read(f"SELECT {columns} FROM {table}") for value in row if value]  # noqa: S608 - tables of the test
    log = str(backend.read("SELECT * FROM tessera_audit")) + desk.ask("GET", "/admin/audit-logs?pageSize=100").text

    assert len(secrets) > 12
    assert [] == [secret for secret in secrets if secret in log]
