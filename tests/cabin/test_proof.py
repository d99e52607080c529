import pytest

from fujia.cabin.proof import carry_out, is_proven
from fujia.cabin.tracer import Tracer
from fujia.understanding.plan import Language
from fujia.vehicle import Fault, SimulatedCar, Value, Write, load_profile

ROOF, SWITCH = "Vehicle.Cabin.Sunroof.Position", "Vehicle.Cabin.Sunroof.Switch"
HALF = Write(SWITCH, "OPEN", reads=ROOF, expect=50, release="INACTIVE")
TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
AMBIENT = "Vehicle.Cabin.Light.IsDomeOn"


def act(car: SimulatedCar, *writes: Write, language: Language = "zh") -> tuple[bool, str | None]:
    proof = carry_out(car, writes, car.snapshot(), language, Tracer())
    return proof.reached, proof.reason


@pytest.fixture
def car() -> SimulatedCar:
    return SimulatedCar(load_profile("i5"))


@pytest.mark.parametrize(
    ("wanted", "read", "proven"),
    [
        (22.0, 22.0, True), (22.0, 22.1, True), (22.0, 22.5, False), (22.0, 22, True),
        (50, 50, True), (50, 49, False), (True, True, True), (True, 1, False), (1, True, False),
        ("AUTO", "AUTO", True), (["a"], ["a"], True), (50, None, False), (2.0, "2", False),
    ],
)  # fmt: skip
def test_what_proves_a_write(wanted: Value, read: Value | None, proven: bool) -> None:
    assert is_proven(Write("x", wanted), read) is proven


def test_a_held_switch_is_let_go_where_it_should_stop(car: SimulatedCar) -> None:
    assert act(car, HALF) == (True, None)
    car.settle()
    assert (car.read(ROOF), car.read(SWITCH)) == (50, "INACTIVE")


def test_a_held_switch_is_let_go_even_if_the_roof_sticks(car: SimulatedCar) -> None:
    car.inject(Fault(ROOF, "blocked", at=30))
    reached, reason = act(car, HALF)
    assert not reached
    assert reason == "还在30%"
    assert car.actuations[-1].value == "INACTIVE"
    car.clear_faults()
    car.settle()
    assert car.read(ROOF) == 30


@pytest.mark.parametrize(
    ("write", "language", "reason"),
    [
        (Write(TEMPERATURE, 25.0), "zh", "还在22度"),
        (Write(TEMPERATURE, 25.0), "en", "still at 22 degrees"),
        (Write(AMBIENT, True), "zh", "没有生效"),
        (Write(AMBIENT, True), "en", "it had no effect"),
    ],
)
def test_a_silent_control_unit_is_found_out(
    car: SimulatedCar, write: Write, language: Language, reason: str
) -> None:
    car.inject(Fault(write.path, "silent"))
    assert act(car, write, language=language) == (False, reason)


@pytest.mark.parametrize("write", [Write("Vehicle.Speed", 3.0), Write(TEMPERATURE, 99.0)])
def test_what_the_car_does_not_take_is_a_reason(car: SimulatedCar, write: Write) -> None:
    assert act(car, write) == (False, "车辆不接受这个值")


def test_a_lost_car_is_known_as_lost(car: SimulatedCar) -> None:
    state = car.snapshot()
    car.inject(Fault("*", "offline"))
    proof = carry_out(car, (HALF,), state, "zh", Tracer())
    assert (proof.reached, proof.lost) == (False, True)
