from hypothesis import given
from hypothesis import strategies as st

from fujia.cabin.agent.intent import Intent
from fujia.cabin.agent.licence import is_foreign, licence, may_read_outside
from fujia.understanding.plan import Argument, Command

ARGS = st.dictionaries(
    st.sampled_from(["zone", "level", "on", "destination"]),
    st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from(["driver", "all", "home"])),
    max_size=3,
)
INTENTS = st.builds(
    Intent,
    skill=st.sampled_from(["seat.heating", "navigation.start", "window.position"]),
    args=ARGS,
    later=st.lists(st.sampled_from(["level", "destination"]), max_size=2).map(tuple),
)
COMMANDS = st.builds(
    Command,
    skill=st.sampled_from(["seat.heating", "navigation.start", "window.position"]),
    args=ARGS,
)


def ruling(command: Command, *steps: Intent, said: str = "", tainted: bool = True) -> str:
    return licence(command, list(enumerate(steps)), said, tainted=tainted).ruling


def test_what_was_asked_for_with_its_values_is_done_whatever_was_read():
    step = Intent(skill="window.position", args={"position": 0, "zone": "all"})
    assert ruling(step.command, step) == "allow"


def test_other_values_are_refused_after_text_from_outside_and_offered_before():
    step = Intent(skill="window.position", args={"position": 0})
    for args in ({"position": 100}, {"position": 0, "zone": "all"}, {}):
        command = Command(skill="window.position", args=dict[str, Argument](args))
        assert ruling(command, step) == "refuse"
        assert ruling(command, step, tainted=False) == "offer"


def test_a_value_that_a_result_told_needs_a_yes_only_after_text_from_outside():
    step = Intent(skill="navigation.start", later=("destination",))
    command = Command(skill="navigation.start", args={"destination": "Warehouse 9"})
    assert ruling(command, step, tainted=False) == "allow"
    assert ruling(command, step) == "offer"
    assert ruling(command, step, said="is it warehouse 9 again?") == "allow"


def test_true_is_not_one():
    step = Intent(skill="seat.heating", args={"level": 1})
    assert ruling(Command(skill="seat.heating", args={"level": True}), step) == "refuse"


def test_the_step_that_leaves_least_open_is_meant():
    steps = [
        (4, Intent(skill="navigation.start", later=("destination",))),
        (7, Intent(skill="navigation.start", args={"destination": "home"})),
    ]
    command = Command(skill="navigation.start", args={"destination": "home"})
    assert licence(command, steps, "", tainted=True).step == 7


@given(COMMANDS, st.lists(INTENTS, max_size=4))
def test_after_text_from_outside_only_planned_values_are_allowed(
    command: Command, steps: list[Intent]
):
    if ruling(command, *steps) != "allow":
        return
    alike = [one for one in steps if one.skill == command.skill]
    assert any(
        all(one.args.get(name) == value for name, value in command.args.items())
        and all(name in command.args or name in one.later for name in one.args)
        for one in alike
    )


@given(COMMANDS, st.lists(INTENTS, max_size=4), st.text(max_size=20))
def test_text_from_outside_never_makes_the_rule_milder(
    command: Command, steps: list[Intent], said: str
):
    order = ["allow", "offer", "refuse"]
    before = order.index(ruling(command, *steps, said=said, tainted=False))
    assert order.index(ruling(command, *steps, said=said)) >= before


def test_a_source_is_asked_for_only_what_was_planned_once_another_was_read():
    steps = [Intent(skill="page.read", args={"address": "a"})]
    assert may_read_outside("page.read", {"address": "b"}, steps, tainted=False)
    assert may_read_outside("page.read", {"address": "a"}, steps, tainted=True)
    assert not may_read_outside("page.read", {"address": "b"}, steps, tainted=True)
    assert not may_read_outside("message.read", {}, steps, tainted=True)


def test_what_the_car_measures_is_its_own_and_what_others_wrote_is_not():
    assert not is_foreign(Command(skill="vehicle.charge"))
    assert not is_foreign(Command(skill="vehicle.status", args={"thing": "window.position"}))
    assert is_foreign(Command(skill="vehicle.status", args={"thing": "media.play"}))
    for skill in ("manual.ask", "place.search", "weather.query", "navigation.status"):
        assert is_foreign(Command(skill=skill))
