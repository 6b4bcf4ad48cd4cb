from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import Command, Outcome
from tests.cli.conftest import NORA

READ = "read@api::article.article:title"


class Tokens:
    """The token commands on one project."""

    def __init__(self, tessera: Command, site: Path) -> None:
        self._tessera = tessera
        self.site = site

    def __call__(self, *arguments: object) -> Outcome:
        return self._tessera("token", *arguments, "--project", self.site)

    def create(self, *arguments: object, owner: str = NORA, name: str = "reader") -> Outcome:
        return self("create", name, "--owner", owner, *arguments)

    def editor(self) -> str:
        """Add an administrator with the role Editor and return its address."""
        self._tessera("admin", "create-user", "--email", "eli@example.com", "--role", "Editor", "-p", self.site)
        return "eli@example.com"


@pytest.fixture
def tokens(tessera: Command, site: Path) -> Tokens:
    """Return the token commands."""
    return Tokens(tessera, site)


def test_the_key_stands_alone_on_standard_output(tokens: Tokens) -> None:
    """
    `TOKEN=$(tessera token create …)` works: the key is all there is on standard output.
    """
    made = tokens.create("--permission", READ)

    assert made.code == 0
    assert made.out.startswith("tsa_")
    assert made.out == made.out.strip() + "\n"
    assert "shown this once" in made.err


def test_the_token_is_told_to_programs(tokens: Tokens) -> None:
    """
    `token create --json` prints the token as the Admin API does, with its key.
    """
    made = tokens.create("--permission", READ, "--days", "7", "--json").json
    permission = made["adminPermissions"][0]

    assert made["accessKey"].startswith("tsa_")
    assert made["adminUserOwner"]["email"] == NORA
    assert made["lifespan"] == str(7 * 24 * 60 * 60 * 1000)
    assert permission["action"] == "plugin::content-manager.explorer.read"
    assert permission["properties"] == {"locales": None, "fields": ["title"]}


def test_a_list_never_shows_keys(tokens: Tokens) -> None:
    """
    `token list` shows names, owners and permissions, for people and for programs, and never a key.
    """
    key = tokens.create("--permission", READ).out.strip()
    shown, told = tokens("list"), tokens("list", "--json")

    assert "plugin::content-manager.explorer.read@api::article.article" in shown.out
    assert NORA in shown.out
    assert [["reader"], False] == [[token["name"] for token in told.json], key in shown.out + told.out]
    assert [NORA] == [token["adminUserOwner"]["email"] for token in told.json]


def test_permissions_come_from_a_file(tokens: Tokens, tmp_path: Path) -> None:
    """
    `--permissions` takes a JSON list as the Admin API does.
    """
    file = tmp_path / "permissions.json"
    file.write_text(json.dumps([{"action": "admin::users.read", "subject": None}]))
    made = tokens.create("--permissions", file, "--json").json

    assert ["admin::users.read"] == [each["action"] for each in made["adminPermissions"]]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("raed@api::article.article", "did you mean plugin::content-manager.explorer.read?"),
        ("admin::users.raed", "did you mean admin::users.read?"),
        (
            "read@api::artcle.article",
            "there is no content type api::artcle.article; did you mean api::article.article?",
        ),
        ("read", "this action needs a content type"),
        ("admin::users.read@api::article.article", "this action is not about api::article.article"),
        ("read@api::article.article:titel", "has no field titel; did you mean title?"),
        ("read@api::article.article:", "a field has no name"),
        ("read@api::article.article:title,title", "duplicates"),
    ],
)
def test_what_means_nothing_is_refused_f66(asked: str, words: str, tokens: Tokens) -> None:
    """
    An action, a content type or a field that does not exist is refused, named as it was written, and nothing is made.
    """
    refused = tokens.create("--permission", READ, "--permission", asked)

    assert (refused.code, refused.out) == (1, "")
    assert words in refused.err
    assert asked in refused.err
    assert tokens("list", "--json").json == []


@pytest.mark.parametrize(("content", "words"), [("{}", "a list"), ("[", "is no JSON"), (None, "cannot be read")])
def test_a_file_that_holds_no_permissions_is_refused(
    content: str | None, words: str, tokens: Tokens, tmp_path: Path
) -> None:
    """
    A file of permissions that cannot be used is refused with the reason.
    """
    file = tmp_path / "permissions.json"
    if content is not None:
        file.write_text(content)
    refused = tokens.create("--permissions", file)

    assert refused.code == 1
    assert words in refused.err


def test_what_exceeds_the_owner_is_named(tokens: Tokens) -> None:
    """
    A token cannot be given what its owner does not hold; the refusal names each permission.
    """
    refused = tokens.create("--permission", READ, "--permission", "admin::users.read", owner=tokens.editor())

    assert (refused.code, refused.out) == (1, "")
    assert "admin::users.read" in refused.err
    assert tokens("list", "--json").json == []


def test_the_owner_has_to_exist_and_to_be_active(tokens: Tokens) -> None:
    """
    A token belongs to an administrator; the address of nobody is refused.
    """
    refused = tokens.create("--permission", READ, owner="nobody@example.com")

    assert refused.code == 1
    assert "nobody@example.com" in refused.err


def test_a_name_is_taken_once(tokens: Tokens) -> None:
    """
    Two tokens cannot have the same name.
    """
    tokens.create()

    assert "Name already taken" in tokens.create().err


def test_a_duration_that_does_not_exist_is_refused(tokens: Tokens) -> None:
    """
    A token lasts one of four durations.
    """
    refused = tokens.create("--days", "31")

    assert refused.code == 1
    assert "7, 30, 90, unlimited" in refused.err


@pytest.mark.parametrize("named", ["reader", "id"])
def test_a_token_is_revoked_by_name_or_id(named: str, tokens: Tokens) -> None:
    """
    `token revoke` takes the id or the name, and says what is gone.
    """
    made = tokens.create("--json").json
    gone = tokens("revoke", made["id"] if named == "id" else named, "--json").json

    assert gone == {"id": made["id"], "name": "reader", "revoked": True}
    assert tokens("list", "--json").json == []


def test_a_key_is_regenerated(tokens: Tokens) -> None:
    """
    `token regenerate` prints a new key alone.
    """
    old = tokens.create("--permission", READ).out
    new = tokens("regenerate", "reader").out

    assert new.startswith("tsa_")
    assert new != old


@pytest.mark.parametrize("command", ["revoke", "regenerate"])
def test_a_token_that_is_not_there_is_named(command: str, tokens: Tokens) -> None:
    """
    The id or name of no token is refused.
    """
    refused = tokens(command, "ghost")

    assert refused.code == 1
    assert "There is no admin token with the id or name ghost" in refused.err


@pytest.mark.parametrize("asked", [READ, "delete@api::article.article", "read@api::article.article:title,body"])
def test_an_editor_gives_what_it_holds_on_types_without_locales(asked: str, tokens: Tokens) -> None:
    """
    Where content has no locales, no locale can exceed the owner's.
    """
    made = tokens.create("--permission", asked, owner=tokens.editor())

    assert (0, "tsa_") == (made.code, made.out[:4]), made.err
