"""The broker by itself: signals, values and who provides them."""

import asyncio
from collections.abc import Sequence

import pytest

from fujia.errors import NotWritable, UnknownSignal
from fujia.serve.kuksa.board import Slot
from fujia.serve.kuksa.broker import Broker, Request, readable
from fujia.serve.kuksa.paths import PatternError
from fujia.serve.kuksa.status import Refusal
from fujia.serve.kuksa.tokens import Permissions
from fujia.vehicle import SimulatedCar
from tests.serve.kuksa.asking import HEATING, LACKING, SPEED, WINDOW

FRAGRANCE = "Vehicle.Cabin.Fragrance.IsActive"


class Notebook:
    """A provider that writes down what it is asked for."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def forward(self, requests: Sequence[Request]) -> None:
        self.requests.extend(requests)


def test_it_knows_all_of_vss_and_the_overlays_of_the_car(car: SimulatedCar):
    broker = Broker(car)
    assert broker.signal(LACKING).datatype == "uint8"
    assert broker.signal(FRAGRANCE).origin == "overlay"
    assert broker.path(broker.number(FRAGRANCE)) == FRAGRANCE
    for unknown in (broker.signal, broker.find):
        with pytest.raises(UnknownSignal):
            unknown("Vehicle.Warp")
    with pytest.raises(UnknownSignal):
        broker.path(0)
    with pytest.raises(PatternError):
        broker.signal("V" * 1001)


def test_it_shows_what_the_car_shows_until_it_is_told_to_end(car: SimulatedCar):
    async def scenario() -> None:
        broker = Broker(car)
        assert broker.value(SPEED).value is None
        end = broker.start()
        assert broker.value(SPEED).value == 0.0
        await asyncio.to_thread(car.set, SPEED, 5)
        await asyncio.sleep(0.01)
        assert broker.value(SPEED).value == 5.0
        end()
        await asyncio.to_thread(car.set, SPEED, 6)
        await asyncio.sleep(0.01)
        assert broker.value(SPEED).value == 5.0

    asyncio.run(scenario())


def test_what_changes_at_one_moment_is_one_message(car: SimulatedCar):
    async def scenario() -> None:
        broker = Broker(car)
        broker.start()
        slots = [Slot(SPEED), Slot("Vehicle.IsMoving")]
        subscription = broker.follow(slots)
        await broker.publish(SPEED, 30.0)
        message = await subscription.take()
        assert {slot.path: point.value for slot, point in message.items()} == {
            SPEED: 30.0, "Vehicle.IsMoving": True,
        }  # fmt: skip
        broker.leave(subscription, slots)

    asyncio.run(scenario())


def test_a_target_is_for_actuators(car: SimulatedCar):
    broker = Broker(car)
    broker.aim(WINDOW, 5)
    assert broker.point(Slot(WINDOW, is_target=True)).value == 5
    assert broker.value(WINDOW).value is None
    with pytest.raises(NotWritable):
        broker.aim(SPEED, 5.0)


def test_claims_are_whole_and_end_with_the_provider(car: SimulatedCar):
    async def scenario() -> None:
        broker, first, second = Broker(car), Notebook(), Notebook()
        broker.claim([WINDOW], first)
        broker.claim([WINDOW], first)
        with pytest.raises(Refusal, match="has a provider already"):
            broker.claim([LACKING, WINDOW], second)
        with pytest.raises(Refusal, match="nobody provides"):
            await broker.actuate([(WINDOW, 1), (LACKING, 1)])
        await broker.actuate([(WINDOW, 1), (HEATING, 33), (WINDOW, 2)])
        assert first.requests == [(WINDOW, 1), (WINDOW, 2)]
        assert [each.path for each in car.actuations] == [HEATING]
        broker.disclaim(first)
        broker.claim([WINDOW, LACKING], second)
        await broker.actuate([(LACKING, 7)])
        assert second.requests == [(LACKING, 7)]

    asyncio.run(scenario())


def test_what_may_be_read(car: SimulatedCar):
    broker = Broker(car)
    signals = [broker.signal(path) for path in (SPEED, WINDOW)]
    assert readable(Permissions({"read": (SPEED,)}), signals) == signals[:1]
