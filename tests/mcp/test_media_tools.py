"""Agents in the media library: within the rights of the key, and nothing is deleted by mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp.client.client import Client

from tests.features.media.conftest import post
from tests.features.newsroom import SOURCE, TOKEN_ACTIONS, may
from tests.mcp.agent import Agent, Desk
from tests.mcp.test_official_client import driven

JSON = Any  # any JSON value
READ, CREATE, UPDATE = "plugin::upload.read", "plugin::upload.assets.create", "plugin::upload.assets.update"
LIBRARY = [may(READ), may(CREATE), may(UPDATE)]
OFFERED = {
    READ: {"media_get_asset", "media_list_assets", "media_list_folders"},
    CREATE: {"media_create_folder"},
    UPDATE: {f"media_{name}" for name in ("delete_assets", "delete_folder", "move_assets", "move_folder")}
    | {"media_rename_folder", "media_update_asset"},
}


def upload(desk: Desk, *names: str, key: str | None = None) -> list[int]:
    """Keep files, and return their ids."""
    ids = []
    for name in names:
        form = [("files", (name, name.encode(), "text/plain"))]
        answer = post(desk.backend, "/upload", key or desk.root, files=form)
        ids.append(int(answer.json()[0]["id"]))
    return ids


def owner_of_files(desk: Desk, *actions: str) -> str:
    """Return the access token of somebody who may do this with their own files, and have admin tokens."""
    files = desk.backend.role("Own", *actions, conditions=("admin::is-creator",))
    tokens = desk.backend.role("Tokens", *(f"admin::admin-tokens.{verb}" for verb in TOKEN_ACTIONS))
    return desk.backend.admin(desk.root, "owner", files, tokens)[1]


def names_in(agent: Agent, **asked: JSON) -> list[str]:
    """Return the names of the files that a list shows."""
    return sorted(file["name"] for file in agent.told("media_list_assets", **asked)["results"])


@pytest.mark.parametrize("action", OFFERED)
def test_each_right_offers_its_tools(desk: Desk, action: str) -> None:
    """
    Reading, uploading and changing are three rights, and each offers what it is about.
    """
    assert OFFERED[action] == set(desk.agent(may(action)).tools())


def test_lists_are_narrowed_as_asked(desk: Desk) -> None:
    """
    By folder, media type and name; a percent sign is a percent sign.
    """
    agent = desk.agent(*LIBRARY)
    first, _ = upload(desk, "a.txt", "b.txt")
    folder = agent.told("media_create_folder", name="Press")["data"]["id"]
    agent.told("media_move_assets", ids=[first], folder=folder)

    assert ["a.txt"] == names_in(agent, folderId=folder)
    assert ["b.txt"] == names_in(agent, folderId=None)
    assert ["a.txt", "b.txt"] == names_in(agent, mime="text")
    assert [] == names_in(agent, mime="tex") + names_in(agent, name="%") + names_in(agent, mime="text/csv")
    assert ["b.txt"] == names_in(agent, name="B.T")


def test_what_may_not_be_changed_stays_and_is_told(desk: Desk) -> None:
    """
    A key of somebody who may change their own files moves and deletes those, and says which it left.
    """
    session = owner_of_files(desk, READ, CREATE, UPDATE)
    theirs, mine = upload(desk, "theirs.txt"), upload(desk, "mine.txt", key=session)
    agent = Desk(desk.backend, session).agent(*(may(action) for action in (READ, CREATE, UPDATE)))
    folder = agent.told("media_create_folder", name="Mine")["data"]["id"]

    moved = agent.told("media_move_assets", ids=[*theirs, *mine, *mine], folder=folder)
    gone = agent.told("media_delete_assets", ids=[*theirs, *mine], dryRun=False)

    for answer, done in ((moved, "moved"), (gone, "deleted")):
        assert mine == [file["id"] for file in answer[done]]
        assert theirs == [file["id"] for file in answer["failed"]]
        assert "A permission condition" in answer["failed"][0]["reason"]
    assert ["theirs.txt"] == names_in(desk.agent(*LIBRARY, name="all"))


def test_a_file_that_may_not_be_seen_is_not_there(desk: Desk) -> None:
    """
    Asking for it by its id is refused, and a list does not count it.
    """
    session = owner_of_files(desk, READ)
    (theirs,) = upload(desk, "theirs.txt")
    agent = Desk(desk.backend, session).agent(may(READ))

    assert 0 == agent.told("media_list_assets")["pagination"]["total"]
    assert agent.use("media_get_asset", id=theirs)["isError"]
    assert "theirs" not in str(agent.use("media_get_asset", id=theirs))


@pytest.mark.parametrize("tool", ["media_delete_assets", "media_delete_folder"])
def test_nothing_is_deleted_unless_it_is_said(desk: Desk, tool: str) -> None:
    """
    A call that does not say `dryRun: false` tells what would go, and keeps it.
    """
    agent = desk.agent(*LIBRARY)
    (file,) = upload(desk, "a.txt")
    folder = agent.told("media_create_folder", name="Press")["data"]["id"]
    agent.told("media_move_assets", ids=[file], folder=folder)
    ids = [file] if tool == "media_delete_assets" else [folder]

    for said in ({}, {"dryRun": True}):
        tried = agent.told(tool, ids=ids, **said)
        assert (True, 1) == (tried["dryRun"], tried["totalFileNumber"])
    assert ["a.txt"] == names_in(agent)
    assert agent.told(tool, ids=ids, dryRun=False)["dryRun"] is False
    assert [] == names_in(agent)


def test_deleting_is_confirmed_where_the_project_asks_for_it(tmp_path: Path) -> None:
    """
    A dry run needs no confirmation; the deed does.
    """
    desk = Desk.open(tmp_path, SOURCE, "confirmDestructive = true\n")
    agent = desk.agent(*LIBRARY)
    (file,) = upload(desk, "a.txt")

    assert agent.told("media_delete_assets", ids=[file])["dryRun"]
    refused = agent.use("media_delete_assets", ids=[file], dryRun=False)
    assert refused["isError"]
    assert "needs a confirmation" in refused["content"][0]["text"]
    assert ["a.txt"] == names_in(agent)
    desk.backend.close()


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_official_client_uses_every_tool_of_the_library(desk: Desk, mode: str) -> None:
    """
    It holds each structured answer against the schema that its tool tells.
    """
    agent = desk.agent(*LIBRARY)
    first, second = upload(desk, "a.txt", "b.txt")

    async def use(client: Client) -> list[str]:
        used: list[str] = []

        async def call(name: str, /, **given: JSON) -> JSON:
            result = await client.call_tool(f"media_{name}", given)
            assert not result.is_error, result
            used.append(f"media_{name}")
            return result.structured_content

        folder = (await call("create_folder", name="Press"))["data"]["id"]
        other = (await call("create_folder", name="Old", parent=folder))["data"]["id"]
        await call("rename_folder", id=other, name="Older")
        await call("move_folder", id=other, parent=None)
        await call("list_folders")
        await call("list_assets", sort="name:ASC")
        await call("get_asset", id=first)
        await call("update_asset", id=first, alternativeText="A text", caption=None)
        await call("move_assets", ids=[first, 999], folder=folder)
        await call("delete_assets", ids=[second, 999], dryRun=False)
        await call("delete_folder", ids=[folder, other], dryRun=False)
        return used

    assert set(driven(agent, mode, use)) == set().union(*OFFERED.values())
