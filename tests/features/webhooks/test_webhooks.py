from typing import Any

import pytest

from tests.features.backend import JSON, Backend

PATH = "/admin/webhooks"
HOOK = {
    "name": "Rebuild",
    "url": "https://93.184.216.34/hooks/rebuild",
    "headers": {"X-Site": "main"},
    "events": ["entry.create", "entry.publish"],
}
UNREACHABLE = "Url is not supported because it isn't reachable over the public internet"


def add(backend: Backend, key: str, **changes: JSON) -> dict[str, Any]:
    """Add a webhook and return it."""
    answer = backend.call("POST", PATH, {**HOOK, **changes}, key=key)
    assert 201 == answer.status_code, answer.text
    added: dict[str, Any] = answer.json()["data"]
    return added


def told(backend: Backend, method: str, path: str, body: JSON, key: str) -> tuple[int, list[tuple[str, str]]]:
    """Return the status of a refusal, and where and what each of its violations is."""
    answer = backend.call(method, path, body, key=key)
    error = answer.json()["error"]
    found = [(".".join(each["path"]), each["message"]) for each in error["details"].get("errors", [])]
    return answer.status_code, found or [("", error["message"])]


def test_a_webhook_is_added_turned_on_and_its_id_is_text(backend: Backend, root: str) -> None:
    """
    As in settings_misc.webhooks, "add"; what was added is what is read and listed.
    """
    added = add(backend, root)

    assert {"id": "1", **HOOK, "isEnabled": True} == added
    assert {"data": added} == backend.call("GET", f"{PATH}/1", key=root).json()
    assert {"data": [added]} == backend.call("GET", PATH, key=root).json()


def test_an_edit_replaces_all_but_what_turns_it_on(backend: Backend, root: str) -> None:
    """
    Without `isEnabled` a webhook stays on or off.
    """
    one = f"{PATH}/{add(backend, root)['id']}"
    off = backend.call("PUT", one, {**HOOK, "isEnabled": False}, key=root)
    other = {"name": "Again", "url": "http://93.184.216.34:8080/x", "headers": {}, "events": []}
    edited = backend.call("PUT", one, other, key=root)

    assert {"data": {"id": "1", **HOOK, "isEnabled": False}} == off.json()
    assert {"data": {"id": "1", **other, "isEnabled": False}} == edited.json()


def test_a_removed_webhook_is_not_found_again(backend: Backend, root: str) -> None:
    """
    Reading, editing and removing what is not there answer 404 `webhook.notFound`.
    """
    one = f"{PATH}/{add(backend, root)['id']}"

    assert {"id": "1", **HOOK, "isEnabled": True} == backend.call("DELETE", one, key=root).json()["data"]
    for method, body in (("GET", None), ("PUT", HOOK), ("DELETE", None)):
        assert (404, [("", "webhook.notFound")]) == told(backend, method, one, body, root)


def test_several_are_removed_and_the_answer_repeats_what_was_asked(backend: Backend, root: str) -> None:
    """
    Ids may be text or numbers, and unknown ones are no error.
    """
    ids: list[str | int] = [add(backend, root)["id"], int(add(backend, root)["id"]), 4096, "x", "9" * 40]
    kept = add(backend, root)
    answer = backend.call("POST", f"{PATH}/batch-delete", {"ids": ids}, key=root)

    assert (200, {"data": ids}) == (answer.status_code, answer.json())
    assert [kept] == backend.call("GET", PATH, key=root).json()["data"]


@pytest.mark.parametrize("ids", [[], "all", None, 5, [None], [{"$gt": 0}], [[1]], [True], [1.5]])
def test_what_is_no_list_of_ids_removes_nothing(backend: Backend, root: str, ids: JSON) -> None:
    """
    Nothing but words and whole numbers is an id; an operator is none.
    """
    add(backend, root)
    answer = told(backend, "POST", f"{PATH}/batch-delete", {"ids": ids}, root)

    assert (400, [("", "ids must be an array of id")]) == answer
    assert 1 == len(backend.call("GET", PATH, key=root).json()["data"])


