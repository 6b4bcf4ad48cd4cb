"""A newsroom whose audit log is read."""

import pytest

from tests.features.backend import Backend
from tests.features.documents.desk import Desk


@pytest.fixture
def desk(newsroom: Backend) -> Desk:
    """Return a server with its first administrator, who may do everything."""
    return Desk(newsroom, newsroom.first_admin())
