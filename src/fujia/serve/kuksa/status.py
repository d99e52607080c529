"""Errors as KUKSA tells them: gRPC statuses in protocol v2, numbers like HTTP's in v1."""

from grpc import StatusCode

from fujia.errors import CarUnreachable, FujiaError, InputError, UnknownSignal


class Refusal(Exception):
    """A call that is answered with a status; never leaves the server."""

    def __init__(self, code: StatusCode, message: str) -> None:
        super().__init__(message)
        self.code = code


V1_ERRORS = {
    StatusCode.NOT_FOUND: (404, "not_found"),
    StatusCode.PERMISSION_DENIED: (403, "forbidden"),
    StatusCode.UNAUTHENTICATED: (401, "unauthorized"),
    StatusCode.UNAVAILABLE: (503, "unavailable"),
}
"""Number and reason of a status in protocol v1; what is not here is a bad request."""
V1_BAD_REQUEST = (400, "bad_request")


def refusal_of(error: FujiaError | Refusal) -> Refusal:
    """The status that stands for an error."""
    if isinstance(error, Refusal):
        return error
    code = StatusCode.INTERNAL
    if isinstance(error, UnknownSignal):
        code = StatusCode.NOT_FOUND
    elif isinstance(error, InputError):
        code = StatusCode.INVALID_ARGUMENT
    elif isinstance(error, CarUnreachable):
        code = StatusCode.UNAVAILABLE
    return Refusal(code, str(error))