def test_everything_that_is_missing_is_told_in_the_reference_s_order(backend: Backend, root: str) -> None:
    """
    An address that is left out is told twice, as the reference does.
    """
    expected = [
        ("name", "name is a required field"),
        ("url", "url is a required field"),
        ("url", UNREACHABLE),
        ("headers", "headers is a required field"),
        ("events", "events is a required field"),
    ]

    assert (400, expected) == told(backend, "POST", PATH, {}, root)
    assert (400, expected) == told(backend, "PUT", f"{PATH}/abc", {}, root)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"url": ""}, [("url", "url must be a valid URL"), ("url", "url is a required field"), ("url", UNREACHABLE)]),
        ({"url": "rebuild"}, [("url", "url must be a valid URL"), ("url", UNREACHABLE)]),
        ({"url": "file:///etc/passwd"}, [("url", "url must be a valid URL")]),
        ({"url": "ftp://93.184.216.34/"}, [("url", "url must be a valid URL")]),
        ({"url": "javascript://93.184.216.34/"}, [("url", "url must be a valid URL")]),
        ({"url": "http://127.0.0.1/x"}, [("url", UNREACHABLE)]),
        ({"url": "http://2130706433/"}, [("url", UNREACHABLE)]),
        ({"isEnabled": None}, [("isEnabled", "isEnabled must be a `boolean` type, but the final value was: `null`.")]),
        ({"headers": None}, [("headers", "headers must be a `object` type, but the final value was: `null`.")]),
        ({"events": [5]}, [("events.0", "events[0] must be a `string` type, but the final value was: `5`.")]),
        ({"events": ["entry.create", "zip"]}, [("", "Webhook event zip is not supported")]),
        ({"id": "7"}, [("", "this field has unspecified keys: id")]),
    ],
)
def test_a_bad_webhook_is_refused_in_the_reference_s_words(
    backend: Backend, root: str, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """
    Each of these was asked of the reference, but for schemes that no webhook can be called by.
    """
    one = f"{PATH}/{add(backend, root)['id']}"

    assert (400, expected) == told(backend, "PUT", one, {**HOOK, **change}, root)
    assert {"id": "1", **HOOK, "isEnabled": True} == backend.call("GET", one, key=root).json()["data"]


def test_header_values_of_any_kind_are_kept_as_they_are(backend: Backend, root: str) -> None:
    """
    The reference looks at no value of a header.
    """
    headers = {"a": 5, "b": None, "c": {"d": [1]}}

    assert headers == add(backend, root, headers=headers)["headers"]


def test_each_action_is_needed(backend: Backend, root: str) -> None:
    """
    Who may read webhooks may not add, change or remove them.
    """
    add(backend, root)
    _, reader = backend.admin(root, "ana", backend.role("Reader", "admin::webhooks.read"))
    asked: list[tuple[str, str, JSON]] = [
        ("POST", PATH, HOOK),
        ("PUT", f"{PATH}/1", HOOK),
        ("DELETE", f"{PATH}/1", None),
    ]
    asked.append(("POST", f"{PATH}/batch-delete", {"ids": [1]}))

    assert [403] * 4 == [backend.call(method, path, body, key=reader).status_code for method, path, body in asked]
    assert 200 == backend.call("GET", PATH, key=reader).status_code


def test_a_webhook_may_call_the_developer_s_own_machine_while_a_project_is_worked_on(backend: Backend) -> None:
    """
    As in the reference outside of production: `tessera develop` looks at the form of the address alone.
    """
    developing = Backend(backend.project.settings.folder, develop=True)
    root = developing.first_admin()
    added = add(developing, root, url="http://localhost:3000/rebuild")
    refused = told(developing, "PUT", f"{PATH}/{added['id']}", {**HOOK, "url": None, "isEnabled": True}, root)
    developing.close()

    assert "http://localhost:3000/rebuild" == added["url"]
    assert (400, [("url", "url must be a `string` type, but the final value was: `null`.")]) == refused
