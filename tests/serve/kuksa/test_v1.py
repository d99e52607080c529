"""Protocol v1 over the wire."""

import pytest
from kuksa.val.v1 import types_pb2 as types
from kuksa.val.v1 import val_pb2 as val
from kuksa.val.v1.val_pb2_grpc import VALStub

from fujia.vehicle import SimulatedCar
from fujia.vehicle.kuksa import wire
from tests.serve.kuksa.asking import SPEED, WINDOW, status

ALL, VALUE, TARGET = types.VIEW_ALL, types.FIELD_VALUE, types.FIELD_ACTUATOR_TARGET
SEATS = "Vehicle.Cabin.Seat.Row1"


def get(stub: VALStub, *paths: str, view: int = types.VIEW_CURRENT_VALUE) -> val.GetResponse:
    return stub.Get(val.GetRequest(entries=[val.EntryRequest(path=p, view=view) for p in paths]))


def update(path: str, datatype: str, value, field: int = VALUE) -> val.EntryUpdate:
    point = types.Datapoint()
    wire.put(point, datatype, value)
    name = "value" if field == VALUE else "actuator_target"
    return val.EntryUpdate(entry=types.DataEntry(path=path, **{name: point}), fields=[field])


def aim(stub: VALStub, position: int) -> val.SetResponse:
    return stub.Set(val.SetRequest(updates=[update(WINDOW, "uint8", position, TARGET)]))


def test_one_value_and_a_whole_branch(v1: VALStub, car: SimulatedCar):
    car.set(SPEED, 12)
    assert get(v1, SPEED).entries[0].value.float == 12.0
    branch = get(v1, SEATS).entries
    assert len(branch) > 20
    assert {entry.path.startswith(f"{SEATS}.") for entry in branch} == {True}
    assert len(get(v1, "Vehicle.Cabin.Door.Row1.*.Window.Position").entries) == 2


def test_views(v1: VALStub):
    everything = get(v1, WINDOW, view=ALL).entries[0]
    assert everything.HasField("value")
    assert everything.metadata.unit == "percent"
    assert not everything.HasField("actuator_target")
    assert not get(v1, WINDOW, view=types.VIEW_METADATA).entries[0].HasField("value")
    assert get(v1, WINDOW, view=types.VIEW_UNSPECIFIED).entries[0].HasField("value")
    one = val.EntryRequest(path=WINDOW, view=types.VIEW_FIELDS, fields=[types.FIELD_METADATA_UNIT])
    assert v1.Get(val.GetRequest(entries=[one])).entries[0].metadata.unit == "percent"


def test_what_is_not_there_spoils_the_whole_answer(v1: VALStub):
    answer = get(v1, SPEED, "Vehicle.Warp", "a..b")
    assert list(answer.entries) == []
    assert [(error.path, error.error.code) for error in answer.errors] == [
        ("Vehicle.Warp", 404), ("a..b", 400),
    ]  # fmt: skip
    assert answer.error.reason == "not_found"


def test_requests_for_nothing(v1: VALStub):
    assert status(v1.Get, val.GetRequest()) == "INVALID_ARGUMENT"
    assert status(v1.Subscribe, val.SubscribeRequest()) == "INVALID_ARGUMENT"
    strange = val.GetRequest(entries=[val.EntryRequest(path=SPEED, view=77)])
    assert status(v1.Get, strange) == "INVALID_ARGUMENT"


def test_a_target_is_kept_and_moves_nothing(v1: VALStub, car: SimulatedCar):
    assert not aim(v1, 50).errors
    car.settle()
    assert (car.read(WINDOW), car.actuations) == (0, [])
    entry = get(v1, WINDOW, view=ALL).entries[0]
    assert (entry.value.uint32, entry.actuator_target.uint32) == (0, 50)


def test_right_updates_are_taken_and_wrong_ones_reported(v1: VALStub, car: SimulatedCar):
    metadata = val.EntryUpdate(entry=types.DataEntry(path=WINDOW), fields=[types.FIELD_METADATA])
    answer = v1.Set(
        val.SetRequest(
            updates=[
                update("Vehicle.Warp", "uint8", 1),
                update(SPEED, "float", 33.0),
                update(WINDOW, "uint8", 101),
                update(SPEED, "float", 1.0, TARGET),
                metadata,
            ]
        )
    )
    assert [(error.path, error.error.code) for error in answer.errors] == [
        ("Vehicle.Warp", 404), (WINDOW, 400), (SPEED, 400), (WINDOW, 400),
    ]  # fmt: skip
    assert "cannot be changed" in answer.errors[3].error.message
    assert car.read(SPEED) == 33.0


def test_a_stream_of_updates_answers_only_to_mistakes(v1: VALStub, car: SimulatedCar):
    requests = [
        val.StreamedUpdateRequest(updates=[update(SPEED, "float", 5.0)]),
        val.StreamedUpdateRequest(updates=[update("Vehicle.Warp", "float", 5.0)]),
        val.StreamedUpdateRequest(updates=[update(SPEED, "float", 6.0)]),
    ]
    answers = list(v1.StreamedUpdate(iter(requests)))
    assert [answer.errors[0].path for answer in answers] == ["Vehicle.Warp"]
    assert car.read(SPEED) == 6.0


def test_a_subscription_to_values_and_targets(v1: VALStub, car: SimulatedCar):
    wanted = val.SubscribeEntry(path=WINDOW, view=types.VIEW_FIELDS, fields=[VALUE, TARGET])
    stream = v1.Subscribe(val.SubscribeRequest(entries=[wanted]))
    first = next(stream).updates[0]
    assert (first.entry.value.uint32, first.entry.HasField("actuator_target")) == (0, False)
    aim(v1, 40)
    second = next(stream).updates[0]
    assert (list(second.fields), second.entry.actuator_target.uint32) == ([TARGET], 40)
    car.set(WINDOW, 30)
    third = next(stream).updates[0]
    assert (list(third.fields), third.entry.value.uint32) == ([VALUE], 30)
    stream.cancel()


@pytest.mark.parametrize("path", ["Vehicle.Warp", "a..b"])
def test_a_subscription_to_nothing(v1: VALStub, path: str):
    code = "NOT_FOUND" if path == "Vehicle.Warp" else "INVALID_ARGUMENT"
    request = val.SubscribeRequest(entries=[val.SubscribeEntry(path=path)])
    assert status(v1.Subscribe, request) == code


def test_server_info(v1: VALStub):
    assert v1.GetServerInfo(val.GetServerInfoRequest()).name == "fujia"
