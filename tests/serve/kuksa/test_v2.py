"""Protocol v2 over the wire: values, subscriptions, actuations, metadata, and every status."""

import grpc
import pytest
from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALStub

from fujia import __version__
from fujia.errors import CarUnreachable
from fujia.serve.kuksa.server import KuksaServer
from fujia.vehicle import Fault, SimulatedCar
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.kuksa import wire
from tests.serve.kuksa.asking import (
    HEATING,
    LACKING,
    LIGHTS,
    SPEED,
    WINDOW,
    actuation,
    batch,
    publication,
    signal,
    status,
)

NOBODY = "Vehicle.Warp.Drive"


def value(stub: VALStub, path: str) -> object:
    answer = stub.GetValue(val.GetValueRequest(signal_id=signal(path)))
    return wire.take(answer.data_point.value)


def ids(stub: VALStub, path: str) -> int:
    return stub.ListMetadata(val.ListMetadataRequest(root=path)).metadata[0].id


def test_values_of_the_car(v2: VALStub, car: SimulatedCar):
    car.set(SPEED, 61.3)
    assert value(v2, SPEED) == 61.3
    both = val.GetValuesRequest(signal_ids=[signal(WINDOW), types.SignalID(id=ids(v2, SPEED))])
    points = v2.GetValues(both).data_points
    assert [wire.take(point.value) for point in points] == [0, 61.3]
    assert points[0].timestamp.seconds > 1_700_000_000


def test_a_signal_without_a_value_has_an_empty_point(v2: VALStub):
    assert value(v2, LACKING) is None


@pytest.mark.parametrize(
    ("request_id", "code"),
    [
        (signal(NOBODY), "NOT_FOUND"),
        (types.SignalID(id=10**6), "NOT_FOUND"),
        (types.SignalID(), "INVALID_ARGUMENT"),
        (signal(""), "INVALID_ARGUMENT"),
        (signal("V" * 1001), "INVALID_ARGUMENT"),
    ],
)
def test_what_is_not_there(v2: VALStub, request_id: types.SignalID, code: str):
    assert status(v2.GetValue, val.GetValueRequest(signal_id=request_id)) == code
    both = val.GetValuesRequest(signal_ids=[signal(SPEED), request_id])
    assert status(v2.GetValues, both) == code


def test_requests_for_nothing(v2: VALStub):
    for call, request in (
        (v2.GetValues, val.GetValuesRequest()),
        (v2.Subscribe, val.SubscribeRequest()),
        (v2.SubscribeById, val.SubscribeByIdRequest()),
        (v2.BatchActuate, val.BatchActuateRequest()),
        (v2.Actuate, val.ActuateRequest(signal_id=signal(WINDOW))),
        (v2.PublishValue, val.PublishValueRequest(signal_id=signal(WINDOW))),
    ):
        assert status(call, request) == "INVALID_ARGUMENT"


def test_a_published_value_is_the_car_s(v2: VALStub, car: SimulatedCar):
    v2.PublishValue(publication(SPEED, "float", 42.0))
    assert (value(v2, SPEED), car.read(SPEED)) == (42.0, 42.0)
    assert value(v2, "Vehicle.IsMoving") is True
    before = v2.GetValue(val.GetValueRequest(signal_id=signal(SPEED))).data_point.timestamp
    v2.PublishValue(publication(SPEED, "float", 42.0))
    after = v2.GetValue(val.GetValueRequest(signal_id=signal(SPEED))).data_point.timestamp
    assert after.ToNanoseconds() > before.ToNanoseconds()


@pytest.mark.parametrize(
    ("path", "datatype", "wrong"),
    [
        (WINDOW, "uint8", 101),
        (WINDOW, "int8", 5),
        (WINDOW, "string", "open"),
        (LIGHTS, "string", "DISCO"),
        (SPEED, "double", 4.0),
    ],
)
def test_wrong_types_ranges_and_names(v2: VALStub, car: SimulatedCar, path, datatype, wrong):
    before = car.read(path)
    assert status(v2.PublishValue, publication(path, datatype, wrong)) == "INVALID_ARGUMENT"
    assert status(v2.Actuate, actuation(path, datatype, wrong)) == "INVALID_ARGUMENT"
    assert (car.read(path), car.actuations) == (before, [])


