"""A server with content types for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.backend import Backend
from tests.features.newsroom import SOURCE


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Backend]:
    """Return a server of the newsroom project with an empty database."""
    opened = Backend(tmp_path, source=SOURCE)
    yield opened
    opened.close()
