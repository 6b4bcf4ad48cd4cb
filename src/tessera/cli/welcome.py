"""What `tessera develop` says once it serves: where, and how to get in."""

from __future__ import annotations

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Protocol

from tessera.cli.seed_files import SeedToken

_PANEL: Final = "/admin"
_LIST: Final = "/admin/content-manager/collection-types/"
_EVERYWHERE: Final = ("//0.0.0.0", "//[::]")  # what one listens on and cannot visit


class Welcome(Protocol):
    """The words for an address."""

    is_first: ClassVar[bool]

    def words(self, address: str) -> str:
        """Return what is said once the project is served there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWelcome:
    """After a seed: what nobody sees again."""

    is_first: ClassVar[bool] = True

    email: str
    password: str
    entries: int
    token: SeedToken | None
    key: str

    def words(self, address: str) -> str:
        """Return the address, the sign-in, and a request to paste."""
        url = visited(address)
        lines = [
            f"\nServing at {url} (Ctrl-C ends it), with {self.entries} entries.\n",
            f"  The admin panel is at {url}{_PANEL}",
            f"  Sign in as {self.email} with the password {self.password}",
        ]
        if self.token is None:
            return "\n".join((*lines, "\nThe password is shown this once.\n"))
        subject = self.token.permissions[0].subject
        return "\n".join(
            (
                *lines,
                f'  The admin token "{self.token.name}" is {self.key}',
                "\nPassword and key are shown this once. Try the token:\n",
                f'  curl -X GET {url}{_LIST}{subject} -H "Authorization: Bearer {self.key}"\n',
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterWelcome:
    """At any other start: how to make what is not shown again."""

    is_first: ClassVar[bool] = False

    folder: Path
    owner: str | None  # a super admin
    token: SeedToken | None = None

    def words(self, address: str) -> str:
        """Return the address, and the command that helps further."""
        url = visited(address)
        head = f"\nServing at {url} (Ctrl-C ends it).\n\n  The admin panel is at {url}{_PANEL}\n"
        if self.owner is None:
            return f"{head}\nNobody can sign in yet. Create the first administrator with:\n\n  {self._create_user()}\n"
        return f"{head}\nA key is shown only when it is made. Make a new one with:\n\n  {self._create_token()}\n"

    def _create_user(self) -> str:
        return _command("admin", "create-user", "--project", str(self.folder))

    def _create_token(self) -> str:
        token = self.token
        wanted = [each.written() for each in token.permissions] if token else ["ACTION@TYPE:FIELD,FIELD"]
        options = [part for each in wanted for part in ("--permission", each)]
        owner = token.owner if token else self.owner or ""
        return _command("token", "create", "my-key", "--owner", owner, *options, "--project", str(self.folder))


def visited(address: str) -> str:
    """Return an address that a client on this machine can use."""
    for anywhere in _EVERYWHERE:
        address = address.replace(anywhere, "//127.0.0.1")
    return address


def _command(*arguments: str) -> str:
    """Return a command as it can be pasted here, also where the environment is not activated."""
    beside = Path(sys.executable).with_name("tessera")
    found = shutil.which("tessera")
    program = "tessera" if found and Path(found).samefile(beside) else _short(beside)
    return shlex.join((program, *arguments))


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
