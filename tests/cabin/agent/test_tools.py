from fujia.cabin.agent.tools import Missing, toolbox
from fujia.cabin.skill import Scene
from fujia.understanding.plan import Command
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.agent.acting import reader


def scene(vehicle: str = "i5") -> Scene:
    profile = load_profile(vehicle)
    return Scene(profile, SimulatedCar(profile).snapshot(), "driver", "en")


def test_the_list_is_what_this_car_has():
    i5, other = toolbox(scene()), toolbox(scene("generic-ev"))
    assert "sunroof.position" in i5.parameters
    assert other.missing(Command(skill="sunroof.position")) == Missing("sunroof.position")
    assert "unknown.function" not in i5.parameters
    assert "memory.remember" not in i5.parameters  # nobody is remembered here


def test_zones_are_those_that_have_the_thing():
    massage = toolbox(scene()).parameters["seat.massage"]["properties"]["zone"]
    assert "driver" in massage["enum"] and "rear_left" not in massage["enum"]


def test_what_is_switched_off_is_missing():
    lacking = frozenset({"sunroof.tilt", "seat.heating.zone", "message.read"})
    tools = toolbox(scene(), [reader("message.read", "")], lacking)
    assert tools.missing(Command(skill="sunroof.tilt")) == Missing("sunroof.tilt")
    assert tools.missing(Command(skill="message.read")) == Missing("message.read")
    asked = Command(skill="seat.heating", args={"zone": "driver"})
    assert tools.missing(asked) == Missing("seat.heating", "zone")
    assert tools.missing(Command(skill="seat.heating", args={"level": 1})) is None


def test_wrong_values_are_named():
    tools = toolbox(scene())
    problem = tools.problem(Command(skill="seat.heating", args={"zone": "roof"}))
    assert problem is not None and "zone" in problem
    assert tools.problem(Command(skill="seat.heating", args={"zone": "driver"})) is None


def test_a_line_is_short_and_a_tool_is_whole():
    tools = toolbox(scene(), [reader("message.read", "", number={"type": "integer"})])
    lines = tools.lines()
    assert any(one.startswith("seat.heating(level?: amount, zone?: driver|") for one in lines)
    assert sum(map(len, lines)) < 12_000
    (heating,) = tools.tools(["seat.heating", "seat.heating", "nothing"])
    assert heating.parameters["type"] == "object"
    assert "text from outside" in tools.describe("message.read")
    assert tools.is_write("seat.heating") and not tools.is_write("message.read")
