"""What a project configures of its uploads: `plugins.upload.config` in the reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.errors import ConfigurationError
from tessera.settings import Settings

LOCAL: Final = "local"
_LARGEST: Final = 1_000_000_000  # bytes
_BREAKPOINTS: Final = {"large": 1000, "medium": 750, "small": 500}
_NAME: Final = re.compile(r"[a-z0-9_-]{1,32}", re.IGNORECASE | re.ASCII)
_PLACE: Final = "config/plugins.toml: upload.config"


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """How large files may be, which types they may have, and which sizes pictures are kept in."""

    size_limit: int = _LARGEST
    breakpoints: Mapping[str, int] = field(default_factory=lambda: dict(_BREAKPOINTS))  # the longer side in pixels
    allowed: tuple[str, ...] | None = None  # media types, also as patterns; None: all that are not denied
    denied: tuple[str, ...] = ()
    concurrent_requests: int = 1  # that the panel sends at once


def configuration_of(settings: Settings) -> Configuration:
    """Return the configuration, or refuse one that cannot be meant."""
    config = settings.plugins.configured.get("upload", {})
    if config.get("provider", LOCAL) != LOCAL:
        raise ConfigurationError(f"{_PLACE}.provider must be {LOCAL}: files are kept on this machine only")
    security = config.get("security", {})
    return Configuration(
        size_limit=_whole(config, "sizeLimit", _LARGEST),
        breakpoints=_breakpoints(config.get("breakpoints", _BREAKPOINTS)),
        allowed=_types(security, "allowedTypes"),
        denied=_types(security, "deniedTypes") or (),
        concurrent_requests=_whole(config, "concurrentUploadRequests", 1),
    )


def _whole(config: Mapping[str, Any], name: str, usual: int) -> int:
    value = config.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigurationError(f"{_PLACE}.{name} must be a whole number greater than nought")
    return value


def _breakpoints(value: Any) -> dict[str, int]:  # noqa: ANN401 - any TOML value
    if not isinstance(value, Mapping) or not all(_NAME.fullmatch(name) for name in value):
        raise ConfigurationError(f"{_PLACE}.breakpoints must name sizes in pixels")
    return {name: _whole(value, name, 1) for name in value}


def _types(security: Any, name: str) -> tuple[str, ...] | None:  # noqa: ANN401 - any TOML value
    value = security.get(name) if isinstance(security, Mapping) else 0
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConfigurationError(f"{_PLACE}.security.{name} must be a list of media types")
    return tuple(each.lower() for each in value)
