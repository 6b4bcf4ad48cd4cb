from __future__ import annotations

import contextlib
import gzip
import time
import zlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.errors import BodyTooLargeError, UnreadableBodyError, UnsupportedMediaTypeError
from tessera.schema.model import JSON
from tessera.web.bodies import parse_json, unpacked

DEPTH = 50

# Recorded from the reference's parser.
SAID = [
    ("{", "Expected property name or '}' in JSON at position 1"),
    ('{"a"', "Expected ':' after property name in JSON at position 4"),
    ('{"a":', "Unexpected end of JSON input"),
    ('{"a":1', "Expected ',' or '}' after property value in JSON at position 6"),
    ('{"a":1,', "Expected double-quoted property name in JSON at position 7"),
    ("[1 2]", "Expected ',' or ']' after array element in JSON at position 3"),
    ("[1]]", "Unexpected non-whitespace character after JSON at position 3"),
    ('{"a":"', "Unterminated string in JSON at position 6"),
    ('{"a":"x\ny"}', "Bad control character in string literal in JSON at position 7"),
    ('{"a":"\\x"}', "Bad escaped character in JSON at position 7"),
    ('{"a":"\\u12"}', "Bad Unicode escape in JSON at position 10"),
    ('{"a":"\\', "Unexpected end of JSON input"),
    ('{"a":01}', "Unexpected number in JSON at position 6"),
    ('{"a":-}', "No number after minus sign in JSON at position 6"),
    ('{"a":1.}', "Unterminated fractional number in JSON at position 7"),
    ('{"a":1e}', "Exponent part is missing a number in JSON at position 7"),
    ('{"a":NaN}', 'Unexpected token \'N\', "{"a":NaN}" is not valid JSON'),
    ('{"a":n"', "Unexpected string in JSON at position 6"),
    ('{"a":{"b":[1,{"c":}]}}', 'Unexpected token \'}\', ..."":[1,{"c":}]}}" is not valid JSON'),
    ('{"aaaa":x,"bbbbbbbbbbbbbbb":1}', 'Unexpected token \'x\', "{"aaaa":x,"bbbbbbb"... is not valid JSON'),
    ('{"aaaaaa":x,"bbbbbbbbbbbbb":1}', 'Unexpected token \'x\', ..."{"aaaaaa":x,"bbbbbbb"... is not valid JSON'),
    ('"x"', "invalid JSON, only supports object and array"),
    ("  ", "invalid JSON, only supports object and array"),
    ('{"__proto__" : 1}', "Object contains forbidden prototype property"),
]


@pytest.mark.parametrize(("body", "message"), SAID)
def test_a_text_that_is_no_json_is_refused_as_the_reference_does(body: str, message: str) -> None:
    """
    The message names what was expected and where.
    """
    with pytest.raises(UnreadableBodyError) as caught:
        parse_json(body.encode(), DEPTH)

    assert message == caught.value.message


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b"\xef\xbb\xbf{}",
        b"[" * 2_000_000,
        b"[" * 60 + b"]" * 60,
        b"[" + b"1," * 500_000,
        b'{"a":' * 60 + b"1" + b"}" * 60,
        b'{"a":' * 300_000,
    ],
)
def test_what_cannot_be_kept_or_is_too_deep_is_refused_quickly(body: bytes) -> None:
    """
    Encodings that are none and nesting without end are refused before they cost anything.
    """
    started = time.process_time()
    with pytest.raises(UnreadableBodyError):
        parse_json(body, DEPTH)

    assert time.process_time() - started < 1.5


@pytest.mark.parametrize("body", [b"[" * 50 + b"]" * 50, b"[" + b"[],{}," * 1000 + b"[]]", b'{"a":1,"a":2}'])
def test_what_is_wide_is_not_deep(body: bytes) -> None:
    """
    The limit is about nesting, not about the number of lists, and a key twice is the later one.
    """
    assert parse_json(body, DEPTH) is not None


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text().filter("__proto__".__ne__), inner),
    )
)
def test_every_json_value_is_read(value: JSON) -> None:
    """
    What is JSON arrives as it was sent.
    """
    assert {"value": value} == parse_json(orjson.dumps({"value": value}), 1000)


@given(st.text('{}[]",:\\u0123abtrue \n.-e', max_size=30))
def test_every_text_is_read_or_refused(text: str) -> None:
    """
    No text makes the parser fail in another way than by refusing it.
    """
    with contextlib.suppress(UnreadableBodyError):
        assert isinstance(parse_json(text.encode(), DEPTH), dict | list)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("", bytes)])
def test_packed_bodies_are_unpacked(encoding: str, pack: type[bytes]) -> None:
    """
    A body may come packed in the ways that everybody knows.
    """
    assert b"{}" == unpacked(pack(b"{}"), encoding, 10)


def test_a_body_that_grows_beyond_its_bound_is_refused_while_it_grows() -> None:
    """
    A small body does not become a large one.
    """
    with pytest.raises(BodyTooLargeError):
        unpacked(gzip.compress(b"x" * 50_000_000, mtime=0), "gzip", 1000)


@pytest.mark.parametrize("body", [b"{}", gzip.compress(b"{}", mtime=0)[:-4], gzip.compress(b"{}", mtime=0) + b"x", b""])
def test_a_body_that_is_not_packed_as_it_says_is_refused(body: bytes) -> None:
    """
    Broken, cut and trailing data are no packed body.
    """
    with pytest.raises(UnreadableBodyError):
        unpacked(body, "gzip", 1000)


def test_unknown_encodings_are_refused() -> None:
    """
    What cannot be unpacked here is said by name.
    """
    with pytest.raises(UnsupportedMediaTypeError, match="Unsupported Content-Encoding: br"):
        unpacked(b"", "br", 10)
