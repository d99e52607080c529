from fujia.serve.kuksa.metadata import metadata_v1, metadata_v2
from fujia.vehicle.signal import Signal

LEVEL = Signal("Vehicle.X", "actuator", "int8", "percent", -100, 100, en="heating")
SWITCH = Signal("Vehicle.Y", "sensor", "string", allowed=("ON", "OFF"))
HEAT = Signal("Vehicle.Z", "actuator", "float", "Celsius", 16, 28.5)


def test_numbers_have_limits():
    message = metadata_v2(LEVEL, 7)
    assert (message.path, message.id, message.unit, message.description) == (
        "Vehicle.X", 7, "percent", "heating",
    )  # fmt: skip
    assert (message.min.int32, message.max.int32) == (-100, 100)
    assert metadata_v2(HEAT, 1).max.float == 28.5
    old = metadata_v1(LEVEL).value_restriction.signed
    assert (old.min, old.max) == (-100, 100)
    assert metadata_v1(HEAT).value_restriction.floating_point.max == 28.5


def test_an_enumeration_has_its_values():
    message = metadata_v2(SWITCH, 1)
    assert list(message.allowed_values.string_array.values) == ["ON", "OFF"]
    assert not message.HasField("min")
    assert list(metadata_v1(SWITCH).value_restriction.string.allowed_values) == ["ON", "OFF"]


def test_type_and_kind():
    message = metadata_v2(LEVEL, 1)
    assert (message.data_type, message.entry_type) == (3, 3)  # INT8, ACTUATOR
    assert (metadata_v1(SWITCH).data_type, metadata_v1(SWITCH).entry_type) == (1, 2)
