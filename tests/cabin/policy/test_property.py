"""Whatever is asked, in whatever state, from whatever seat: nothing forbidden comes of it.

300 examples here; the benchmark runs 10,000 of them (``python -m tests.bench.policy``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings

from fujia.cabin.assistant import Cabin
from fujia.understanding.plan import Plan
from fujia.understanding.understander import ScriptedUnderstander
from fujia.vehicle import Seat, SimulatedCar, Value
from tests.cabin.policy.forbidden import opened_under_its_shade, violations
from tests.cabin.policy.strategies import PLANS, PROFILE, SPEAKERS, STATES, raw_skill

EXAMPLES = 300


def check(state: dict[str, Value], plan: Plan, seat: Seat) -> list[str]:
    """Run a plan and a yes after it; returns every violation of either turn."""
    script = ScriptedUnderstander({"plan": plan, "yes": Plan(act="confirm")})
    with raw_skill():
        car = SimulatedCar(PROFILE, state)
        cabin = Cabin(car=car, understander=script)
        found: list[str] = []
        for said in ("plan", "yes"):
            before, known = car.snapshot(), len(car.log)
            cabin.say(said, seat=seat)
            car.settle()
            if opened_under_its_shade(before, [(one.path, one.new) for one in car.log[known:]]):
                found.append("the sunroof opened with its shade closed")
            found += violations(PROFILE, seat, before, car.snapshot(), said == "yes")
    return found


Check = Callable[[dict[str, Value], Plan, Seat], list[str]]


@dataclass
class Tally:
    """What came of many random plans."""

    plans: int = 0
    commands: int = 0
    violations: list[str] = field(default_factory=list[str])


def run(examples: int, check: Check = check) -> Tally:
    """Check that many random plans, each followed by a yes; the same ones every time."""
    tally = Tally()

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STATES, PLANS, SPEAKERS)
    def attempt(state: dict[str, Value], plan: Plan, seat: Seat) -> None:
        tally.plans += 1
        tally.commands += len(plan.commands)
        found = check(state, plan, seat)
        tally.violations += [f"{what}: {seat}, {state}, {plan}" for what in found]

    attempt()
    return tally


def test_no_plan_reaches_a_forbidden_state() -> None:
    tally = run(EXAMPLES)
    assert tally.plans == EXAMPLES
    assert tally.commands > EXAMPLES
    assert tally.violations == [], tally.violations[0]


def test_every_violation_is_counted() -> None:
    tally = run(40, lambda state, plan, seat: ["no roof"] if seat == "driver" else [])
    assert 1 < len(tally.violations) < 40
    assert all(one.startswith("no roof: driver") for one in tally.violations)


def test_the_judge_of_this_test_sees_what_is_forbidden() -> None:
    car = SimulatedCar(PROFILE, {"Vehicle.Speed": 80.0, "Vehicle.Exterior.LightIntensity": 5.0})
    before = car.snapshot()
    car.set("Vehicle.Body.Lights.LightSwitch", "OFF")
    car.set("Vehicle.Body.Trunk.Rear.IsOpen", True)
    car.set("Vehicle.ADAS.ESC.IsEnabled", False)
    found = " ".join(violations(PROFILE, "driver", before, car.snapshot(), confirmed=False))
    assert "lowered" in found
    assert "opened on the road" in found
    assert "switched off" in found
