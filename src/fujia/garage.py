"""Cars and cabins as the settings want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fujia import (
    Cabin,
    Car,
    Profile,
    SimulatedCar,
    Understander,
    Value,
    list_profiles,
    load_profile,
)
from fujia.cabin.tracer import Observer
from fujia.settings import Settings
from fujia.understanding.plan import Language


@dataclass(frozen=True, slots=True)
class Garage:
    """Where cars come from, and who speaks in them."""

    data_folders: tuple[Path, ...] = ()
    persona: str = "fujia"

    @classmethod
    def of(cls, settings: Settings) -> "Garage":
        """The garage that the settings describe."""
        return cls((settings.data_dir,), settings.persona)

    @property
    def _profile_folders(self) -> tuple[Path, ...]:
        return tuple(folder / "profiles" for folder in self.data_folders)

    def names(self) -> list[str]:
        """The names of all vehicles."""
        return list_profiles(self._profile_folders)

    def profile(self, vehicle: str) -> Profile:
        """The profile of that name; raises UnknownVehicle or DataError."""
        return load_profile(vehicle, self._profile_folders)

    def car(self, profile: Profile, state: Mapping[str, Value] | None = None) -> SimulatedCar:
        """A simulated car that has come to rest in its start state; raises InputError."""
        car = SimulatedCar(profile, state or {})
        car.settle()
        return car

    def cabin(
        self,
        car: Car,
        *,
        understander: Understander | None = None,
        language: Language | None = None,
        observer: Observer | None = None,
    ) -> Cabin:
        """A cabin around a car; raises InputError for an unknown persona."""
        return Cabin(
            car=car,
            understander=understander,
            persona=self.persona,
            data_folders=self.data_folders,
            language=language,
            observer=observer,
        )
