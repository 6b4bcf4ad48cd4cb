"""The views of types and components: kept, changed, guarded, and in step with the schema."""

from __future__ import annotations

import json
from typing import Any

from tests.features.documents.desk import Desk
from tests.features.newsroom import EVENT, READ, may

TYPES = "/content-manager/content-types"
LINK = "/content-manager/components/shared.link/configuration"
VIEW = f"{TYPES}/{EVENT}/configuration"
CONFIGURE = "plugin::content-manager.collection-types.configure-view"
KEY = f"plugin_content_manager_configuration_content_types::{EVENT}"


def _stored(desk: Desk) -> dict[str, Any]:
    ((value,),) = desk.backend.read("SELECT value FROM strapi_core_store_settings WHERE key = ?1", KEY)
    found: dict[str, Any] = json.loads(value)
    return found


def test_a_changed_view_is_kept(desk: Desk) -> None:
    """
    Only the parts that are sent change, and the next reader sees them.
    """
    before = _stored(desk)
    settings = {**before["settings"], "pageSize": 50}
    desk.done("PUT", VIEW, {"settings": settings})

    assert 50 == desk.done("GET", VIEW)["data"]["contentType"]["settings"]["pageSize"]
    assert (before["metadatas"], before["layouts"]) == (_stored(desk)["metadatas"], _stored(desk)["layouts"])


def test_views_are_changed_by_those_who_may(desk: Desk) -> None:
    """
    A view needs the right to configure that kind of thing; who lacks it changes nothing.
    """
    anna = desk.member("anna", may(READ, EVENT, fields=["title"]), may(CONFIGURE))
    zora = desk.member("zora", may(READ, EVENT, fields=["title"]))
    single = f"{TYPES}/api::homepage.homepage/configuration"
    before = desk.table("strapi_core_store_settings")
    answers = [desk.ask("PUT", path, {}, by=key) for path, key in ((VIEW, zora), (single, anna), (LINK, anna))]

    assert [403, 403, 403] == [answer.status_code for answer in answers]
    assert before == desk.table("strapi_core_store_settings")
    assert 200 == desk.ask("PUT", VIEW, {}, by=anna).status_code


def test_a_view_follows_its_type_at_the_next_start(desk: Desk) -> None:
    """
    An attribute that is gone leaves the view, a new one comes, and what was arranged stays.
    """
    settings = {**_stored(desk)["settings"], "pageSize": 50}
    desk.done("PUT", VIEW, {"settings": settings})
    file = desk.backend.project.settings.folder / "src/api/event/content-types/event/schema.json"
    schema = json.loads(file.read_text())
    del schema["attributes"]["price"]
    schema["attributes"]["place"] = {"type": "string"}
    file.write_text(json.dumps(schema))
    desk.backend.restart()
    view = _stored(desk)

    assert 50 == view["settings"]["pageSize"]
    assert ("price" in view["metadatas"], "place" in view["metadatas"]) == (False, True)
    assert "place" in [cell["name"] for row in view["layouts"]["edit"] for cell in row]


def test_a_start_without_changes_writes_no_view(desk: Desk) -> None:
    """
    Views of types that stay as they are are left alone.
    """
    before = _stored(desk)
    desk.backend.restart()

    assert before == _stored(desk)


def test_what_a_relation_lists_is_called_as_the_view_says(desk: Desk) -> None:
    """
    The field that stands for a related entry is the one of the view, not another.
    """
    author = desk.add("api::author.author", {"name": "Ada", "email": "ada@example.com"})
    event = desk.add(EVENT, {"title": "Fair", "host": {"connect": [author]}})
    view = _stored(desk)
    labels = {"host": {"edit": {**view["metadatas"]["host"]["edit"], "mainField": "email"}, "list": {}}}
    desk.done("PUT", VIEW, {"metadatas": {**view["metadatas"], **labels}})
    (found,) = desk.done("GET", f"/content-manager/relations/{EVENT}/{event}/host")["results"]

    assert ("ada@example.com", False) == (found["email"], "name" in found)
