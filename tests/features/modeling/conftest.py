"""A studio for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.backend import Backend
from tests.features.modeling.studio import Studio
from tests.features.newsroom import SOURCE


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """Return a server of the newsroom project while it is being made."""
    opened = Backend(tmp_path, develop=True, source=SOURCE)
    yield Studio(opened)
    opened.close()
