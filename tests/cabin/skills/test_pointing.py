import pytest

from fujia.cabin.skills.pointing import names
from fujia.understanding.plan import Argument, Command, Plan
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.talk import cabin_with


def test_a_word_that_only_points_names_nothing():
    assert names("places", "过去") is None
    assert names("places", " There ") is None
    assert names("people", "them") is None
    assert names("places", None) is None
    assert names("places", "过去书店") == "过去书店"
    assert names("people", "妈妈") == "妈妈"


@pytest.mark.parametrize(
    ("skill", "args", "asks"),
    [
        ("navigation.start", {"destination": "过去"}, "要去哪里？"),
        ("navigation.add_stop", {"place": "那里"}, "要加哪个地方？"),
        ("phone.call", {"contact": "她"}, "要打给谁？"),
    ],
)
def test_where_somebody_only_points_the_car_asks_and_does_nothing(
    skill: str, args: dict[str, Argument], asks: str
):
    cabin = cabin_with({"去吧": Plan(commands=(Command(skill=skill, args=args),))})
    before = SimulatedCar(load_profile("i5")).snapshot()
    turn = cabin.say("去吧")
    assert (turn.outcome, turn.reply) == ("question", asks)
    assert cabin.car.snapshot() == before
