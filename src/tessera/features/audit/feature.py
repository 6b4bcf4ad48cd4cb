"""What the audit log brings along."""

from __future__ import annotations

from typing import Final

from tessera.events import DocumentsChanged, Recorded, ToolCalled
from tessera.feature import Feature, on
from tessera.features.audit import recording
from tessera.features.audit.actions import ACTIONS
from tessera.features.audit.routes import ROUTES

FEATURE: Final = Feature(
    name="audit",
    actions=ACTIONS,
    routes=ROUTES,
    subscriptions=(
        on(DocumentsChanged, recording.documents_changed),
        on(Recorded, recording.recorded),
        on(ToolCalled, recording.tool_called),
        on(recording.LogAged, recording.forget),
    ),
    starters=(recording.start,),
)
