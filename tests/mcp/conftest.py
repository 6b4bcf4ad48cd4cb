"""A server whose MCP endpoint is on, with the content types of the newsroom."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.newsroom import SOURCE
from tests.mcp.agent import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a server with its first administrator."""
    opened = Desk.open(tmp_path, SOURCE)
    yield opened
    opened.backend.close()
