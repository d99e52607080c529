"""The broker: one car's signals for many clients, whatever protocol they speak.

An actuation goes to whoever provides the actuator: a provider from outside that has claimed it,
else the car itself. It is forwarded at once or not at all. Everything but the car's listener runs
in one event loop.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from grpc import StatusCode

from fujia.errors import ActuationRejected, CarUnreachable, NotWritable, UnknownSignal
from fujia.serve.kuksa.board import Board, Point, Slot, Subscription
from fujia.serve.kuksa.paths import LONGEST_PATH, PatternError, matching
from fujia.serve.kuksa.status import Refusal
from fujia.serve.kuksa.tokens import Permissions
from fujia.vehicle import Car, SimulatedCar, Write
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.signal import Signal, Value

_log = logging.getLogger(__name__)

Request = tuple[str, Value]
"""Path and value of one actuation."""


class Provider(Protocol):
    """Carries out actuations in place of the car."""

    def forward(self, requests: Sequence[Request]) -> None:
        """Take requests over; raises Refusal if that is not possible now."""
        ...


class Broker:
    """The signals of VSS 6.0 and of the car's profile, their values, and who provides them."""

    def __init__(self, car: Car) -> None:
        self._car = car
        self.signals: Mapping[str, Signal] = {**vss_6(), **car.profile.signals}
        self._paths = dict(enumerate(self.signals, start=1))
        self._ids = {path: number for number, path in self._paths.items()}
        self._board = Board()
        self._claims: dict[str, Provider] = {}
        self._arrived: dict[Slot, Value] = {}

    def start(self) -> Callable[[], None]:
        """Follow the car from the running event loop; returns a function that ends it."""
        loop = asyncio.get_running_loop()

        def changed(path: str, value: Value) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._arrive, path, value)

        end = self._car.subscribe(changed)
        try:
            self._put(self._car.snapshot())
        except CarUnreachable as error:
            _log.warning("the car is out of reach: %s", error)
        return end

    def signal(self, path: str) -> Signal:
        """The signal at ``path``; raises UnknownSignal or PatternError."""
        if len(path) > LONGEST_PATH:
            raise PatternError(f"a path has at most {LONGEST_PATH} characters")
        try:
            return self.signals[path]
        except KeyError:
            raise UnknownSignal(f"there is no signal {path!r}") from None

    def path(self, number: int) -> str:
        """The path of the signal with that number; raises UnknownSignal."""
        try:
            return self._paths[number]
        except KeyError:
            raise UnknownSignal(f"there is no signal with the id {number}") from None

    def number(self, path: str) -> int:
        """The number of a signal; the same as long as the server runs."""
        return self._ids[path]

    def find(self, pattern: str) -> list[Signal]:
        """The signals that a path, a branch or a pattern stands for.

        Raises:
            PatternError: it is none of them.
            UnknownSignal: it stands for nothing.
        """
        if pattern in self.signals:
            return [self.signals[pattern]]
        found = [self.signals[path] for path in matching(pattern, self.signals)]
        if not found:
            raise UnknownSignal(f"there is nothing at {pattern!r}")
        return found

    def value(self, path: str) -> Point:
        """The current value of a signal."""
        return self._board[Slot(path)]

    def point(self, slot: Slot) -> Point:
        """The point that stands in a slot."""
        return self._board[slot]

    def follow(self, slots: Iterable[Slot], buffer: int = 0) -> Subscription:
        """Follow slots; raises Refusal."""
        return self._board.follow(slots, buffer)

    def leave(self, subscription: Subscription, slots: Iterable[Slot]) -> None:
        """End a subscription."""
        self._board.leave(subscription, slots)

    async def publish(self, path: str, value: Value) -> None:
        """Let a signal have a value now, as its sensor or its provider reports it.

        Raises:
            SignalValueError: the signal does not take it.
        """
        before = self.value(path)
        if isinstance(self._car, SimulatedCar):
            await asyncio.to_thread(self._car.set, path, value)
            self._flush()
        if self.value(path) is before:  # the same value once more is news as well
            self._put({path: value})

    def aim(self, path: str, value: Value) -> None:
        """Note a target of protocol v1: it is kept and told, and reaches no provider of v2.

        Raises:
            NotWritable: the signal is no actuator.
        """
        self._actuator(path)
        self._board.put({Slot(path, is_target=True): value})

    async def actuate(self, requests: Sequence[Request]) -> None:
        """Forward valid requests to their providers; all of them, or none where one has nobody.

        Raises:
            NotWritable: a signal is no actuator.
            Refusal: nobody provides an actuator, or a provider cannot take more.
            CarUnreachable: the car does not answer.
        """
        for path, _ in requests:
            self._actuator(path)
            if path not in self._claims and not self._car.profile.has(path):
                raise Refusal(StatusCode.UNAVAILABLE, f"nobody provides {path}")
        for provider, group in groupby(requests, lambda request: self._claims.get(request[0])):
            if provider is not None:
                provider.forward(list(group))
            else:
                await self._drive([Write(path, value) for path, value in group])

    def claim(self, paths: Sequence[str], provider: Provider) -> None:
        """Let a provider carry out all actuations of these signals, or none of them.

        Raises:
            Refusal: somebody else does so already.
        """
        for path in paths:
            if self._claims.get(path, provider) is not provider:
                raise Refusal(StatusCode.ALREADY_EXISTS, f"{path} has a provider already")
        self._claims |= dict.fromkeys(paths, provider)

    def disclaim(self, provider: Provider) -> None:
        """A provider is gone: the car carries out again what it claimed."""
        self._claims = {path: each for path, each in self._claims.items() if each is not provider}

    async def _drive(self, writes: Sequence[Write]) -> None:
        try:
            await asyncio.to_thread(self._car.actuate, writes)
        except ActuationRejected as error:
            # KUKSA ends here: what became of an actuation shows in the current value only.
            _log.info("an actuation was forwarded, and rejected: %s", error)

    def _actuator(self, path: str) -> None:
        signal = self.signal(path)
        if signal.kind != "actuator":
            raise NotWritable(f"{path} is a {signal.kind} and cannot be actuated")

    def _arrive(self, path: str, value: Value) -> None:
        """Collect the changes of one moment, so that they become one message."""
        if not self._arrived:
            asyncio.get_running_loop().call_soon(self._flush)
        self._arrived[Slot(path)] = value

    def _flush(self) -> None:
        if self._arrived:
            arrived, self._arrived = self._arrived, {}
            self._board.put(arrived)

    def _put(self, values: Mapping[str, Value]) -> None:
        self._board.put({Slot(path): value for path, value in values.items()})


def readable(permissions: Permissions, signals: Iterable[Signal]) -> list[Signal]:
    """Those of the signals that may be read."""
    return [signal for signal in signals if permissions.allows("read", signal.path)]
