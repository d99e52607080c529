from collections.abc import Mapping

import pytest

from fujia import Profile, SimulatedCar, list_profiles, load_profile
from fujia.errors import InputError
from fujia.foundry.verify import ProvingGround, copied, elsewhere
from fujia.understanding.plan import Argument, Command, Condition, Plan


@pytest.fixture(scope="module")
def ground() -> ProvingGround:
    return ProvingGround([load_profile(name) for name in list_profiles()])


def plan(*commands: tuple[str, Mapping[str, Argument]]) -> Plan:
    return Plan(commands=tuple(Command(skill=name, args=dict(args)) for name, args in commands))


def window(position: float | str, **more: Argument) -> Plan:
    return plan(("window.position", {"position": position, **more}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (window("50%"), window("mid")),
        (window(50), window(50, zone="driver")),
        (plan(("seat.heating", {"level": 3})), plan(("seat.heating", {"level": "max"}))),
        (plan(("light.dome", {})), plan(("light.dome", {"on": True}))),
        (
            plan(("unknown.function", {"text": "跳个舞"})),
            plan(("unknown.function", {"text": "跳舞"})),
        ),
    ],
)
def test_two_ways_to_the_same_end_state_agree(ground: ProvingGround, one: Plan, other: Plan):
    assert ground.agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (window(50), window(50, zone="all")),
        # Nothing moves in a car that has just been started, but in another state it does.
        (window(0), plan(("sunroof.position", {"position": 0}))),
        (plan(("light.dome", {"on": False})), plan(("light.hazard", {"on": False}))),
        (plan(("climate.ac", {})), plan(("climate.power", {}))),
        # Seven is the highest level of one car and not of another.
        (plan(("climate.fan", {"level": 7})), plan(("climate.fan", {"level": "max"}))),
        (plan(("chat.reply", {})), plan(("vehicle.range", {}))),
        (plan(("washer.front", {})), plan(("phone.hang_up", {}))),
        (
            plan(("navigation.start", {"destination": "机场"})),
            plan(("navigation.start", {"destination": "车站"})),
        ),
        (plan(("media.play", {"title": "晴天"})), plan(("media.play", {"query": "晴天"}))),
        (Plan(act="undo"), Plan(act="cancel")),
        (window(0), window(0).model_copy(update={"act": "confirm"})),
    ],
)
def test_plans_that_do_other_things_do_not_agree(ground: ProvingGround, one: Plan, other: Plan):
    assert not ground.agree(one, other)
    assert ground.agree(one, one)


def test_a_condition_is_a_part_of_the_end_state(ground: ProvingGround):
    rain = window(0).commands[0].model_copy(update={"condition": Condition(fact="rain")})
    dark = rain.model_copy(update={"condition": Condition(fact="dark")})
    assert not ground.agree(Plan(commands=(rain,)), Plan(commands=(dark,)))
    assert not ground.agree(Plan(commands=(rain,)), window(0))


@pytest.mark.parametrize(
    ("text", "given", "problem"),
    [
        ("打开车窗", plan(("window.fly", {})), "no skill 'window.fly'"),
        ("打开车窗", plan(("window.position", {})), "position: Field required"),
        ("打开车窗", window("a lot"), "not an amount"),
        ("打开车窗", window(100, zone="moon"), "zone"),
        ("打开车窗", window(100, colour="red"), "colour"),
        ("导航去机场", plan(("navigation.start", {"destination": "火车站"})), "was not said"),
        ("打开车窗", Plan(), "without commands"),
        ("撤销", window(0).model_copy(update={"act": "undo"}), "'undo' with commands"),
        ("关副驾儿童锁", plan(("door.child_lock", {"zone": "driver"})), "on every vehicle"),
    ],
)
def test_what_is_wrong_with_a_label_is_said(
    ground: ProvingGround, text: str, given: Plan, problem: str
):
    assert problem in " ".join(ground.problems(given, text))


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("导航去机场", plan(("navigation.start", {"destination": "机场"}))),
        ("氛围灯红色", plan(("light.ambient_color", {"color": "red"}))),
        ("车窗关了吗", plan(("vehicle.status", {"thing": "window.position"}))),
        ("放 ＡＢＢＡ 的歌", plan(("media.play", {"artist": "abba"}))),
        ("跳个舞", plan(("unknown.function", {"text": "跳个舞"}))),
        ("没关系", Plan(act="deny")),
        # One of the vehicles has it: that is enough.
        ("打开天窗", plan(("sunroof.position", {"position": 100}))),
        # Out of range is understood all the same.
        ("空调开到50度", plan(("climate.temperature", {"temperature": 50}))),
    ],
)
def test_a_good_label_has_no_problems(ground: ProvingGround, text: str, given: Plan):
    assert ground.problems(given, text) == []


def test_words_are_found_whatever_their_script_case_and_spaces():
    assert copied("我想聽周傑倫", "周杰伦")
    assert copied("play Hey   Jude", "hey jude")
    assert not copied("导航去机场", "车站")


@pytest.mark.parametrize("name", list_profiles())
def test_elsewhere_moves_most_of_what_may_be_moved(name: str):
    profile: Profile = load_profile(name)
    moved, car = elsewhere(profile), SimulatedCar(profile, elsewhere(profile))
    start = SimulatedCar(profile).snapshot()
    assert len(moved) > 60
    assert sum(car.snapshot()[path] != start[path] for path in moved) > 0.9 * len(moved)
    assert all(profile.signals[path].safety not in ("driving", "never") for path in moved)


def test_there_must_be_a_vehicle():
    with pytest.raises(InputError, match="no vehicle profile"):
        ProvingGround([])
