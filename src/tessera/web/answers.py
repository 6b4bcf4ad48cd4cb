"""Errors as answers: the only place that knows which status an error has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from tessera import errors
from tessera.errors import TesseraError
from tessera.web.response import Response

# The most exact ancestor counts; what is not listed is the caller's mistake.
STATUSES: Final[Mapping[type[TesseraError], int]] = {
    TesseraError: 400,
    errors.UnauthorizedError: 401,
    errors.ForbiddenError: 403,
    errors.PolicyError: 403,
    errors.PermissionCeilingError: 403,
    errors.NotFoundError: 404,
    errors.MethodNotAllowedError: 405,
    errors.RequestTimeoutError: 408,
    errors.ConflictError: 409,
    errors.PreconditionFailedError: 412,
    errors.PayloadTooLargeError: 413,
    errors.UnsupportedMediaTypeError: 415,
    errors.RateLimitError: 429,
    errors.ConfigurationError: 500,
    errors.NotImplementedHereError: 501,
    errors.UnavailableError: 503,
}
# The reference's body parser says no details, not even that there are none, nor does an error that it has no name for.
_WITHOUT_DETAILS: Final = (
    errors.UnreadableBodyError,
    errors.UnsupportedMediaTypeError,
    errors.BodyTooLargeError,
    errors.UnrelatedPartError,
)
INTERNAL: Final = Response(
    500,
    b'{"data":null,"error":{"status":500,"name":"InternalServerError","message":"Internal Server Error","details":{}}}',
)


def status_of(error: TesseraError) -> int:
    """Return the status of an error."""
    return next(STATUSES[ancestor] for ancestor in type(error).__mro__ if ancestor in STATUSES)


def refusal(error: TesseraError) -> Response:
    """Return the answer that an error becomes."""
    status = status_of(error)
    if status == INTERNAL.status:
        return INTERNAL
    described: dict[str, Any] = {"status": status, "name": error.name, "message": error.message}
    if not isinstance(error, _WITHOUT_DETAILS):
        described["details"] = error.details
    return Response(status, orjson.dumps({"data": None, "error": described}, default=str))
