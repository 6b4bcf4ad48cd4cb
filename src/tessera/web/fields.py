"""Field annotations for shapes: each finds everything that is wrong with a value, in the reference's order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pydantic
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidatorFunctionWrapHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from tessera.schema.model import JSON
from tessera.web import patterns
from tessera.web.problems import Fault, fault, faults_of, not_among, refused, wrong_kind


@dataclass(frozen=True, slots=True)
class Demand:
    """A further demand on a value of the right kind; in its message `${path}` stands for the field."""

    holds: Callable[[Any], bool]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all annotations share: a wrong kind and a wrong choice are told first, and alone."""

    kind: ClassVar[str]

    required: bool = False  # beyond being sent, it may not be empty
    nullable: bool = False
    one_of: tuple[Any, ...] | None = None
    tests: tuple[Demand, ...] = ()
    later: tuple[Demand, ...] = ()  # tests that stand after `required`

    def faults(self, value: JSON) -> list[Fault]:
        """Return everything that is wrong with a value that was sent."""
        if not (self.nullable and value is None) and not self.is_kind(value):
            found = [wrong_kind(self.kind, value)]
            return [*found, not_among(self.one_of or (), value)] if self._is_other(value) else found
        if self._is_other(value):
            return [not_among(self.one_of or (), value)]
        if value is None:
            return [fault("${path} is a required field", value)] if self.required else []
        asked = (*self.demands(), *self.tests, *self.filled(), *self.later)
        return [fault(demand.message, value) for demand in asked if not demand.holds(value)]

    def is_kind(self, value: JSON) -> bool:
        """Whether the value is of this kind."""
        raise NotImplementedError

    def demands(self) -> tuple[Demand, ...]:
        """Return what the annotation's own options ask for."""
        return ()

    def filled(self) -> tuple[Demand, ...]:
        """Return what `required` asks for of a value that is not null."""
        return ()

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of this kind."""
        return {"type": self.kind}

    def _is_other(self, value: JSON) -> bool:
        # True equals 1 in Python and not in JSON.
        return self.one_of is not None and not any(
            choice == value and isinstance(choice, bool) == isinstance(value, bool) for choice in self.one_of
        )

    def _checked(self, value: JSON) -> JSON:
        found = self.faults(value)
        if found:
            raise refused(found)
        return value

    def __get_pydantic_core_schema__(self, source: JSON, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = self.schema()
        if self.one_of is not None:
            described["enum"] = list(self.one_of)
        if self.nullable and "type" in described:
            described["type"] = [described["type"], "null"]
        return described


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Rule):
    """A string."""

    kind = "string"

    min: int | None = None
    max: int | None = None
    trim: bool = False  # has no space around it
    lower: bool = False
    email: bool = False
    uuid: bool = False

    def is_kind(self, value: JSON) -> bool:
        return isinstance(value, str)

    def demands(self) -> tuple[Demand, ...]:
        demanded = (
            (self.trim, Demand(lambda text: text == text.strip(patterns.SPACE), "${path} must be a trimmed string")),
            (self.email, Demand(patterns.is_email, "${path} must be a valid email")),
            (self.lower, Demand(lambda text: text == text.lower(), "${path} must be a lowercase string")),
            (self.uuid, Demand(patterns.is_uuid, "${path} must be a valid UUID")),
        )
        lengths = _bounds(
            self.min, self.max, patterns.length, "must be at least # characters", "must be at most # characters"
        )
        return (*(demand for wanted, demand in demanded if wanted), *lengths)

    def filled(self) -> tuple[Demand, ...]:
        return (Demand(bool, "${path} is a required field"),) if self.required else ()

    def schema(self) -> dict[str, Any]:
        described: dict[str, Any] = {"type": "string"}
        least = max(self.min or 0, 1 if self.required else 0)
        described |= {"minLength": least} if least else {}
        described |= {"maxLength": self.max} if self.max is not None else {}
        described |= {"format": "email"} if self.email else {}
        return described | ({"format": "uuid"} if self.uuid else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Rule):
    """A number; whether fractions are welcome is said by `integer`."""

    kind = "number"

    min: float | None = None
    max: float | None = None
    integer: bool = False

    def is_kind(self, value: JSON) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool)

    def demands(self) -> tuple[Demand, ...]:
        bounds = _bounds(
            self.min, self.max, float, "must be greater than or equal to #", "must be less than or equal to #"
        )
        whole = Demand(lambda value: float(value).is_integer(), "${path} must be an integer")
        return (*bounds, whole) if self.integer else bounds

    def schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.min, "maximum": self.max}
        described: dict[str, Any] = {"type": "integer" if self.integer else "number"}
        return described | {name: bound for name, bound in bounds.items() if bound is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Rule):
    """True or false."""

    kind = "boolean"

    def is_kind(self, value: JSON) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Id(Rule):
    """The id of a row: a number, or any text, since the reference takes both."""

    kind = "strapiID"

    def is_kind(self, value: JSON) -> bool:
        if isinstance(value, float):
            return value.is_integer() and value >= 0
        return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Rule):
    """An object with any keys."""

    kind = "object"

    def is_kind(self, value: JSON) -> bool:
        return isinstance(value, dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Rule):
    """A list; its items are checked as the annotated type says, and told before what is wrong with the list."""

    kind = "array"

    min: int | None = None
    max: int | None = None

    def is_kind(self, value: JSON) -> bool:
        return isinstance(value, list)

    def demands(self) -> tuple[Demand, ...]:
        return _bounds(
            self.min,
            self.max,
            len,
            "field must have at least # items",
            "field must have less than or equal to # items",
        )

    def __get_pydantic_core_schema__(self, source: JSON, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._with_items, handler(source))

    def _with_items(self, value: JSON, inner: ValidatorFunctionWrapHandler) -> JSON:
        own = self.faults(value)
        if not isinstance(value, list):
            return self._checked(value)
        try:
            items = inner(value)
        except pydantic.ValidationError as error:
            raise refused([*faults_of(error, value), *own]) from None
        if own:
            raise refused(own)
        return items

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(schema)
        bounds = {"minItems": self.min, "maxItems": self.max}
        described |= {name: bound for name, bound in bounds.items() if bound is not None}
        return described


def _bounds(
    least: float | None, most: float | None, size: Callable[[Any], float], too_small: str, too_big: str
) -> tuple[Demand, ...]:
    found: list[Demand] = []
    if least is not None:
        found.append(Demand(lambda value: size(value) >= least, "${path} " + too_small.replace("#", str(least))))
    if most is not None:
        found.append(Demand(lambda value: size(value) <= most, "${path} " + too_big.replace("#", str(most))))
    return tuple(found)


Ids = Annotated[list[Annotated[int | str, Id()]], Items(min=1)]  # the rows that something is done to
