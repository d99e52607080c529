"""Values and types as they travel in KUKSA messages, of protocol v1 and v2 alike.

A VSS datatype decides which field carries a value: ``uint8`` travels in ``uint32``, ``string[]`` in
``string_array``. A value in any other field has the wrong type.
"""

from typing import Any, cast

import kuksa.val.v1.types_pb2 as v1
import kuksa.val.v2.types_pb2 as v2

from fujia.errors import SignalValueError
from fujia.vehicle.signal import Kind, Signal, Value

Carrier = v2.Value | v1.Datapoint
"""A message that has one field for each type."""

_FIELDS = {
    "boolean": "bool",
    "string": "string",
    "int8": "int32",
    "int16": "int32",
    "int32": "int32",
    "int64": "int64",
    "uint8": "uint32",
    "uint16": "uint32",
    "uint32": "uint32",
    "uint64": "uint64",
    "float": "float",
    "double": "double",
}
_DIGITS = 7
"""Significant decimal digits of a 32-bit float: 0.1 comes back as 0.1."""


def field_of(datatype: str) -> str:
    """The field that carries a VSS datatype; raises SignalValueError for one that KUKSA lacks."""
    scalar = datatype.removesuffix("[]")
    if scalar not in _FIELDS:
        raise SignalValueError(f"KUKSA cannot carry a {datatype}")
    return _FIELDS[scalar] + ("_array" if datatype.endswith("[]") else "")


def put(carrier: Carrier, datatype: str, value: Value) -> None:
    """Lay a value of that type into a message."""
    field = field_of(datatype)
    if isinstance(value, list):
        array = getattr(carrier, field)
        array.SetInParent()  # an empty list is a value too
        array.values.extend(value)
    else:
        setattr(carrier, field, value)


def pack(datatype: str, value: Value) -> v2.Value:
    """A value as a v2 message."""
    message = v2.Value()
    put(message, datatype, value)
    return message


def carried_in(carrier: Carrier) -> str | None:
    """The name of the field that is set; None where there is no value."""
    if isinstance(carrier, v2.Value):
        return carrier.WhichOneof("typed_value")
    return carrier.WhichOneof("value")


def take(carrier: Carrier) -> Value | None:
    """The value that a message carries, whatever its type; None where there is none."""
    field = carried_in(carrier)
    if field is None:
        return None
    content: Any = getattr(carrier, field)
    if field == "float":
        return _rounded(content)
    if field == "float_array":
        return [_rounded(item) for item in content.values]
    return list(content.values) if field.endswith("_array") else cast(Value, content)


def take_as(signal: Signal, carrier: Carrier) -> Value:
    """The value that a message carries for a signal.

    Raises:
        SignalValueError: there is none, it has another type, or the signal does not take it.
    """
    field, value = carried_in(carrier), take(carrier)
    if field is None or value is None:
        raise SignalValueError(f"{signal.path}: there is no value")
    if field != field_of(signal.datatype):
        wanted = f"a {signal.datatype}, which travels in {field_of(signal.datatype)}"
        raise SignalValueError(f"{signal.path}: {field} was sent, and it is {wanted}")
    return signal.check(value)


def datatype_number(datatype: str) -> int:
    """The number of a VSS datatype in KUKSA's enumeration; 0 for an unknown one."""
    name = "DATA_TYPE_" + datatype.upper().replace("[]", "_ARRAY")
    return dict(v2.DataType.items()).get(name, 0)


def datatype_name(number: int) -> str:
    """The VSS datatype of a number in KUKSA's enumeration; ``unspecified`` for an unknown one."""
    names = {value: name for name, value in v2.DataType.items()}
    name = names.get(cast(v2.DataType, number), "DATA_TYPE_UNSPECIFIED")
    return name.removeprefix("DATA_TYPE_").lower().replace("_array", "[]")


def kind_number(kind: Kind) -> int:
    """The number of a kind of signal in KUKSA's enumeration."""
    return v2.EntryType.Value(f"ENTRY_TYPE_{kind.upper()}")


def kind_name(number: int) -> Kind | None:
    """The kind of signal of a number in KUKSA's enumeration; None for an unknown one."""
    names: dict[int, Kind] = {
        v2.ENTRY_TYPE_ACTUATOR: "actuator",
        v2.ENTRY_TYPE_SENSOR: "sensor",
        v2.ENTRY_TYPE_ATTRIBUTE: "attribute",
    }
    return names.get(number)


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
