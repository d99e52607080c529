"""Cars and cabins as the settings want them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

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
from fujia.cabin.memory import Memories
from fujia.cabin.memory.memories import local_now
from fujia.cabin.models import use_models
from fujia.cabin.tracer import Observer
from fujia.errors import InputError, MissingExtra
from fujia.settings import Settings
from fujia.understanding.plan import Language

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Broker:
    """The KUKSA databroker that a car stands behind; see ``fujia.vehicle.kuksa``."""

    address: str
    ca: Path | None = None
    server_name: str | None = None
    token_file: Path | None = None

    def car(self, profile: Profile) -> Car:
        """The car behind it, reached or not; raises InputError or MissingExtra."""
        try:
            from fujia.vehicle.kuksa.car import KuksaCar
            from fujia.vehicle.kuksa.connection import Connection
        except ImportError:
            raise MissingExtra("kuksa") from None
        connection = Connection.parse(
            self.address, ca=self.ca, server_name=self.server_name, token_file=self.token_file
        )
        return KuksaCar(profile, connection)


def _no_models() -> None:
    """Nobody to ask."""


@dataclass(frozen=True, slots=True)
class Garage:
    """Where cars come from, and who speaks in them."""

    data_folders: tuple[Path, ...] = ()
    persona: str = "fujia"
    understander: Literal["student", "grammar"] = "student"
    student_dir: Path | None = None
    """A student of one's own; None for the one that is shipped."""
    broker: Broker | None = None
    """Where the cars are driven through; None for simulated ones."""
    memory_folder: Path | None = None
    """Where people are remembered; None: nobody is."""
    driver: str = ""
    """Whose memory the driver's seat has; empty: a guest's."""
    suggests: bool = False
    """Whether cabins that remember suggest things as well."""
    models: "Callable[[], Gateway | None]" = _no_models
    """The language models that cabins which remember may ask, once somebody agreed."""
    offers_models: bool = False
    """Whether such a cabin says once, where there are none, how to set one up."""
    clock: Callable[[], datetime] = local_now
    """The clock on the wall, with its zone, that consents and routines go by."""

    @classmethod
    def of(cls, settings: Settings, kuksa_broker: str | None = None) -> "Garage":
        """The garage that the settings describe; ``kuksa_broker`` replaces that of the settings.

        Cabins may ask the language models of these settings from then on.
        """
        models = partial(_conversation, settings) if settings.language_model else _no_models
        use_models(models)
        garage = cls(
            (settings.data_dir,),
            settings.persona,
            settings.understander,
            settings.student_dir,
            memory_folder=settings.memory_dir,
            driver=settings.driver,
            suggests=settings.suggestions,
            models=models,
            offers_models=settings.language_model,
        )
        address = kuksa_broker or settings.kuksa_broker
        if address is None:
            return garage
        files = settings.kuksa_ca, settings.kuksa_server_name, settings.kuksa_token_file
        return replace(garage, broker=Broker(address, *files))

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

    def open_car(self, profile: Profile, state: Mapping[str, Value] | None = None) -> Car:
        """The car behind the broker, else a simulated one; raises InputError or MissingExtra."""
        if self.broker is None:
            return self.car(profile, state)
        if state:
            raise InputError("the start state of a car behind a broker cannot be chosen")
        return self.broker.car(profile)

    def cabin(
        self,
        car: Car,
        *,
        understander: Understander | None = None,
        language: Language | None = None,
        observer: Observer | None = None,
        remembers: bool = False,
        driver: str | None = None,
    ) -> Cabin:
        """A cabin around a car; raises InputError for an unknown persona.

        ``remembers``: people have memories, and the driver gets suggestions. ``driver`` is who
        that is; None for the one that the settings name, empty for a guest.
        """
        return Cabin(
            car=car,
            understander=understander or self._understander(),
            persona=self.persona,
            data_folders=self.data_folders,
            language=language,
            observer=observer,
            memories=self.memories(driver) if remembers else None,
            suggests=remembers and self.suggests,
            clock=self.clock,
            models=self.models() if remembers else None,
            offers_models=remembers and self.offers_models,
        )

    def memories(self, driver: str | None = None) -> Memories | None:
        """The memories of the settings, with the driver in their seat; None without a folder.

        ``driver`` replaces that of the settings; empty for a guest.

        Raises:
            DataError: the driver's memory is damaged.
        """
        if self.memory_folder is None:
            return None
        memories = Memories(self.memory_folder, self.clock)
        memories.seat("driver", self.driver if driver is None else driver)
        return memories

    def _understander(self) -> Understander:
        """What the settings ask for; the grammar alone where the student cannot be used."""
        from fujia.understanding.grammar import GrammarUnderstander

        if self.understander == "grammar":
            return GrammarUnderstander()
        from fujia.understanding.student.understander import SHIPPED, default_understander

        return default_understander(self.student_dir or SHIPPED)


def _conversation(settings: Settings) -> "Gateway | None":
    """The models that a conversation may ask; None where none is set up."""
    from fujia.llm.config import load_config
    from fujia.llm.gateway import is_installed

    config = load_config(settings.data_dir)
    chain = config.chain("fast", settings.market)
    has_any = config.enabled and any(config.models[name].has_key for name in chain)
    return _shared(settings) if has_any and is_installed() else None


_gateways: "dict[str, Gateway]" = {}


def _shared(settings: Settings) -> "Gateway":
    """One gateway for all cabins: whoever speaks is asked for their own consent."""
    from fujia.cabin.fusion.speaker import SpeakerConsent
    from fujia.llm.gateway import Gateway

    key = settings.model_dump_json()
    if key not in _gateways:
        consent = SpeakerConsent()
        _gateways[key] = Gateway.of(settings, consent=consent, known=consent.known)
    return _gateways[key]
