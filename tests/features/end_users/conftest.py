"""A server for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.backend import Backend


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    """Return a server with an empty database."""
    opened = Backend(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def root(backend: Backend) -> str:
    """Return the access token of the first administrator."""
    return backend.first_admin()
