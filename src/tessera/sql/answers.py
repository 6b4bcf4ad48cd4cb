"""
The statements that answer questions, for use cases.

    answers = Answers(schema, SQLITE)  # one for as long as the schema lasts; threads may share it
    statement = answers.managed_list("api::article.article", params, reader, default_locale="en")
    body: bytes = await session.scalar(statement)

Without a locale of the question or of the caller, the statement looks for the default one itself.

Each method plans and compiles once per shape of the question and rights of the reader, and then only binds values.
What the rows of the answers are is said in `tessera.sql.reads`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tessera.query.content_api import ASKED, COUNTED, Scope, api_status, plan_api_list, plan_api_one
from tessera.query.content_manager import Occasion
from tessera.query.paging import LIMITS, Limits, api_page, managed_page, relation_page
from tessera.query.plan import Paging
from tessera.query.planner import MANAGED, plan_list, plan_one
from tessera.query.publication import managed_status, with_status_filter
from tessera.query.question import SEARCH, question
from tessera.query.related import CANDIDATES, RelationScope, plan_candidates, plan_existing, relation_status
from tessera.query.searching import is_number
from tessera.query.sight import Grant, Reader
from tessera.schema.model import ContentType, Model, Schema
from tessera.shelf import Shelf
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.listing import Listing, Total
from tessera.sql.reads import Bound, CompiledRead, compile_count, compile_read
from tessera.sql.statement import Statement

Params = Mapping[str, Any]  # as `tessera.query.params.parse` returns them

SHAPES: Final = 2000
EVERY_LOCALE: Final = "*"
_KNOWN: Final = ("total", "version", "first", "skipped")  # what is named later of a list


class Answers:
    """Statements for the content types of one schema and one database."""

    def __init__(self, schema: Schema, dialect: Dialect, shapes: int = SHAPES) -> None:
        self._schema = schema
        self._dialect = dialect
        self._compiled: Shelf[CompiledRead] = Shelf(shapes)

    def managed_listing(
        self, uid: str, params: Params, reader: Reader, *, default_locale: str | None = None
    ) -> Listing:
        """Return a list of the content manager whose total may be known."""

        def bound(known: bool) -> Bound:  # noqa: FBT001 - says which of two
            return self._managed_list(uid, params, reader, default_locale, known=known, versioned=True)

        return Listing(
            self.managed_count(uid, params, reader, default_locale=default_locale),
            lambda: bound(False).statement({}),  # noqa: FBT003 - the total is not known
            lambda: bound(True),  # noqa: FBT003 - the total is known
            start=managed_page(params).start,
            in_order="sort" not in params,
        )

    def managed_list(
        self,
        uid: str,
        params: Params,
        reader: Reader,
        *,
        default_locale: str | None = None,
        total: Total | None = None,
    ) -> Statement:
        """
        Return the statement of a list of the content manager.

        A total that is known is not counted again.
        """
        bound = self._managed_list(uid, params, reader, default_locale, known=total is not None)
        return bound.statement(_known(total))

    def _managed_list(
        self,
        uid: str,
        params: Params,
        reader: Reader,
        default_locale: str | None,
        *,
        known: bool,
        versioned: bool = False,
    ) -> Bound:
        asked = with_status_filter(params)
        page, locale = managed_page(asked), asked.get("locale") or default_locale
        found = question(asked, *MANAGED)
        every, number = locale == EVERY_LOCALE, is_number(asked.get(SEARCH))
        key = ("list", uid, reader.key, found.shape, page.size, every, number, known, versioned)

        def make() -> CompiledRead:
            plan = plan_list(
                self._schema,
                reader,
                self._type(uid),
                found,
                size=page.size,
                every_locale=every,
                for_number=number,
                total_known=known,
            )
            return compile_read(replace(plan, versioned=versioned), self._schema, self._dialect)

        compiled = self._compiled.get(key, make)
        return compiled.bound(found.values, {"start": page.start, "locale": locale}, *_KNOWN)

    def managed_count(
        self, uid: str, params: Params, reader: Reader, *, default_locale: str | None = None
    ) -> Statement:
        """Return the statement that counts what a list of the content manager is about."""
        asked = with_status_filter(params)
        locale, found = asked.get("locale") or default_locale, question(asked, *MANAGED)
        every, number = locale == EVERY_LOCALE, is_number(asked.get(SEARCH))

        def make() -> CompiledRead:
            plan = plan_list(
                self._schema, reader, self._type(uid), found, size=1, every_locale=every, for_number=number
            )
            return compile_count(plan.rows, self._schema, self._dialect)

        compiled = self._compiled.get(("count", uid, reader.key, found.shape, every, number), make)
        return compiled.statement(found.values, {"locale": locale})

    def managed_document(
        self,
        uid: str,
        document_id: str | None,
        params: Params,
        reader: Reader,
        *,
        default_locale: str | None = None,
        occasion: Occasion = Occasion.READ,
        told: bool = True,
    ) -> Statement:
        """
        Return the statement of one document of the content manager; that of a single type has no id to ask for.

        Answers to writes have another `occasion`, and those that create are not `told` of other versions.
        """
        return self.managed_documents(
            uid,
            params,
            reader,
            by_id=document_id is not None,
            default_locale=default_locale,
            occasion=occasion,
            told=told,
        ).statement({"document": document_id})

    def managed_documents(
        self,
        uid: str,
        params: Params,
        reader: Reader,
        *,
        by_id: bool = True,
        default_locale: str | None = None,
        occasion: Occasion = Occasion.READ,
        told: bool = True,
    ) -> Bound:
        """Return the same statement for whichever `document` is named later."""
        status, asked = managed_status(params), params.get("locale") or None
        key = ("document", uid, reader.key, status, by_id, occasion, told)
        compiled = self._compiled.get(
            key,
            lambda: compile_read(
                plan_one(self._schema, reader, self._type(uid), status, by_id=by_id, occasion=occasion, told=told),
                self._schema,
                self._dialect,
            ),
        )
        named = {"locale": asked or default_locale, "asked locale": asked, "default locale": default_locale}
        return compiled.bound((), named, "document")

    def api_listing(
        self, uid: str, params: Params, reader: Reader, *, locales: Sequence[str | None] | None, limits: Limits = LIMITS
    ) -> Listing:
        """Return a list of the Content API whose total may be known."""

        def bound(known: bool) -> Bound:  # noqa: FBT001 - says which of two
            return self._api_list(uid, params, reader, locales, limits, known=known, versioned=True)

        return Listing(
            self.api_count(uid, params, reader, locales=locales, limits=limits),
            lambda: bound(False).statement({}),  # noqa: FBT003 - the total is not known
            lambda: bound(True),  # noqa: FBT003 - the total is known
            start=api_page(params, limits).start,
            in_order="sort" not in params,
        )

    def api_list(
        self,
        uid: str,
        params: Params,
        reader: Reader,
        *,
        locales: Sequence[str | None] | None,
        limits: Limits = LIMITS,
        total: Total | None = None,
    ) -> Statement:
        """
        Return the statement of a list of the Content API in some locales, or in all of them.

        A total that is known is not counted again.
        """
        return self._api_list(uid, params, reader, locales, limits, known=total is not None).statement(_known(total))

    def _api_list(
        self,
        uid: str,
        params: Params,
        reader: Reader,
        locales: Sequence[str | None] | None,
        limits: Limits,
        *,
        known: bool,
        versioned: bool = False,
    ) -> Bound:
        api_status(params)
        page, found = api_page(params, limits), question(params, *ASKED)
        scope = Scope(locales=None if locales is None else len(locales), for_number=is_number(params.get(SEARCH)))
        key = ("api list", uid, reader.key, found.shape, page.size, page.paging, scope, known, versioned)

        def make() -> CompiledRead:
            plan = plan_api_list(self._schema, reader, self._type(uid), found, scope, page=page, total_known=known)
            return compile_read(replace(plan, versioned=versioned), self._schema, self._dialect)

        compiled = self._compiled.get(key, make)
        return compiled.bound(found.values, {"start": page.start, **_locales(locales)}, *_KNOWN)

    def api_count(
        self, uid: str, params: Params, reader: Reader, *, locales: Sequence[str | None] | None, limits: Limits = LIMITS
    ) -> Statement | None:
        """Return the statement that counts what a list of the Content API is about, or None when it tells no total."""
        api_status(params)
        page, found = api_page(params, limits), question(params, *COUNTED)
        if page.paging not in (Paging.PAGES, Paging.OFFSET):
            return None
        scope = Scope(locales=None if locales is None else len(locales), for_number=is_number(params.get(SEARCH)))

        def make() -> CompiledRead:
            plan = plan_api_list(self._schema, reader, self._type(uid), found, scope, page=page)
            return compile_count(plan.rows, self._schema, self._dialect)

        compiled = self._compiled.get(("api count", uid, reader.key, found.shape, scope), make)
        return compiled.statement(found.values, _locales(locales))

    def api_document(
        self,
        uid: str,
        document_id: str | None,
        params: Params,
        reader: Reader,
        *,
        locales: Sequence[str | None] | None,
        root: Grant | None = None,
    ) -> Statement:
        """
        Return the statement of one document of the Content API; that of a single type has no id to ask for.

        `root` is the right to read it, when that is another one than the right to list its type.
        """
        return self.api_documents(uid, params, reader, locales=locales, root=root).statement({"document": document_id})

    def api_documents(
        self,
        uid: str,
        params: Params,
        reader: Reader,
        *,
        locales: Sequence[str | None] | None,
        root: Grant | None = None,
    ) -> Bound:
        """Return the same statement for whichever `document` is named later."""
        api_status(params)
        found = question(params, *ASKED)
        scope = Scope(
            locales=None if locales is None else len(locales), for_number=is_number(params.get(SEARCH)), root=root
        )
        compiled = self._compiled.get(
            ("api document", uid, reader.key, found.shape, scope),
            lambda: compile_read(
                plan_api_one(self._schema, reader, self._type(uid), found, scope), self._schema, self._dialect
            ),
        )
        return compiled.bound(found.values, _locales(locales), "document")

    def existing_relations(
        self, holder: Model, attribute: str, row: str | int, params: Params, reader: Reader, *, main_field: str
    ) -> Statement:
        """
        Return the statement of the entries that a row lists.

        The row is a document id, or the row id of a component; `main_field` is the attribute that names an entry.
        """
        page, locale = relation_page(params), params.get("locale") or None
        status = relation_status(params)
        scope = RelationScope(
            holder=holder, attribute=attribute, main_field=main_field, status=status, in_locale=locale is not None
        )
        compiled = self._compiled.get(
            ("existing", reader.key, holder.uid, attribute, main_field, status, locale is None, page.size),
            lambda: compile_read(plan_existing(self._schema, reader, scope, page.size), self._schema, self._dialect),
        )
        return compiled.statement((), {"start": page.start, "holder": row, "locale": locale})

    def candidate_relations(
        self, holder: Model, attribute: str, row: str | int | None, params: Params, reader: Reader, *, main_field: str
    ) -> Statement:
        """Return the statement of the entries that a row may list; without a row it is about to be created."""
        page, locale = relation_page(params), params.get("locale") or None
        status, found = relation_status(params), question(params, *CANDIDATES)
        scope = RelationScope(
            holder=holder,
            attribute=attribute,
            main_field=main_field,
            status=status,
            in_locale=locale is not None,
            saved=row is not None,
        )
        key = (attribute, main_field, status, locale is None, row is None, page.size, found.shape)
        compiled = self._compiled.get(
            ("candidates", reader.key, holder.uid, *key),
            lambda: compile_read(
                plan_candidates(self._schema, reader, scope, found, page.size), self._schema, self._dialect
            ),
        )
        return compiled.statement(found.values, {"start": page.start, "holder": row, "locale": locale})

    def _type(self, uid: str) -> ContentType:
        return self._schema.content_types[uid]


def _known(total: Total | None) -> dict[str, int]:
    return {} if total is None else {"total": total.rows, "version": total.version}


def _locales(codes: Sequence[str | None] | None) -> dict[str, str | None]:
    return {f"locale {index}": code for index, code in enumerate(codes or ())}
