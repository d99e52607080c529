import pytest

from fujia.errors import CarError, CarUnreachable, NotWritable, SignalValueError, UnknownSignal
from fujia.serve.kuksa.status import refusal_of


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnknownSignal("x"), "NOT_FOUND"),
        (SignalValueError("x"), "INVALID_ARGUMENT"),
        (NotWritable("x"), "INVALID_ARGUMENT"),
        (CarUnreachable("x"), "UNAVAILABLE"),
        (CarError("x"), "INTERNAL"),
    ],
)
def test_every_error_has_a_status(error: Exception, code: str):
    refusal = refusal_of(error)  # pyright: ignore
    assert (refusal.code.name, str(refusal)) == (code, "x")
    assert refusal_of(refusal) is refusal
