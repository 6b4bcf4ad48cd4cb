"""What is answered about the server."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from tessera.web.envelopes import Moment


class Beginning(TypedDict):
    """What the panel needs before anybody signs in."""

    uuid: bool
    hasAdmin: bool
    menuLogo: str | None
    authLogo: str | None


class Flags(TypedDict):
    """What the reference's panel asks about."""

    nps: bool
    promoteEE: bool


class Enabled(TypedDict):
    """Whether something is switched on."""

    enabled: bool


class Edition(TypedDict):
    """Which edition this is."""

    isEE: bool
    features: list[Any]
    flags: Flags
    ai: Enabled


class Information(TypedDict):
    """What the server is."""

    currentEnvironment: str
    autoReload: bool
    strapiVersion: str
    dependencies: dict[str, str]
    projectId: str | None
    nodeVersion: str
    communityEdition: bool
    useYarn: bool


class Plugin(TypedDict):
    """A part beyond the core."""

    name: str
    displayName: str
    description: str
    packageName: str


class Plugins(TypedDict):
    """The parts beyond the core."""

    plugins: list[Plugin]


class Tour(TypedDict):
    """Whether the caller is to be shown around."""

    isFirstSuperAdminUser: bool
    schemas: dict[str, Any]  # by uid


class KeyStatistics(TypedDict):
    """How much there is of everything."""

    assets: int
    locales: int
    admins: int
    webhooks: int
    apiTokens: int
    contentTypes: int
    components: int


class ArrangedWidget(TypedDict):
    """A part of the first page."""

    uid: str
    width: int


class ArrangedWidgets(TypedDict):
    """How one has arranged one's first page."""

    version: int
    widgets: list[ArrangedWidget]
    updatedAt: NotRequired[Moment]


class LogoShown(TypedDict, total=False):
    """A picture; none where the object is empty."""

    name: str
    url: str
    width: int
    height: int
    ext: str
    size: float


class LogosShown(TypedDict):
    """The logos of the panel."""

    menuLogo: LogoShown | None
    authLogo: LogoShown | None


class AgentsServed(TypedDict):
    """Whether agents are served, and where."""

    enabled: bool
    path: str
