"""The corpus of bad input: what is sent to every route, in every position that takes something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from tessera.web.routing import Route

JSON: Final[Mapping[str, str]] = {"content-type": "application/json"}
FORM: Final[Mapping[str, str]] = {"content-type": "application/x-www-form-urlencoded"}
MULTIPART: Final[Mapping[str, str]] = {"content-type": "multipart/form-data; boundary=x"}

# Raw, as they stand in the request line.
NAMES: Final[tuple[str, ...]] = (
    "%00",
    "a%00b",
    "%",
    "%zz",
    "%ff",
    "%c0%af",
    "%ed%a0%80",
    "%0d%0aSet-Cookie:%20a=b",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "-1",
    "0",
    "1.5",
    "1e999",
    "NaN",
    "null",
    "true",
    "9223372036854775808",
    "9" * 400,
    "x" * 3000,
    "__proto__",
    "constructor",
    "%27%3B%20DROP%20TABLE%20admin_users%3B--",
    "%E2%80%AE",
    "%F0%9F%A6%80",
    "%5Bobject%20Object%5D",
    "%20",
    "*",
    "1%20OR%201=1",
)

QUERIES: Final[tuple[str, ...]] = (
    "%00",
    "%00=%00",
    "a=%ff",
    "%",
    "&&&&",
    "=",
    "[]",
    "[[[[[[",
    "a[b[c]=1",
    "a" + "[b]" * 500 + "=1",
    "&".join(f"a{number}=1" for number in range(1200)),
    "a=" + "x" * 8000,
    "x" * 20000,
    "__proto__[admin]=1",
    "constructor[prototype][admin]=1",
    "page=NaN&pageSize=-1",
    "page=1e999&pageSize=1e999",
    "page=9223372036854775808",
    "page[a]=1&pageSize[]=2",
    "sort=",
    "sort=%00",
    "sort[a]=b",
    "sort=id;DROP%20TABLE%20admin_users",
    "sort=" + ",".join(["id"] * 500),
    "fields=__proto__",
    "fields[0][0]=id",
    "populate=*",
    "populate" + "[a][populate]" * 9 + "=*",
    "filters=x",
    "filters[]=x",
    "filters[id][$gt]=%00",
    "filters[id][$nope]=1",
    "filters[id][$in][200]=1",
    "filters[$and]=1",
    "filters" + "[$not]" * 19 + "[id]=1",
    "filters" + "[$or][0]" * 9 + "[id]=1",
    "filters[password][$startsWith]=$2",
    "_q=%00",
    "_q=" + "%25" * 2000,
    "locale=%00",
    "locale[]=en&locale[]=de",
    "status=nope",
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that is none, and the headers that go with it."""

    content: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)
    readable: bool = False  # a handler may find a value in it, if an odd one


