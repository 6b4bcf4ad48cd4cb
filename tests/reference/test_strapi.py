"""The reference as the tests start it."""

from pathlib import Path

import httpx
import pytest

from tests.reference.strapi import Strapi, make_app

pytestmark = pytest.mark.reference

SOURCES = Path(__file__).parents[1] / "conformance" / "project" / "src"
SECRETS = {
    "ADMIN_JWT_SECRET": "admin-jwt-secret-for-tests",
    "API_TOKEN_SALT": "api-token-salt-for-tests",
    "APP_KEYS": "key-one-for-tests,key-two-for-tests",
    "ENCRYPTION_KEY": "0123456789abcdef0123456789abcdef",
    "JWT_SECRET": "jwt-secret-for-tests",
    "TRANSFER_TOKEN_SALT": "transfer-token-salt-for-tests",
}


def test_the_reference_serves_a_project_on_an_empty_database(tmp_path: Path) -> None:
    """
    The reference starts on the content types of a project, makes its tables and waits for a first administrator.
    """
    make_app(tmp_path / "app", SOURCES)

    with Strapi(tmp_path / "app", tmp_path / "data.db", SECRETS) as reference:
        answer = httpx.get(f"{reference.base}/admin/init")

    assert answer.json()["data"]["hasAdmin"] is False
