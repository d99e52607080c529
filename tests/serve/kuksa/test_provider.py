"""Providers from outside: they take over actuators, and the car has them back."""

import time
from collections.abc import Iterator
from queue import Queue

import pytest
from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALStub

from fujia.serve.kuksa.broker import Broker
from fujia.serve.kuksa.provider import MOST_WAITING, ProviderStream
from fujia.serve.kuksa.status import Refusal
from fujia.serve.kuksa.tokens import EVERYTHING
from fujia.vehicle import SimulatedCar
from fujia.vehicle.kuksa import wire
from tests.serve.kuksa.asking import (
    HEATING,
    LACKING,
    SPEED,
    WINDOW,
    actuation,
    batch,
    signal,
    status,
)


class Outside:
    """A provider that does one thing after the other, as a test says."""

    def __init__(self, stub: VALStub) -> None:
        self._requests = Queue[val.OpenProviderStreamRequest | None]()
        self.answers = stub.OpenProviderStream(iter(self._requests.get, None), timeout=100)
        self._stub = stub

    def claim(self, *paths: str) -> None:
        wanted = val.ProvideActuationRequest(actuator_identifiers=[signal(p) for p in paths])
        self.send(val.OpenProviderStreamRequest(provide_actuation_request=wanted))

    def claim_values(self, *paths: str) -> None:
        intervals = {self.id(path): types.SampleInterval(interval_ms=0) for path in paths}
        wanted = val.ProvideSignalRequest(signals_sample_intervals=intervals)
        self.send(val.OpenProviderStreamRequest(provide_signal_request=wanted))

    def publish(self, number: int, **points: tuple[int, types.Value]) -> None:
        data = {each: types.Datapoint(value=value) for each, value in points.values()}
        wanted = val.PublishValuesRequest(request_id=number, data_points=data)
        self.send(val.OpenProviderStreamRequest(publish_values_request=wanted))

    def send(self, request: val.OpenProviderStreamRequest) -> None:
        self._requests.put(request)

    def next(self) -> val.OpenProviderStreamResponse:
        return next(self.answers)

    def requested(self) -> list[tuple[int, object]]:
        """The next actuations, as ids and values."""
        requests = self.next().batch_actuate_stream_request.actuate_requests
        return [(each.signal_id.id, wire.take(each.value)) for each in requests]

    def id(self, path: str) -> int:
        return self._stub.ListMetadata(val.ListMetadataRequest(root=path)).metadata[0].id

    def say_no_more(self) -> None:
        self._requests.put(None)


@pytest.fixture
def outside(v2: VALStub) -> Iterator[Outside]:
    provider = Outside(v2)
    yield provider
    provider.answers.cancel()


def test_it_gets_what_the_car_would_have_got(v2: VALStub, outside: Outside, car: SimulatedCar):
    outside.claim(WINDOW)
    assert outside.next().HasField("provide_actuation_response")
    v2.Actuate(actuation(WINDOW, "uint8", 50))
    assert outside.requested() == [(outside.id(WINDOW), 50)]
    car.settle()
    assert (car.read(WINDOW), car.actuations) == (0, [])


def test_what_it_reports_is_the_car_s_value(v2: VALStub, outside: Outside, car: SimulatedCar):
    outside.claim(WINDOW)
    outside.next()
    window = outside.id(WINDOW)
    outside.publish(1, window=(window, wire.pack("uint8", 30)))
    outside.claim(HEATING)  # its answer comes after the value was taken
    outside.next()
    assert car.read(WINDOW) == 30


def test_a_batch_is_divided_among_those_who_provide_it(
    v2: VALStub, outside: Outside, car: SimulatedCar
):
    outside.claim(WINDOW, LACKING)
    outside.next()
    v2.BatchActuate(
        batch(
            actuation(WINDOW, "uint8", 10),
            actuation(LACKING, "uint8", 3),
            actuation(HEATING, "int8", 33),
        )
    )
    assert outside.requested() == [(outside.id(WINDOW), 10), (outside.id(LACKING), 3)]
    assert [(each.path, each.value) for each in car.actuations] == [(HEATING, 33)]


