from dataclasses import replace

from fujia.cabin.truth import Written, mismatches
from fujia.cabin.turn import Turn
from fujia.understanding.plan import Command
from fujia.vehicle import SimulatedCar
from tests.cabin.talk import WINDOW, cabin_with, car_of, command, plan

OPEN = command("window.position", zone="driver", position=50)
WASH = command("washer.front")


class Watched:
    """One turn, with what an onlooker saw of the car."""

    def __init__(self, *commands: Command) -> None:
        cabin = cabin_with({"说": plan(*commands)})
        self.car: SimulatedCar = car_of(cabin)
        self.before = self.car.snapshot()
        self.turn = cabin.say("说")
        self.after = self.car.snapshot()
        self.asked: list[Written] = [(one.path, one.value) for one in self.car.actuations]
        self.changes: list[Written] = [(one.path, one.new) for one in self.car.log]

    def check(self, turn: Turn | None = None) -> list[str]:
        profile, turn = self.car.profile, turn or self.turn
        return mismatches(turn, profile, self.before, self.after, self.asked, self.changes)


def test_a_true_turn_has_no_mismatch() -> None:
    close = command("window.position", zone="driver", position=0)
    assert Watched(OPEN).check() == []
    assert Watched(OPEN, WASH, close).check() == []
    assert Watched(command("tailgate.position"), command("drive.gear", gear="D")).check() == []


def test_a_later_wish_takes_over_what_an_earlier_one_claimed() -> None:
    off = command("climate.power", on=False)
    fan = command("climate.fan", level=1)
    seen = Watched(off, fan, off)
    assert seen.turn.outcome == "done"
    assert seen.check() == []
    first, second, third = seen.turn.actions
    companion = replace(third, companion=True)
    found = seen.check(replace(seen.turn, actions=(first, second, companion)))
    assert any("climate.fan" in one and "ends as False" in one for one in found)


def test_a_claim_without_a_deed_is_found() -> None:
    seen = Watched(OPEN)
    action = replace(seen.turn.actions[0], args={"zone": "driver", "position": 80})
    found, *_ = seen.check(replace(seen.turn, actions=(action,)))
    assert found == f"window.position {action.args}: done, but {WINDOW} is 50, not 80"


def test_a_deed_without_a_claim_is_found() -> None:
    seen = Watched(OPEN)
    action = replace(seen.turn.actions[0], outcome="refused")
    found = seen.check(replace(seen.turn, actions=(action,)))
    assert f"wrote what no action claims or failed at: {WINDOW}" in found
    assert any("nothing was tried, and yet changed" in one and WINDOW in one for one in found)
