"""A small simulated world: some cities with their weather, some places around them.

It answers where no live service is connected. Whoever quotes it says that it is simulated.
"""

from collections.abc import Iterable
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml

_FILE = Path(__file__).parent / "data" / "world.yaml"
_EARTH_KM = 6371.0
_NEARBY_KM = 60.0


class Here(NamedTuple):
    """A point on the earth, in degrees."""

    latitude: float
    longitude: float


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(_Data):
    """Something with a name in both languages, and more names in any."""

    zh: str
    en: str
    names: tuple[str, ...] = ()

    def is_called(self, text: str) -> bool:
        """Whether ``text`` is one of its names; letter case does not matter."""
        wanted = text.casefold().strip()
        return any(wanted == name.casefold() for name in (self.zh, self.en, *self.names))


Thing = TypeVar("Thing", bound=Named)


class Weather(_Data):
    """One day's weather; temperatures in degrees Celsius."""

    sky: str
    low: float
    high: float


class City(Named):
    """A city and its weather of three days, today first."""

    at: Here
    weather: tuple[Weather, Weather, Weather]


class Place(Named):
    """Somewhere to drive to; ``kind`` is one of the world's categories."""

    kind: str
    at: Here


class World(_Data):
    """Everything there is."""

    skies: dict[str, Named]
    days: tuple[Named, Named, Named]
    here: tuple[str, ...] = Field(description="words for where the car is")
    categories: dict[str, Named]
    cities: tuple[City, ...]
    places: tuple[Place, ...]

    def city(self, name: str) -> City | None:
        """The city of that name, or None."""
        plain = name.strip().removesuffix("市")
        return _called(self.cities, plain)

    def city_at(self, here: Here | None) -> City | None:
        """The city that a point lies in or near, or None."""
        if here is None:
            return None
        nearest = min(self.cities, key=lambda city: distance_km(city.at, here))
        return nearest if distance_km(nearest.at, here) <= _NEARBY_KM else None

    def day(self, spoken: str | None) -> int | None:
        """0 for today (also where nothing was said), 1, 2; None for any other day."""
        if spoken is None:
            return 0
        return next((n for n, day in enumerate(self.days) if day.is_called(spoken)), None)

    def means_here(self, spoken: str) -> bool:
        """Whether the words mean where the car is."""
        return spoken.casefold().strip() in self.here

    def locate(self, name: str) -> Here | None:
        """Where a place or a city of that name is, or None."""
        found = _called(self.places, name) or self.city(name)
        return found.at if found else None

    def nearest(self, category: str, here: Here) -> list[tuple[Place, float]]:
        """Places of a category, or of that very name, with kilometres, the nearest first."""
        kinds = {kind for kind, named in self.categories.items() if named.is_called(category)}
        found = [
            (place, distance_km(place.at, here))
            for place in self.places
            if place.kind in kinds or place.is_called(category)
        ]
        return sorted((pair for pair in found if pair[1] <= _NEARBY_KM), key=lambda pair: pair[1])


@cache
def load_world() -> World:
    """The packaged world."""
    return load_yaml(_FILE, World)


def distance_km(one: Here, other: Here) -> float:
    """The great-circle distance between two points, in kilometres."""
    half_latitude = radians(other.latitude - one.latitude) / 2
    half_longitude = radians(other.longitude - one.longitude) / 2
    across = cos(radians(one.latitude)) * cos(radians(other.latitude))
    chord = sin(half_latitude) ** 2 + across * sin(half_longitude) ** 2
    return 2 * _EARTH_KM * asin(sqrt(chord))


def _called(things: Iterable[Thing], name: str) -> Thing | None:
    return next((thing for thing in things if thing.is_called(name)), None)
