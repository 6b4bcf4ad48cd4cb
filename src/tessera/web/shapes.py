"""The shapes of fixed bodies: Pydantic models whose refusals read as the reference's."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import pydantic
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from tessera.errors import ABSENT, ValidationError, Violation
from tessera.schema.model import JSON
from tessera.web import problems, terse


class Shape(BaseModel):
    """A body that names all its keys; what is unknown is refused, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=to_camel)

    def given(self) -> dict[str, Any]:
        """Return the fields that were sent, by their Python names; what was left out keeps its old value."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


class OpenShape(Shape):
    """A body of which only some keys are looked at; others may stand beside them."""

    model_config = ConfigDict(extra="ignore")


class TerseShape(Shape):
    """A body whose refusals the reference words tersely and without the value; fields use Pydantic's own types."""

    wording: ClassVar[str] = "terse"


Model = TypeVar("Model", bound=BaseModel)


def check(model: type[Model], value: JSON) -> Model:
    """Return a value as the model, or refuse it with every reason at once."""
    curt = issubclass(model, TerseShape)
    if value is ABSENT:
        if curt:
            raise ValidationError.of([Violation((), "Invalid input: expected object, received undefined")])
        value = {}
    try:
        return model.model_validate(value)
    except pydantic.ValidationError as error:
        if not curt:
            raise ValidationError.of(problems.violations_of(error, value)) from None
        found = terse.violations_of(error, model)
        # The terse way says the first reason, however many there are.
        raise ValidationError(found[0].message, {"errors": [each.as_dict() for each in found]}) from None
