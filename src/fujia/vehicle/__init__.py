"""Signals, vehicle profiles and cars: where signals are read and actuated."""

from fujia.vehicle.car import Car, Write
from fujia.vehicle.fault import Fault
from fujia.vehicle.profile import Fact, Profile
from fujia.vehicle.profiles import list_profiles, load_profile
from fujia.vehicle.signal import Signal, Value
from fujia.vehicle.simulated import Actuation, SimulatedCar
from fujia.vehicle.world import Change
from fujia.vehicle.zone import SEATS, ZONES, Seat, Zone

__all__ = [
    "SEATS",
    "ZONES",
    "Actuation",
    "Car",
    "Change",
    "Fact",
    "Fault",
    "Profile",
    "Seat",
    "Signal",
    "SimulatedCar",
    "Value",
    "Write",
    "Zone",
    "list_profiles",
    "load_profile",
]