UNREADABLE: Final[tuple[Body, ...]] = (
    Body(b"{"),
    Body(b'{"a":'),
    Body(b'{"a"}'),
    Body(b'{"a":1,}'),
    Body(b"{'a':1}"),
    Body(b"[1,2"),
    Body(b"[1 2]"),
    Body(b'{"a":1}{"b":2}'),
    Body(b'"text"'),
    Body(b"null"),
    Body(b"123"),
    Body(b"\x00"),
    Body(b'{"a":"\x00"}'),
    Body(b'{"a":"\xff\xfe"}'),
    Body(b"\xff\xfe{\x00}\x00"),
    Body(b"\xef\xbb\xbf{}"),
    Body(b'{"a":"\\ud800"}'),
    Body(b'{"a":"\\u12"}'),
    Body(b'{"a":NaN}'),
    Body(b'{"a":Infinity}'),
    Body(b'{"a":-}'),
    Body(b'{"a":01}'),
    Body(b"[" * 100_000),
    Body(b"[" * 900 + b"]" * 900),
    Body(b'{"a":' * 500 + b"1" + b"}" * 500),
    Body(b'{"a":' * 100_000),
    Body(b'{"__proto__":{"isAdmin":true}}'),
    Body(b"{" + b" " * 1_100_000 + b"}"),
    Body(b"<?xml version='1.0'?><a/>", {"content-type": "application/xml"}),
    Body(b"text", {"content-type": "text/plain"}),
    Body(b"\x00\x01\x02", {"content-type": "application/octet-stream"}),
    Body(b"{}", {"content-type": "%%%"}),
    Body(b"a: 1", {"content-type": "application/yaml"}),
    Body(b"{}", {**JSON, "content-encoding": "br"}),
    Body(b"{}", {**JSON, "content-encoding": "gzip"}),
    Body(b"\x1f\x8b\x08\x00\x00\x00", {**JSON, "content-encoding": "gzip"}),
    Body(b"{}", {**JSON, "content-encoding": "gzip, gzip"}),
    Body(b"{}", {**JSON, "content-encoding": "nonsense"}),
    Body(b"\xff=\xfe", FORM),
    Body(b"&".join(b"a%d=1" % number for number in range(1200)), FORM),
    Body(b"", {"content-type": "multipart/form-data"}),
    Body(b"--x\r\n", {"content-type": "multipart/form-data"}),
    Body(b"--y\r\n\r\n", MULTIPART),
    Body(b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n", MULTIPART),
    Body(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', {**MULTIPART, "content-encoding": "gzip"}),
    Body(b"--x\r\n", {"content-type": "multipart/form-data; boundary=" + "x" * 500}),
)

ODD: Final[tuple[Body, ...]] = tuple(
    Body(content, headers, readable=True)
    for content, headers in (
        (b"[]", JSON),
        (b"[[]]", JSON),
        (b'{"":""}', JSON),
        (b'{"a":1,"a":2}', JSON),
        (b'{"constructor":{"prototype":{"a":1}}}', JSON),
        (b'{"id":1e999}', JSON),
        (b'{"name":123456789012345678901234567890}', JSON),
        (b'{"name":"\\u0000"}', JSON),
        (b'{"name":"' + b"x" * 900_000 + b'"}', JSON),
        (b'{"name":null,"email":null,"password":null,"ids":null,"permissions":null,"data":null}', JSON),
        (b'{"name":[],"email":[],"password":[],"ids":[],"permissions":[],"data":[]}', JSON),
        (b'{"name":{},"email":{},"password":{},"ids":{},"permissions":{},"data":{}}', JSON),
        (b'{"name":1,"email":1,"password":1,"ids":1,"permissions":1,"data":1}', JSON),
        (b'{"name":true,"email":true,"password":true,"ids":true,"permissions":true,"data":true}', JSON),
        (b'{"ids":[null]}', JSON),
        (b'{"ids":[-1,1.5,"\\u0000",[],{}]}', JSON),
        (b'{"ids":[9223372036854775808]}', JSON),
        (b'{"permissions":[null,1,"a",[],{"action":1},{"action":"\\u0000"}]}', JSON),
        (b"name[]=1&name[a]=2&ids[200]=1", FORM),
        (b"%00=%00&" + quote("__proto__").encode() + b"[a]=1", FORM),
        (b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n--x--\r\n', MULTIPART),
    )
)

HEADERS: Final[tuple[Mapping[str, str], ...]] = (
    {"authorization": "Bearer"},
    {"authorization": "Bearer  "},
    {"authorization": "Bearer a b"},
    {"authorization": "Basic cm9vdDpyb290"},
    {"authorization": "Bearer " + "x" * 20_000},
    {"authorization": "Bearer \u00ff\u00fe"},
    {"authorization": "Bearer eyJhbGciOiJub25lIn0.eyJ1c2VySWQiOiIxIn0."},
    {"authorization": "Bearer tsa_" + "0" * 40},
    {"authorization": "Bearer " + "0" * 256},
    {"cookie": "=;;=;a"},
    {"cookie": "strapi_admin_refresh=%00\u00ff; strapi_admin_refresh=x"},
    {"content-length": "nonsense"},
    {"content-length": "-1"},
    {"content-length": "9" * 40},
    {"x-forwarded-for": "nonsense, \u00ff"},
    {"range": "bytes=0-18446744073709551616"},
    {"if-none-match": '"' + "x" * 5000 + '"'},
    {"accept-language": "x" * 5000},
    {"x-http-method-override": "DELETE"},
    {"origin": "null", "access-control-request-method": "\u00ff"},
)

METHODS: Final = ("HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get", "X" * 100)
_KNOWN: Final = {"model": "api::article.article", "uid": "api::article.article"}  # values of parameters; others are 1
_BODIES: Final = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class BadRequest:
    """One request that no client should send."""

    method: str
    target: str  # path and query string, raw
    body: Body | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def must_be_refused(self) -> bool:
        """Whether nothing in the request can be what somebody means."""
        return self.body is not None and not self.body.readable


def requests_for(route: Route) -> Iterator[BadRequest]:
    """Yield every bad request for a route; parameters that are not in question have a value that may be known."""
    usual = _path(route, {})
    for parameter in route.parameters:
        for name in NAMES:
            yield BadRequest(route.method, _path(route, {parameter: name}))
    for query in QUERIES:
        yield BadRequest(route.method, f"{usual}?{query}")
    for headers in HEADERS:
        yield BadRequest(route.method, usual, headers=headers)
    for method in METHODS:
        yield BadRequest(method, usual)
    if route.method in _BODIES:
        for body in (*UNREADABLE, *ODD):
            yield BadRequest(route.method, usual, body, body.headers)


def _path(route: Route, values: Mapping[str, str]) -> str:
    path = route.path
    for parameter in route.parameters:
        for form in (f"{{{parameter}}}", f"{{{parameter}*}}"):
            path = path.replace(form, values.get(parameter, _KNOWN.get(parameter, "1")))
    return path
