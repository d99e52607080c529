"""What a signal is, as messages of both protocols."""

import kuksa.val.v1.types_pb2 as v1
import kuksa.val.v2.types_pb2 as v2

from fujia.vehicle.kuksa import wire
from fujia.vehicle.signal import Signal

_SIGNED = ("int8", "int16", "int32", "int64")


def metadata_v2(signal: Signal, number: int) -> v2.Metadata:
    """The metadata of protocol v2; ``number`` is the signal's id."""
    message = v2.Metadata(path=signal.path, id=number, description=signal.en)
    message.data_type = wire.datatype_number(signal.datatype)  # pyright: ignore
    message.entry_type = wire.kind_number(signal.kind)  # pyright: ignore
    message.unit = signal.unit or ""
    scalar = signal.datatype.removesuffix("[]")
    if signal.allowed:
        wire.put(message.allowed_values, f"{scalar}[]", list(signal.allowed))
    for name, limit in (("min", signal.minimum), ("max", signal.maximum)):
        if limit is not None:
            value = limit if scalar in ("float", "double") else int(limit)
            wire.put(getattr(message, name), scalar, value)
    return message


def metadata_v1(signal: Signal) -> v1.Metadata:
    """The metadata of protocol v1."""
    message = v1.Metadata(description=signal.en)
    message.data_type = wire.datatype_number(signal.datatype)  # pyright: ignore
    message.entry_type = wire.kind_number(signal.kind)  # pyright: ignore
    if signal.unit:
        message.unit = signal.unit
    restriction = message.value_restriction
    if signal.allowed:
        restriction.string.allowed_values.extend(signal.allowed)
    scalar = signal.datatype.removesuffix("[]")
    for name, limit in (("min", signal.minimum), ("max", signal.maximum)):
        if limit is None:
            continue
        if scalar in ("float", "double"):
            setattr(restriction.floating_point, name, limit)
        elif scalar in _SIGNED:
            setattr(restriction.signed, name, int(limit))
        else:
            setattr(restriction.unsigned, name, int(limit))
    return message