def test_an_actuation_is_forwarded_and_shows_when_it_happened(v2: VALStub, car: SimulatedCar):
    v2.Actuate(actuation(WINDOW, "uint8", 50))
    assert value(v2, WINDOW) == 0
    car.advance(1)
    assert value(v2, WINDOW) == 25
    car.settle()
    assert value(v2, WINDOW) == 50


def test_what_cannot_be_actuated(v2: VALStub, car: SimulatedCar):
    assert status(v2.Actuate, actuation(SPEED, "float", 5.0)) == "INVALID_ARGUMENT"
    assert status(v2.Actuate, actuation(NOBODY, "uint8", 5)) == "NOT_FOUND"
    assert status(v2.Actuate, actuation(LACKING, "uint8", 5)) == "UNAVAILABLE"
    assert car.actuations == []


def test_an_actuation_that_nobody_took_does_not_happen_later(v2: VALStub):
    assert status(v2.Actuate, actuation(LACKING, "uint8", 5)) == "UNAVAILABLE"
    claim = val.OpenProviderStreamRequest(
        provide_actuation_request=val.ProvideActuationRequest(
            actuator_identifiers=[signal(LACKING)]
        )
    )
    stream = v2.OpenProviderStream(iter([claim]), timeout=100)
    assert next(stream).WhichOneof("action") == "provide_actuation_response"
    v2.Actuate(actuation(LACKING, "uint8", 9))
    (request,) = next(stream).batch_actuate_stream_request.actuate_requests
    assert wire.take(request.value) == 9
    stream.cancel()


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (actuation(WINDOW, "uint8", 101), "INVALID_ARGUMENT"),
        (actuation(SPEED, "float", 1.0), "INVALID_ARGUMENT"),
        (actuation(NOBODY, "uint8", 1), "NOT_FOUND"),
        (actuation(LACKING, "uint8", 1), "UNAVAILABLE"),
    ],
)
def test_a_batch_is_forwarded_as_a_whole_or_not_at_all(v2: VALStub, car: SimulatedCar, bad, code):
    good = actuation(HEATING, "int8", 33)
    assert status(v2.BatchActuate, batch(good, bad)) == code
    assert status(v2.BatchActuate, batch(bad, good)) == code
    assert car.actuations == []
    v2.BatchActuate(batch(good, actuation(WINDOW, "uint8", 10)))
    assert [each.path for each in car.actuations] == [HEATING, WINDOW]


def test_a_stream_of_actuations_ends_at_the_first_wrong_one(v2: VALStub, car: SimulatedCar):
    good = actuation(HEATING, "int8", 33)
    v2.ActuateStream(iter([good, good]))
    assert (
        status(v2.ActuateStream, iter([good, actuation(NOBODY, "uint8", 1), good])) == "NOT_FOUND"
    )
    assert len(car.actuations) == 3


def test_a_control_unit_that_refuses_has_still_been_asked(v2: VALStub, car: SimulatedCar):
    car.inject(Fault(WINDOW, "refuses"))
    v2.Actuate(actuation(WINDOW, "uint8", 50))
    car.settle()
    assert value(v2, WINDOW) == 0


def test_a_car_out_of_reach_is_unavailable(v2: VALStub, car: SimulatedCar):
    car.inject(Fault("*", "offline"))
    assert status(v2.Actuate, actuation(WINDOW, "uint8", 50)) == "UNAVAILABLE"
    with pytest.raises(CarUnreachable):
        car.snapshot()


