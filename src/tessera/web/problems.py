"""From refusals to answers: what Pydantic found becomes the reference's messages, and errors become statuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pydantic
from pydantic_core import ErrorDetails, PydanticCustomError

from tessera.errors import ABSENT, Violation
from tessera.schema.attributes.printing import value_text
from tessera.schema.model import JSON
from tessera.web.wording import dotted, word

Step = str | int
FAULTS: Final = "faults"  # the type of the errors that carry faults


@dataclass(frozen=True, slots=True)
class Fault:
    """One refusal found by a field, before the field's place in the body is known."""

    message: Callable[[str], str]  # from the path as it is printed
    value: JSON = ABSENT  # any JSON value
    where: tuple[Step, ...] = ()  # below the field


def fault(template: str, value: JSON = ABSENT) -> Fault:
    """Return the fault with a message in which `${path}` stands for the field."""
    return Fault(lambda path: template.replace("${path}", path), value)


def wrong_kind(kind: str, value: JSON) -> Fault:
    """Return the fault of a value that is of another kind than expected."""
    return Fault(lambda path: f"{path} must be a `{kind}` type, but the final value was: `{value_text(value)}`.", value)


def not_among(choices: Iterable[JSON], value: JSON) -> Fault:
    """Return the fault of a value that is none of the choices; null is printed as nothing."""
    listed = ", ".join("" if choice is None else word(choice) for choice in choices)
    return Fault(lambda path: f"{path} must be one of the following values: {listed}", value)


def refused(faults: Sequence[Fault]) -> PydanticCustomError:
    """Return the error that a field's validator raises with everything it found."""
    return PydanticCustomError(FAULTS, "refused", {"faults": list(faults)})


def faults_of(error: pydantic.ValidationError, value: JSON) -> list[Fault]:
    """Return what Pydantic found in a value, in order; unknown keys of one object are one fault."""
    found: list[Fault] = []
    for (unknown, parent), group in groupby(error.errors(include_url=False), key=_group):
        details = list(group)
        if unknown:
            found.append(_unspecified(parent, [str(detail["loc"][-1]) for detail in details], value))
        else:
            found += [fault for detail in details for fault in _faults(detail)]
    return found


def violations_of(error: pydantic.ValidationError, value: JSON) -> list[Violation]:
    """Return the violations that clients see."""
    return [
        Violation(tuple(str(step) for step in fault.where), fault.message(dotted(fault.where)), fault.value)
        for fault in faults_of(error, value)
    ]


def _group(detail: ErrorDetails) -> tuple[bool, tuple[Step, ...]]:
    unknown = detail["type"] == "extra_forbidden"
    return unknown, detail["loc"][:-1] if unknown else ()


def _unspecified(parent: tuple[Step, ...], keys: list[str], value: JSON) -> Fault:
    names = ", ".join(keys)
    return Fault(lambda path: f"{path} field has unspecified keys: {names}", at(value, parent), parent)


def at(value: JSON, path: Iterable[Step]) -> JSON:
    """Return what stands at a path."""
    for step in path:
        value = value[step]
    return value


def _faults(detail: ErrorDetails) -> list[Fault]:
    place = detail["loc"]
    if detail["type"] == FAULTS:
        carried: list[Fault] = detail["ctx"]["faults"]
        return [Fault(one.message, one.value, (*place, *one.where)) for one in carried]
    made = _TABLE.get(detail["type"], _invalid)(detail)
    return [Fault(made.message, made.value, place)]


def _invalid(detail: ErrorDetails) -> Fault:
    return fault("${path} is invalid", detail["input"])


def _kind(kind: str) -> Callable[[ErrorDetails], Fault]:
    return lambda detail: wrong_kind(kind, detail["input"])


def _bound(template: str, key: str) -> Callable[[ErrorDetails], Fault]:
    return lambda detail: fault(template.replace("${bound}", word(detail["ctx"][key])), detail["input"])


def _choice(detail: ErrorDetails) -> Fault:
    expected = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
    return not_among(expected.split(", "), detail["input"])


# What Pydantic's own types find, in the words of the reference. A type that is not here "is invalid".
_TABLE: Final[Mapping[str, Callable[[ErrorDetails], Fault]]] = {
    "missing": lambda _: fault("${path} is a required field"),
    "model_type": _kind("object"),
    "model_attributes_type": _kind("object"),
    "dict_type": _kind("object"),
    "list_type": _kind("array"),
    "tuple_type": _kind("array"),
    "string_type": _kind("string"),
    "int_type": _kind("number"),
    "float_type": _kind("number"),
    "int_from_float": lambda detail: fault("${path} must be an integer", detail["input"]),
    "bool_type": _kind("boolean"),
    "literal_error": _choice,
    "enum": _choice,
    "string_too_short": _bound("${path} must be at least ${bound} characters", "min_length"),
    "string_too_long": _bound("${path} must be at most ${bound} characters", "max_length"),
    "too_short": _bound("${path} field must have at least ${bound} items", "min_length"),
    "too_long": _bound("${path} field must have less than or equal to ${bound} items", "max_length"),
    "greater_than_equal": _bound("${path} must be greater than or equal to ${bound}", "ge"),
    "less_than_equal": _bound("${path} must be less than or equal to ${bound}", "le"),
    "greater_than": _bound("${path} must be more than ${bound}", "gt"),
    "less_than": _bound("${path} must be less than ${bound}", "lt"),
}
