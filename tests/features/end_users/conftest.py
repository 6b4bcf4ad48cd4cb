"""A server for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.backend import Backend
from tests.features.end_users.people import People


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    """Return a server with an empty database."""
    opened = Backend(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def people(backend: Backend) -> People:
    """Return the people of a site."""
    return People(backend)


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[People]:
    """Return the people of a site that keeps sign-in sessions."""
    yield from _configured(tmp_path, '[users-permissions.config]\njwtManagement = "refresh"\n')


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[People]:
    """Return the people of a site where somebody may try twice, and say more of itself on registering."""
    yield from _configured(
        tmp_path,
        "[users-permissions.config.ratelimit]\nmax = 2\n"
        '[users-permissions.config.register]\nallowedFields = ["blocked", "role", "resetPasswordToken", "id"]\n',
    )


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[People]:
    """Return the people of a site whose Content API is somewhere else."""
    yield from _configured(tmp_path, '[rest]\nprefix = "/content/v1"\n', "api")


def _configured(folder: Path, text: str, file: str = "plugins") -> Iterator[People]:
    (folder / "config").mkdir()
    (folder / "config" / f"{file}.toml").write_text(text)
    opened = Backend(folder)
    yield People(opened)
    opened.close()
