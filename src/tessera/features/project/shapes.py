"""The shapes of the project's bodies; the reference words their refusals tersely."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from tessera.web.shapes import TerseShape

LARGEST: Final = 1024 * 1024  # bytes of a logo
_WIDEST: Final = 750  # pixels of a logo
_MOMENT: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$"
_WIDGETS: Final = 100


class LogoFields(TerseShape):
    """What a form says of the logos besides their files: any text takes one away."""

    menu_logo: str | None = None
    auth_logo: str | None = None


class LogoFile(TerseShape):
    """What a client claims about a file."""

    mimetype: Literal["image/jpeg", "image/png", "image/svg+xml"]
    size: Annotated[int, Field(le=LARGEST)]


class LogoFiles(TerseShape):
    """The files of a form."""

    menu_logo: LogoFile | None = None
    auth_logo: LogoFile | None = None


class LogoSize(TerseShape):
    """The pixels of an image; a drawing may say none."""

    width: Annotated[int, Field(le=_WIDEST)] | None
    height: Annotated[int, Field(le=_WIDEST)] | None


class LogoSizes(TerseShape):
    """The pixels of the images of a form."""

    menu_logo: LogoSize | None = None
    auth_logo: LogoSize | None = None


class Widget(TerseShape):
    """A part of the first page, and how many of its twelve columns it takes."""

    uid: Annotated[str, Field(min_length=1, max_length=255)]
    width: Literal[4, 6, 8, 12]


class HomepageLayout(TerseShape):
    """How an administrator arranges the first page."""

    version: Annotated[int, Field(ge=1)] = 1
    widgets: Annotated[list[Widget], Field(max_length=_WIDGETS)]
    updated_at: Annotated[str, Field(pattern=_MOMENT)] = ""
