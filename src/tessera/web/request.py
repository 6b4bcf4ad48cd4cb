"""A request as handlers see it: its body is read before they run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tessera.errors import ABSENT
from tessera.query.params import Params
from tessera.web.bodies import FORM, JSON_TYPES, MULTIPART, Upload, parse_json
from tessera.web.limits import Limits
from tessera.web.shapes import Model, check
from tessera.web.wording import Json

_LIMITS = Limits()


@dataclass(slots=True, kw_only=True)
class Request:
    """What the client sent, bounded and decoded; nothing here waits for the network."""

    method: str = "GET"
    path: str = "/"
    params: Mapping[str, str] = field(default_factory=dict)  # the path's parameters
    query: Params = field(default_factory=dict)  # the query string, nested as its brackets say
    query_string: str = ""
    headers: Sequence[tuple[bytes, bytes]] = ()  # names in lower case
    media: str = ""  # the media type of the body
    body: bytes = b""
    fields: Params = field(default_factory=dict)  # of a form
    files: Sequence[tuple[str, Upload]] = ()  # of a multipart form, by field name
    limits: Limits = _LIMITS

    def header(self, name: str) -> str | None:
        """Return a header's first value."""
        wanted = name.lower().encode()
        return next((value.decode("latin-1") for key, value in self.headers if key == wanted), None)

    @property
    def cookies(self) -> dict[str, str]:
        """Return the cookies by name; of one that is sent twice the first counts."""
        pairs = [part.partition("=") for part in (self.header("cookie") or "").split(";")]
        return {name.strip(): value.strip().strip('"') for name, _, value in reversed(pairs) if name.strip()}

    def json(self) -> Json:
        """Return the body's value: JSON, or the fields of a form; ABSENT when there is none that can be read."""
        if self.media in JSON_TYPES:
            return parse_json(self.body, self.limits.json_depth) if self.body else {}
        return dict(self.fields) if self.media in (FORM, MULTIPART) else ABSENT

    async def read(self, model: type[Model]) -> Model:
        """Return the body as one of the feature's shapes, or refuse it with every reason."""
        return check(model, self.json())

    def asked(self, model: type[Model]) -> Model:
        """Return the query string as one of the feature's shapes, or refuse it with every reason."""
        return check(model, self.query)
