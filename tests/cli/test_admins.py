from __future__ import annotations

import io
from pathlib import Path

import apsw
import pytest

from tests.cli.command import Command
from tests.cli.conftest import NORA


def test_an_administrator_is_created_as_super_admin(tessera: Command, site: Path) -> None:
    """
    Without a role an administrator is a super admin, who can sign in at once.
    """
    listed = tessera("admin", "list", "--project", site, "--json").json

    assert [(NORA, True, ["Super Admin"])] == [
        (user["email"], user["isActive"], [role["name"] for role in user["roles"]]) for user in listed
    ]


def test_roles_are_named_by_name_or_code(tessera: Command, site: Path) -> None:
    """
    Roles are given by their name or their code, and may be several.
    """
    roles = ("--role", "Editor", "--role", "strapi-author")
    made = tessera("admin", "create-user", "--email", "eli@example.com", *roles, "--project", site, "--json")

    assert ["Editor", "Author"] == [role["name"] for role in made.json["roles"]]


def test_secrets_are_never_printed(tessera: Command, site: Path) -> None:
    """
    No command about administrators prints a password or its hash.
    """
    listed = tessera("admin", "list", "--project", site, "--json")

    assert "password" not in listed.out.lower()
    assert "$2a$" not in listed.out


def test_a_role_that_is_misspelt_is_refused_with_a_hint(tessera: Command, site: Path) -> None:
    """
    A role that does not exist is refused with the one that was meant.
    """
    refused = tessera("admin", "create-user", "--email", "eli@example.com", "--role", "Editer", "--project", site)

    assert refused.code == 1
    assert "did you mean Editor?" in refused.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--email", NORA), "There is an administrator with the address nora@example.com already"),
        (("--email", "Nora@Example.com"), "There is an administrator with the address nora@example.com already"),
        (("--email", "nora"), "email must be a valid email"),
        (("--email", "eli@example.com", "--firstname", ""), "firstname"),
    ],
    ids=["taken", "taken in other letters", "no address", "no name"],
)
def test_what_cannot_be_an_account_is_refused(
    options: tuple[str, ...], words: str, tessera: Command, site: Path
) -> None:
    """
    An account that could not be made through the Admin API is refused in its words.
    """
    refused = tessera("admin", "create-user", *options, "--project", site)

    assert refused.code == 1
    assert words in refused.err


def test_a_weak_password_is_refused_with_every_reason(
    tessera: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A password that breaks rules is refused with each rule it breaks, and is not repeated.
    """
    monkeypatch.setenv("TESSERA_PASSWORD", "weak")
    refused = tessera("admin", "reset-password", "--email", NORA, "--project", site)

    assert refused.code == 1
    assert "password must be at least 8 characters" in refused.err
    assert "password must contain at least one number" in refused.err
    assert "weak" not in refused.err


def test_without_a_terminal_the_password_comes_from_the_environment(
    tessera: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Where nobody can be asked and nothing is set, the command says which variable to set instead of waiting.
    """
    monkeypatch.delenv("TESSERA_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    refused = tessera("admin", "reset-password", "--email", NORA, "--project", site)

    assert refused.code == 1
    assert "set TESSERA_PASSWORD" in refused.err


@pytest.mark.parametrize("command", ["create-user", "reset-password"])
def test_without_a_terminal_the_address_is_an_option(
    command: str, tessera: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Where nobody can be asked for the address, the command names the option.
    """
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    refused = tessera("admin", command, "--project", site)

    assert (1, True) == (refused.code, "give it with --email" in refused.err)


def test_no_option_takes_a_password(tessera: Command) -> None:
    """
    A password cannot be given as an argument, where every process of the machine could read it.
    """
    assert "--password" not in tessera("admin", "create-user", "--help").out
    assert tessera("admin", "create-user", "--email", NORA, "--password", "x").code == 2


def test_resetting_names_who_is_not_there(tessera: Command, site: Path) -> None:
    """
    The address of nobody is refused.
    """
    refused = tessera("admin", "reset-password", "--email", "nobody@example.com", "--project", site)

    assert refused.code == 1
    assert "There is no administrator with the address nobody@example.com" in refused.err


def test_a_new_password_can_be_set(tessera: Command, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A reset answers with the account, for people and for programs.
    """
    monkeypatch.setenv("TESSERA_PASSWORD", "Another0ne")
    said = tessera("admin", "reset-password", "--email", NORA, "--project", site)

    assert (said.code, said.out) == (0, "")
    assert "is signed out everywhere" in said.err


def test_what_commands_do_is_in_the_audit_log(tessera: Command, site: Path) -> None:
    """
    The command line is a door of its own, and the server itself acts by it.
    """
    tessera("admin", "create-user", "--email", "eli@example.com", "--project", site)
    tessera("token", "create", "Deploy", "--owner", NORA, "--permission", "admin::users.read", "--project", site)
    database = apsw.Connection(str(next(site.rglob("data.db"))))
    told = "SELECT action, origin, actor FROM tessera_audit WHERE origin = 'cli' ORDER BY id DESC LIMIT 2"

    assert [("admin-token.create", "cli", "administrator"), ("user.create", "cli", "system")] == list(
        database.execute(told)
    )
