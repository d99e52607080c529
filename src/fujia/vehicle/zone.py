"""Who or where in the car: seats, groups of seats, and the words VSS has for them."""

from typing import Literal, get_args

Seat = Literal["driver", "passenger", "rear_left", "rear_right"]
Zone = Literal["driver", "passenger", "rear_left", "rear_right", "front", "rear", "all"]
DriverPosition = Literal["LEFT", "RIGHT"]

SEATS: tuple[Seat, ...] = get_args(Seat)
ZONES: tuple[Zone, ...] = get_args(Zone)

_GROUPS: dict[str, tuple[Seat, ...]] = {
    "front": ("driver", "passenger"),
    "rear": ("rear_left", "rear_right"),
    "all": SEATS,
}


def seats_of(zone: Zone) -> tuple[Seat, ...]:
    """The single seats that a zone stands for, front to rear."""
    return _GROUPS.get(zone) or (zone,)  # type: ignore[return-value]


def row_and_side(seat: Seat, driver: DriverPosition) -> tuple[str, str]:
    """VSS row and side of a seat: ``("Row2", "Driver")`` for rear_left in a left-hand-drive car."""
    if seat == "driver":
        return "Row1", "Driver"
    if seat == "passenger":
        return "Row1", "Passenger"
    is_behind_driver = (seat == "rear_left") == (driver == "LEFT")
    return "Row2", "Driver" if is_behind_driver else "Passenger"


def fill(template: str, seat: Seat, driver: DriverPosition) -> str:
    """Put a seat into a path template.

    ``{seat}`` and ``{door}`` become ``Row1.DriverSide``, ``{station}`` becomes ``Row1.Driver``,
    ``{mirror}`` becomes ``DriverSide`` (front seats only).
    """
    row, side = row_and_side(seat, driver)
    long = f"{row}.{side}Side"
    return template.format(seat=long, door=long, station=f"{row}.{side}", mirror=f"{side}Side")
