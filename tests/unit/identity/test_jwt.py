import base64
import json
import warnings
from dataclasses import replace
from typing import Any

import jwt
import pytest

from tessera.identity.jwt import Claims, TokenType, read_token, sign_access, sign_refresh
from tessera.settings import AdminSettings, Secret

NOW = 1_750_000_000_000
CLAIMS = Claims(1, "0123456789abcdef0123456789abcdef")
ADMIN = AdminSettings(
    auth_secret=Secret("YWRtaW4tand0LXNlY3JldC1mb3ItdGVzdHM="),
    api_token_salt=Secret("salt"),
    transfer_token_salt=Secret("salt"),
)

# Both made by the reference's library with the secret above.
ACCESS = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VySWQiOiIxIiwic2Vzc2lvbklkIjoiMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk"
    "ZWYiLCJ0eXBlIjoiYWNjZXNzIiwiaWF0IjoxNzUwMDAwMDAwLCJleHAiOjE3NTAwMDE4MDB9.ZWdGHqiFMboix2iz_Ps7wcNCgRUPHiQEsVfmGa-3E6g"
)
REFRESH = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VySWQiOiIxIiwic2Vzc2lvbklkIjoiMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk"
    "ZWYiLCJ0eXBlIjoicmVmcmVzaCIsImV4cCI6MTc1MDAwNzIwMH0.QUMMiuOU3QrIAxV0ZJ1t8OSpqs_tLFEdlRcp4H7kg8o"
)
PAYLOAD = {"userId": "1", "sessionId": CLAIMS.session_id, "type": "access", "iat": NOW // 1000, "exp": NOW // 1000 + 60}


def signed(payload: Any, **more: Any) -> str:  # noqa: ANN401 - any JSON
    """Sign any payload with the secret."""
    options = {"key": ADMIN.auth_secret.reveal(), "algorithm": "HS256", **more}
    with warnings.catch_warnings(action="ignore"):  # about the length of the secret
        return jwt.PyJWS().encode(json.dumps(payload).encode(), **options)


def read(text: str, type_: TokenType = TokenType.ACCESS, now: int = NOW) -> Claims | None:
    """Read a token."""
    return read_token(text, type_, ADMIN, now)


def test_tokens_are_the_reference_s_byte_by_byte() -> None:
    """
    Header, claims and their order are the reference's: an access token has `iat`, a refresh token has none.
    """
    assert ACCESS == sign_access(CLAIMS, ADMIN, NOW)
    assert REFRESH == sign_refresh(CLAIMS, ADMIN, NOW + 7_200_000)


def test_a_token_is_good_for_its_type_and_time() -> None:
    """
    A token of one type is never taken for the other, and none outlives its end.
    """
    assert CLAIMS == read(ACCESS)
    assert CLAIMS == read(ACCESS, now=NOW + 1_799_999)
    assert read(ACCESS, now=NOW + 1_800_000) is None
    assert CLAIMS == read(REFRESH, TokenType.REFRESH)
    assert read(REFRESH) is None
    assert read(ACCESS, TokenType.REFRESH) is None


@pytest.mark.parametrize("algorithm", ["HS384", "HS512", "none"])
def test_f51_only_the_configured_algorithm_counts(algorithm: str) -> None:
    """
    A token signed by another algorithm, or by none, is refused even if its signature fits the secret.
    """
    key = {"key": None} if algorithm == "none" else {}

    assert CLAIMS == read(signed(PAYLOAD))
    assert read(signed(PAYLOAD, algorithm=algorithm, **key)) is None
    assert read(signed(PAYLOAD, algorithm=algorithm, **key).rpartition(".")[0] + ".") is None


def test_f51_another_algorithm_can_be_configured() -> None:
    """
    The algorithm of `auth.options` signs and verifies, and then the usual one does not count.
    """
    longer = replace(ADMIN, algorithm="HS512", auth_secret=Secret("x" * 64))

    assert CLAIMS == read_token(sign_access(CLAIMS, longer, NOW), TokenType.ACCESS, longer, NOW)
    assert read_token(jwt.encode(PAYLOAD, "x" * 64), TokenType.ACCESS, longer, NOW) is None


def test_secrets_of_any_length_sign() -> None:
    """
    The reference takes short secrets and such as look like keys, so they sign and verify here.
    """
    for text in ("x", '{"kty": "oct"}', "-----BEGIN PUBLIC KEY-----"):
        admin = replace(ADMIN, auth_secret=Secret(text))

        assert CLAIMS == read_token(sign_access(CLAIMS, admin, NOW), TokenType.ACCESS, admin, NOW)


@pytest.mark.parametrize(
    "headers",
    [
        {"alg": "none"},
        {"alg": "RS256"},
        {"alg": None},
        {"alg": ["HS256"]},
        {"alg": "HS256", "crit": ["exp"]},
        {"alg": "hs256"},
        {},
    ],
)
def test_f51_headers_choose_nothing(headers: dict[str, Any]) -> None:
    """
    What a header says about algorithm or criticality is checked, never followed.
    """
    _, payload, signature = signed(PAYLOAD).split(".")
    header = base64.urlsafe_b64encode(json.dumps(headers).encode()).rstrip(b"=").decode()

    assert read(f"{header}.{payload}.{signature}") is None
    assert read(f"{header}.{payload}.") is None


@pytest.mark.parametrize(
    "headers",
    [{"kid": "../../dev/null"}, {"jku": "http://127.0.0.1/"}, {"jwk": {"kty": "oct", "k": "AA"}}, {"x5u": "x"}],
)
def test_f51_no_key_comes_from_a_header(headers: dict[str, Any]) -> None:
    """
    A key named or carried by the header is not used: another secret's signature is refused.
    """
    assert read(signed(PAYLOAD, headers=headers, key="\x00" * 32)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"userId": 1},
        {"userId": ""},
        {"userId": "01"},
        {"userId": "-1"},
        {"userId": "1.0"},
        {"userId": "\u0661"},
        {"userId": "9" * 400},
        {"userId": {"$ne": None}},
        {"userId": None},
        {"sessionId": None},
        {"sessionId": ["x"]},
        {"type": None},
        {"type": "Access"},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"exp": NOW // 1000},
    ],
)
def test_f50_claims_of_the_wrong_kind_are_nobodys(changes: dict[str, Any]) -> None:
    """
    A signed token with odd claims names nobody.
    """
    assert read(signed({**PAYLOAD, **changes})) is None


@pytest.mark.parametrize("payload", [[], "text", 1, None, {}])
def test_f50_payloads_that_are_no_claims_are_nobodys(payload: Any) -> None:  # noqa: ANN401 - any JSON
    """
    A signed token whose payload is no object, or an empty one, names nobody.
    """
    assert read(signed(payload)) is None


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b", "a.b.c", "é.é.é", "\ud800", ACCESS + "x", ACCESS[:-2], ACCESS + ".", "x" * 60_000]
)
def test_f48_what_is_no_token_is_nobodys(text: str) -> None:
    """
    Whatever is not one of our tokens, whole and unaltered, names nobody.
    """
    assert read(text) is None
