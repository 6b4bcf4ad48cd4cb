"""What the media library does at each start: it refuses a configuration that cannot be meant, and cleans up."""

from __future__ import annotations

from typing import Final

from tessera.features.media.configuration import configuration_of
from tessera.features.media.keeping import forget_staged
from tessera.identity.context import RequestContext

_DAY: Final = 24 * 60 * 60.0


async def start(ctx: RequestContext) -> None:
    """Look at the configuration, and delete what a crash has left behind on its way in."""
    configuration_of(ctx.project.settings)
    forget_staged(ctx.project, _DAY)
