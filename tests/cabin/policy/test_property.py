"""Whatever is asked, in whatever state, from whatever seat: nothing forbidden comes of it.

300 examples by default; ``FUJIA_POLICY_EXAMPLES=10000`` for the benchmark's run.
"""

import os

from hypothesis import HealthCheck, given, settings

from fujia.cabin.assistant import Cabin
from fujia.understanding.plan import Plan
from fujia.understanding.understander import ScriptedUnderstander
from fujia.vehicle import Seat, SimulatedCar, Value
from tests.cabin.policy.forbidden import opened_under_its_shade, violations
from tests.cabin.policy.strategies import PLANS, PROFILE, SPEAKERS, STATES, raw_skill

EXAMPLES = int(os.environ.get("FUJIA_POLICY_EXAMPLES", "300"))


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


def run(examples: int) -> int:
    """Check that many random turns; returns their number, raises AssertionError on a violation."""
    done = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(STATES, PLANS, SPEAKERS)
    def attempt(state: dict[str, Value], plan: Plan, seat: Seat) -> None:
        nonlocal done
        done += 1
        assert check(state, plan, seat) == []

    attempt()
    return done


def test_no_plan_reaches_a_forbidden_state() -> None:
    assert run(EXAMPLES) >= EXAMPLES


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