def test_a_subscription_begins_with_what_is_there(v2: VALStub, car: SimulatedCar):
    stream = v2.Subscribe(val.SubscribeRequest(signal_paths=[SPEED, LACKING], buffer_size=5))
    first = next(stream).entries
    assert wire.take(first[SPEED].value) == 0.0
    assert wire.take(first[LACKING].value) is None
    car.set(SPEED, 7)
    assert {path: wire.take(point.value) for path, point in next(stream).entries.items()} == {
        SPEED: 7.0
    }
    stream.cancel()


def test_a_subscription_by_id(v2: VALStub, car: SimulatedCar):
    speed = ids(v2, SPEED)
    stream = v2.SubscribeById(val.SubscribeByIdRequest(signal_ids=[speed]))
    assert wire.take(next(stream).entries[speed].value) == 0.0
    car.set(SPEED, 8)
    assert wire.take(next(stream).entries[speed].value) == 8.0
    stream.cancel()
    assert status(v2.SubscribeById, val.SubscribeByIdRequest(signal_ids=[10**6])) == "NOT_FOUND"


def test_few_samples_are_the_latest_ones(v2: VALStub, car: SimulatedCar):
    rare = types.Filter(min_sample_interval=types.SampleInterval(interval_ms=200))
    stream = v2.Subscribe(val.SubscribeRequest(signal_paths=[SPEED], filter=rare))
    next(stream)
    for speed in range(1, 20):
        car.set(SPEED, speed)
    assert wire.take(next(stream).entries[SPEED].value) == 19.0
    stream.cancel()


def test_subscriptions_that_cannot_be(v2: VALStub):
    subscribe = v2.Subscribe
    assert status(subscribe, val.SubscribeRequest(signal_paths=[SPEED, NOBODY])) == "NOT_FOUND"
    large = val.SubscribeRequest(signal_paths=[SPEED], buffer_size=1001)
    assert status(subscribe, large) == "INVALID_ARGUMENT"


def test_metadata(v2: VALStub):
    everything = v2.ListMetadata(val.ListMetadataRequest(root="Vehicle")).metadata
    assert {entry.path for entry in everything} >= vss_6().keys()
    assert len({entry.id for entry in everything}) == len(everything)
    window = v2.ListMetadata(val.ListMetadataRequest(root=WINDOW)).metadata
    assert [(entry.path, entry.min.uint32, entry.max.uint32) for entry in window] == [
        (WINDOW, 0, 100)
    ]
    pattern = val.ListMetadataRequest(root="Vehicle.Cabin.Door.Row1.*.Window.Position")
    assert WINDOW in [entry.path for entry in v2.ListMetadata(pattern).metadata]


@pytest.mark.parametrize(("root", "code"), [(NOBODY, "NOT_FOUND"), ("a..b", "INVALID_ARGUMENT")])
def test_metadata_of_nothing(v2: VALStub, root: str, code: str):
    assert status(v2.ListMetadata, val.ListMetadataRequest(root=root)) == code


def test_server_info(v2: VALStub):
    info = v2.GetServerInfo(val.GetServerInfoRequest())
    assert (info.name, info.version) == ("fujia", __version__)


@pytest.mark.parametrize("call", ["GetValue", "Actuate", "BatchActuate", "Subscribe"])
def test_bytes_that_are_no_message_harm_nobody(
    server: KuksaServer, channel: grpc.Channel, v2: VALStub, call: str
):
    method = f"/kuksa.val.v2.VAL/{call}"
    raw = channel.unary_stream if call == "Subscribe" else channel.unary_unary
    with pytest.raises(grpc.RpcError):
        list(raw(method)(b"\xff\xff\xff\xff\x01", timeout=60))
    assert value(v2, SPEED) == 0.0


def test_a_message_that_is_too_large_is_refused(v2: VALStub):
    huge = val.GetValuesRequest(signal_ids=[signal("V" * 900)] * 1500)
    assert status(v2.GetValues, huge) == "RESOURCE_EXHAUSTED"
    assert value(v2, SPEED) == 0.0
