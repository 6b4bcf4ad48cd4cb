"""An office for each test."""

import pytest

from tests.features.backend import Backend
from tests.features.tokens.office import Office


@pytest.fixture
def office(newsroom: Backend) -> Office:
    """Return a server with its first administrator."""
    return Office(newsroom, newsroom.first_admin())
