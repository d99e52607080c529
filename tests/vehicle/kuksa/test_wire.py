import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kuksa.val.v1 import types_pb2 as v1
from kuksa.val.v2 import types_pb2 as v2

from fujia.errors import SignalValueError
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.kuksa import wire
from fujia.vehicle.signal import Signal, default_value

VALUES = {
    "boolean": st.booleans(),
    "string": st.text(),
    "uint8": st.integers(0, 255),
    "int16": st.integers(-(2**15), 2**15 - 1),
    "uint32": st.integers(0, 2**32 - 1),
    "double": st.floats(allow_nan=False),
    "string[]": st.lists(st.text()),
    "uint8[]": st.lists(st.integers(0, 255)),
}


@settings(deadline=None)
@given(st.sampled_from(sorted(VALUES)).flatmap(lambda t: st.tuples(st.just(t), VALUES[t])))
def test_a_value_arrives_as_it_was_sent(sent):
    datatype, value = sent
    for carrier in (v2.Value(), v1.Datapoint()):
        wire.put(carrier, datatype, value)
        arrived = type(carrier).FromString(carrier.SerializeToString())
        assert wire.take(arrived) == value
        assert type(wire.take(arrived)) is type(value)


def test_a_short_float_arrives_as_it_was_written():
    assert wire.take(wire.pack("float", 0.1)) == 0.1
    assert wire.take(wire.pack("float[]", [22.3, 0.7])) == [22.3, 0.7]


def test_a_message_without_a_value_has_none():
    assert wire.take(v2.Value()) is None
    assert wire.take(v1.Datapoint()) is None


def test_a_signal_takes_its_own_type_only():
    level = Signal("Vehicle.X", "actuator", "uint8", "percent", 0, 100)
    assert wire.take_as(level, wire.pack("uint8", 7)) == 7
    with pytest.raises(SignalValueError, match="int32 was sent, and it is a uint8"):
        wire.take_as(level, wire.pack("int8", 7))
    with pytest.raises(SignalValueError, match="not within 0 to 100 percent"):
        wire.take_as(level, wire.pack("uint8", 101))
    with pytest.raises(SignalValueError, match="there is no value"):
        wire.take_as(level, v2.Value())


def test_every_signal_of_vss_can_travel():
    for signal in vss_6().values():
        number = wire.datatype_number(signal.datatype)
        assert wire.datatype_name(number) == signal.datatype
        assert wire.kind_name(wire.kind_number(signal.kind)) == signal.kind
        value = default_value(signal)
        assert wire.take_as(signal, wire.pack(signal.datatype, value)) == value


def test_what_kuksa_does_not_know_is_said():
    assert wire.datatype_number("complex") == 0
    assert wire.datatype_name(999) == "unspecified"
    assert wire.kind_name(0) is None
    with pytest.raises(SignalValueError, match="cannot carry a complex"):
        wire.field_of("complex")
