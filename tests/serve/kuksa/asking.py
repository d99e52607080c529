"""Requests in one line, and statuses as something to compare."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val

from fujia.vehicle.kuksa import wire
from fujia.vehicle.signal import Value

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
HEATING = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
LIGHTS = "Vehicle.Body.Lights.LightSwitch"
SPEED = "Vehicle.Speed"
TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
ON = "Vehicle.Cabin.HVAC.IsOn"
LACKING = "Vehicle.Body.Windshield.Rear.Wiping.Intensity"
"""An actuator of VSS 6.0 that no profile has."""


def signal(path: str) -> types.SignalID:
    return types.SignalID(path=path)


def actuation(path: str, datatype: str, value: Value) -> val.ActuateRequest:
    return val.ActuateRequest(signal_id=signal(path), value=wire.pack(datatype, value))


def batch(*actuations: val.ActuateRequest) -> val.BatchActuateRequest:
    return val.BatchActuateRequest(actuate_requests=actuations)


def publication(path: str, datatype: str, value: Value) -> val.PublishValueRequest:
    point = types.Datapoint(value=wire.pack(datatype, value))
    return val.PublishValueRequest(signal_id=signal(path), data_point=point)


def status(call: Callable[..., Any], *arguments: Any, **options: Any) -> str:
    """The name of the status that a call ends with; it must not succeed."""
    with pytest.raises(grpc.RpcError) as caught:
        answer = call(*arguments, **options)
        for _ in answer if hasattr(answer, "__next__") else ():
            pass
    return caught.value.code().name
