"""The project, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.project import routes, starting

FEATURE: Final = Feature(
    name="project",
    routes=(
        routes.health,
        routes.init,
        routes.project_type,
        routes.information,
        routes.agents,
        routes.telemetry,
        routes.ai_features,
        routes.list_plugins,
        routes.guided_tour,
        routes.key_statistics,
        routes.read_layout,
        routes.change_layout,
        routes.read_logos,
        routes.change_logos,
    ),
    starters=(starting.start,),
)
