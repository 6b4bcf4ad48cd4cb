"""A request as handlers see it: its body is read before they run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tessera.errors import ABSENT, BadRequestError
from tessera.query.params import Params, QueryString
from tessera.schema.model import JSON
from tessera.settings import Limits
from tessera.web.bodies import FORM, JSON_TYPES, MULTIPART, Upload, parse_json
from tessera.web.shapes import Model, check

_LIMITS = Limits()
_LONGEST_ID = 16  # digits; beyond them no row has an id, and a 64-bit column no place


@dataclass(slots=True, kw_only=True)
class Request:
    """What the client sent, bounded and decoded; nothing here waits for the network."""

    method: str = "GET"
    path: str = "/"
    params: Mapping[str, str] = field(default_factory=dict)  # the path's parameters
    query_string: bytes = b""
    headers: Sequence[tuple[bytes, bytes]] = ()  # names in lower case
    media: str = ""  # the media type of the body
    body: bytes = b""
    fields: Params = field(default_factory=dict)  # of a form
    files: Sequence[tuple[str, Upload]] = ()  # of a multipart form, by field name
    prepared: Any = None  # what the preparation of the route has made
    limits: Limits = _LIMITS
    _asked: QueryString | None = None
    _value: JSON = None  # of the body, once it is parsed

    @property
    def query(self) -> Params:
        """Return the query string, nested as its brackets say."""
        return self.unread_query.read

    @property
    def unread_query(self) -> QueryString:
        """Return the query string for those who may have read the same one before."""
        if self._asked is None:
            try:
                self._asked = QueryString(self.query_string.decode(), self.limits.parameters)
            except UnicodeDecodeError:
                raise BadRequestError("The query string is not UTF-8") from None
        return self._asked

    def header(self, name: str) -> str | None:
        """Return a header's first value."""
        wanted = name.lower().encode()
        return next((value.decode("latin-1") for key, value in self.headers if key == wanted), None)

    @property
    def cookies(self) -> dict[str, str]:
        """Return the cookies by name; of one that is sent twice the first counts."""
        pairs = [part.partition("=") for part in (self.header("cookie") or "").split(";")]
        return {name.strip(): value.strip().strip('"') for name, _, value in reversed(pairs) if name.strip()}

    def number(self, name: str) -> int | None:
        """Return a parameter of the path as the id that it should be; None when it is no id."""
        text = self.params.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_ID else None

    def json(self) -> JSON:
        """Return the body's value: JSON, or the fields of a form; ABSENT when there is none that can be read."""
        if self.media not in JSON_TYPES:
            return dict(self.fields) if self.media in (FORM, MULTIPART) else ABSENT
        if self._value is None:
            self._value = parse_json(self.body, self.limits.json_depth) if self.body else {}
        return self._value

    async def read(self, model: type[Model]) -> Model:
        """Return the body as one of the feature's shapes, or refuse it with every reason."""
        return check(model, self.json())

    def asked(self, model: type[Model]) -> Model:
        """Return the query string as one of the feature's shapes, or refuse it with every reason."""
        return check(model, self.query)
