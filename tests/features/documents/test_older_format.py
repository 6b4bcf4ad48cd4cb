"""The shape of version 4 of the reference, which clients ask for by a header."""

from __future__ import annotations

from typing import Any

import orjson

from tessera.features.documents.older_format import is_wanted, older
from tessera.web.request import Request
from tests.unit.schema.projects import conformance_schema

SCHEMA = conformance_schema()
ARTICLE = SCHEMA.content_types["api::article.article"]


def reshaped(data: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return data in the older shape."""
    body = orjson.dumps({"data": data, "meta": {"kept": True}})
    answer = orjson.loads(older(SCHEMA, ARTICLE, body))
    assert answer["meta"] == {"kept": True}
    return answer["data"]


def test_what_an_entry_holds_stands_under_attributes() -> None:
    """Identity stays beside it."""
    assert reshaped([{"id": 1, "documentId": "d", "title": "T"}]) == [
        {"id": 1, "documentId": "d", "attributes": {"title": "T"}}
    ]


def test_related_entries_and_files_stand_under_a_data_of_their_own() -> None:
    """Also where nothing is related."""
    author = {"id": 2, "documentId": "a", "name": "Ann"}
    shown = reshaped({"id": 1, "documentId": "d", "author": author, "cover": None, "categories": []})
    assert shown["attributes"] == {
        "author": {"data": {"id": 2, "documentId": "a", "attributes": {"name": "Ann"}}},
        "cover": {"data": None},
        "categories": {"data": []},
    }


def test_components_keep_their_attributes_beside_their_id() -> None:
    """As in content_api_read.the_older_response_format."""
    seo, blocks = {"id": 3, "metaTitle": "T"}, [{"__component": "shared.rich-text", "id": 4, "body": "text"}]
    shown = reshaped({"id": 1, "documentId": "d", "seo": seo, "blocks": blocks})
    assert shown["attributes"] == {"seo": seo, "blocks": blocks}


def test_only_the_header_for_version_4_asks_for_the_older_shape() -> None:
    """Other values count as none."""
    assert is_wanted(Request(method="GET", path="/", headers=((b"strapi-response-format", b"v4"),)))
    assert not is_wanted(Request(method="GET", path="/", headers=((b"strapi-response-format", b"v3"),)))
    assert not is_wanted(Request(method="GET", path="/"))