def test_whoever_says_no_more_goes_on_providing(v2: VALStub, outside: Outside, car: SimulatedCar):
    outside.claim(WINDOW)
    outside.next()
    outside.say_no_more()
    v2.Actuate(actuation(WINDOW, "uint8", 50))
    assert outside.requested() == [(outside.id(WINDOW), 50)]
    assert car.actuations == []


def test_the_car_has_its_actuators_back_when_it_hangs_up(
    v2: VALStub, outside: Outside, car: SimulatedCar
):
    outside.claim(WINDOW, LACKING)
    outside.next()
    outside.answers.cancel()
    deadline = time.monotonic() + 60
    while not car.actuations and time.monotonic() < deadline:
        v2.Actuate(actuation(WINDOW, "uint8", 50))
    assert car.actuations
    assert status(v2.Actuate, actuation(LACKING, "uint8", 1)) == "UNAVAILABLE"


def test_an_actuator_has_one_provider(v2: VALStub, outside: Outside):
    outside.claim(WINDOW)
    outside.next()
    second = Outside(v2)
    second.claim(HEATING, WINDOW)
    assert status(second.next) == "ALREADY_EXISTS"
    third = Outside(v2)  # the second one got nothing at all
    third.claim(HEATING)
    assert third.next().HasField("provide_actuation_response")
    third.answers.cancel()


@pytest.mark.parametrize(
    ("path", "code"),
    [(SPEED, "INVALID_ARGUMENT"), ("Vehicle.Warp", "NOT_FOUND")],
)
def test_what_cannot_be_claimed(outside: Outside, path: str, code: str):
    outside.claim(WINDOW, path)
    assert status(outside.next) == code


def test_values_of_sensors_come_through_the_stream(outside: Outside, car: SimulatedCar):
    outside.claim_values(SPEED)
    assert outside.next().HasField("provide_signal_response")
    speed = outside.id(SPEED)
    outside.publish(7, wrong=(speed, wire.pack("uint8", 1)))
    answer = outside.next().publish_values_response
    assert (answer.request_id, answer.status[speed].code) == (7, types.ERROR_CODE_INVALID_ARGUMENT)
    outside.publish(8, unknown=(10**6, wire.pack("float", 1)))
    answer = outside.next().publish_values_response
    assert answer.status[10**6].code == types.ERROR_CODE_NOT_FOUND
    outside.publish(9, right=(speed, wire.pack("float", 44.0)))
    outside.claim_values(SPEED)
    outside.next()
    assert car.read(SPEED) == 44.0


def test_nobody_speaks_for_what_they_have_not_claimed(outside: Outside):
    outside.publish(1, speed=(outside.id(SPEED), wire.pack("float", 1.0)))
    assert status(outside.next) == "ABORTED"


def test_errors_of_a_provider_are_heard_from_providers_only(v2: VALStub, outside: Outside):
    trouble = val.OpenProviderStreamRequest(
        provider_error_indication=val.ProviderErrorIndication(provider_error="CODE_OVERLOAD")
    )
    refused = val.BatchActuateStreamResponse(error=types.Error(message="no"))
    outside.claim(WINDOW)
    outside.next()
    outside.send(trouble)
    outside.send(val.OpenProviderStreamRequest(batch_actuate_stream_response=refused))
    outside.claim(WINDOW)
    assert outside.next().HasField("provide_actuation_response")
    stranger = Outside(v2)
    stranger.send(trouble)
    assert status(stranger.next) == "ABORTED"


def test_a_provider_that_does_not_keep_up_gets_no_more(car: SimulatedCar):
    slow = ProviderStream(Broker(car), EVERYTHING)
    for position in range(MOST_WAITING):
        slow.forward([(WINDOW, position)])
    with pytest.raises(Refusal, match="does not keep up") as caught:
        slow.forward([(WINDOW, 100)])
    assert caught.value.code.name == "DATA_LOSS"
