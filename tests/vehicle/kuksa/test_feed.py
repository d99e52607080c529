"""Following a broker: what it has, and what becomes of its values."""

import time
from dataclasses import replace

import pytest
from kuksa.val.v2 import types_pb2 as types

from fujia.errors import CarUnreachable
from fujia.serve.kuksa.server import serve_kuksa
from fujia.vehicle import SimulatedCar, load_profile
from fujia.vehicle.kuksa import wire
from fujia.vehicle.kuksa.connection import Connection
from fujia.vehicle.kuksa.feed import Feed

SPEED, HEATING = "Vehicle.Speed", "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"


def point(datatype: str, value) -> types.Datapoint:
    return types.Datapoint(value=wire.pack(datatype, value))


def test_a_value_that_the_vehicle_does_not_take_is_unknown():
    feed = Feed(load_profile("i5"), Connection("127.0.0.1", 1), timeout_s=0.1)
    try:
        read = feed.readings(
            [
                (SPEED, point("float", 5.0)),
                (HEATING, point("int8", 101)),
                (HEATING, point("string", "hot")),
                (HEATING, types.Datapoint()),
                ("Vehicle.Warp", point("float", 1.0)),
            ]
        )
        assert [(path, value) for path, _, value in read] == [
            (SPEED, 5.0), (HEATING, None), (HEATING, None), (HEATING, None),
        ]  # fmt: skip
    finally:
        feed.close()


def test_what_the_broker_calls_a_sensor_is_one():
    broker_s = load_profile("i5")
    whole = replace(
        broker_s,
        signals={**broker_s.signals, SPEED: replace(broker_s.signals[SPEED], kind="actuator")},
    )
    server = serve_kuksa(SimulatedCar(broker_s), port=0, clock=False)
    feed = Feed(whole, Connection(server.host, server.port), timeout_s=30)
    try:
        feed.await_online()
        assert feed.profile.signals[SPEED].kind == "sensor"
        assert feed.datatypes[SPEED] == "float"
        assert feed.online_since is not None
    finally:
        feed.close()
        server.stop()


def test_a_broker_that_never_was_there_is_not_waited_for():
    feed = Feed(load_profile("i5"), Connection("127.0.0.1", 1), timeout_s=30)
    try:
        start = time.monotonic()
        with pytest.raises(CarUnreachable):
            feed.await_online()
        assert time.monotonic() - start < 25
    finally:
        feed.close()


def test_it_ends_at_once():
    server = serve_kuksa(SimulatedCar(load_profile("i5")), port=0, clock=False)
    feed = Feed(load_profile("i5"), Connection(server.host, server.port), timeout_s=30)
    feed.await_online()
    start = time.monotonic()
    feed.close()
    feed.close()
    assert time.monotonic() - start < 20
    server.stop()
