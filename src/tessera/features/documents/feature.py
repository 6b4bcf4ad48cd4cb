"""What documents bring along."""

from __future__ import annotations

from typing import Final

from tessera.events import DocumentsChanged, LocaleRemoved
from tessera.feature import Feature, on
from tessera.features.documents import (
    action_routes,
    content_api_routes,
    history,
    history_routes,
    identifier_routes,
    overview_routes,
    relation_routes,
    routes,
    single_routes,
    translation_routes,
    untranslating,
)
from tessera.features.documents.tools import catalogue, library

FEATURE: Final = Feature(
    name="documents",
    routes_of=content_api_routes.routes_of,
    tools_of=catalogue.tools_of,
    library_of=library.library_of,
    routes=(
        *routes.ROUTES,
        *action_routes.ROUTES,
        *single_routes.ROUTES,
        *relation_routes.ROUTES,
        *identifier_routes.ROUTES,
        *translation_routes.ROUTES,
        *overview_routes.ROUTES,
        *history_routes.ROUTES,
    ),
    subscriptions=(
        on(LocaleRemoved, untranslating.forget_locale),
        on(DocumentsChanged, history.record),
        on(history.HistoryAged, history.forget),
    ),
    starters=(history.start,),
)
