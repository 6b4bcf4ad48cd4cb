"""The one error family: a stable name, a message and details; it knows no statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final


class _Absent:
    """The value of what was not sent, which is not the same as null."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True)
class Violation:
    """One reason why a body or a query was refused, and where in it."""

    path: tuple[str, ...]
    message: str
    value: Any = ABSENT  # any JSON value that was sent
    name: str = "ValidationError"

    def as_dict(self) -> dict[str, Any]:
        """Return the violation as clients see it; an absent value is left out."""
        shown: dict[str, Any] = {"path": list(self.path), "message": self.message, "name": self.name}
        if self.value is not ABSENT:
            shown["value"] = self.value
        return shown


class TesseraError(Exception):
    """Whatever a door answers when it cannot do what was asked."""

    name: ClassVar[str] = "ApplicationError"
    default: ClassVar[str] = "An application error occurred"

    def __init__(self, message: str | None = None, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message or self.default)
        self.message = message or self.default
        self.details: Mapping[str, Any] = details or {}


class ApplicationError(TesseraError):
    """What was asked is well formed, and the state of things forbids it."""


class ValidationError(TesseraError):
    """What was sent is not what is expected."""

    name = "ValidationError"
    default = "Invalid data"

    @classmethod
    def of(cls, violations: Sequence[Violation]) -> ValidationError:
        """Return the error that reports every violation; there must be at least one."""
        message = violations[0].message if len(violations) == 1 else f"{len(violations)} errors occurred"
        return cls(message, {"errors": [violation.as_dict() for violation in violations]})


class PaginationError(ApplicationError):
    """The page that was asked for cannot be meant."""

    name = "PaginationError"
    default = "Invalid pagination"


class BadRequestError(TesseraError):
    """The request itself makes no sense."""

    name = "BadRequestError"
    default = "Bad Request"


class UnauthorizedError(TesseraError):
    """There is no valid credential."""

    name = "UnauthorizedError"
    default = "Missing or invalid credentials"


class ForbiddenError(TesseraError):
    """The right is missing, found out while doing what was asked."""

    name = "ForbiddenError"
    default = "Forbidden"


class PolicyError(TesseraError):
    """The right is missing, found out before anything was done."""

    name = "PolicyError"
    default = "Policy Failed"


class PermissionCeilingError(TesseraError):
    """Somebody gives out more than it holds; the details name every violation."""

    name = "PermissionCeilingError"
    default = "Cannot give more than is held"


class NotFoundError(TesseraError):
    """There is no such thing, or the caller may not know of it."""

    name = "NotFoundError"
    default = "Not Found"


class MethodNotAllowedError(TesseraError):
    """The thing is there and does not take this method."""

    name = "MethodNotAllowedError"
    default = "Method Not Allowed"


class ConflictError(TesseraError):
    """The thing has changed since the caller saw it."""

    name = "ConflictError"
    default = "Conflict"


class PreconditionFailedError(TesseraError):
    """The version that the caller named is not the current one."""

    name = "PreconditionFailedError"
    default = "Precondition Failed"


class PayloadTooLargeError(TesseraError):
    """The body is larger than the configured bound."""

    name = "PayloadTooLargeError"
    default = "Entity too large"


class RateLimitError(TesseraError):
    """Too many attempts; `retry_after` says in seconds when the next one counts."""

    name = "RateLimitError"
    default = "Too many requests, please try again later."

    def __init__(
        self, message: str | None = None, details: Mapping[str, Any] | None = None, *, retry_after: int = 0
    ) -> None:
        super().__init__(message, details)
        self.retry_after = retry_after


class UnavailableError(TesseraError):
    """What is asked for cannot be done just now, and could be later."""

    name = "ServiceUnavailableError"
    default = "Service Unavailable"


class NotImplementedHereError(TesseraError):
    """The reference's paid editions would answer this; this one says that it does not."""

    name = "NotImplementedError"
    default = "This feature is not implemented yet"


class ConfigurationError(TesseraError):
    """The project folder, its settings or its database cannot be used; stops the start."""

    name = "ConfigurationError"
    default = "The project cannot be started"


class UnreadableBodyError(TesseraError):
    """The body cannot be decoded; named as the reference names what its JSON parser refuses."""

    name = "SyntaxError"
    default = "The body cannot be read"


class UnsupportedMediaTypeError(TesseraError):
    """The body is of a kind or in an encoding that is not read here."""

    name = "UnsupportedMediaTypeError"
    default = "Unsupported Media Type"


class BodyTooLargeError(PayloadTooLargeError):
    """The body of a request is larger than the bound, whatever it holds."""

    default = "request entity too large"


class RequestTimeoutError(TesseraError):
    """The client took too long to send its request."""

    name = "RequestTimeoutError"
    default = "Request Timeout"


class UnrelatedPartError(TesseraError):
    """An entry of a dynamic zone names a component that is not there; nameless in the reference."""

    name = "Error"
    default = "Some of the provided components are not related to the entity"
