from datetime import UTC, datetime
from pathlib import Path

from fujia.cabin.agent.asking import needless
from fujia.cabin.agent.intent import Question
from fujia.cabin.agent.tools import toolbox
from fujia.cabin.memory.fact import Fact
from fujia.cabin.memory.memories import Memories
from fujia.cabin.skill import Scene
from fujia.vehicle import SimulatedCar, load_profile


def reason(folder: Path | None = None, **question: object) -> str | None:
    profile = load_profile("i5")
    memory = None
    if folder is not None:
        memories = Memories(folder, clock=lambda: datetime(2026, 5, 1, tzinfo=UTC))
        memories.seat("driver", "Li")
        memory = memories.of("driver")
        assert memory is not None
        memory.remember(Fact(what="temperature", value=21, name="", time=""))
    scene = Scene(profile, SimulatedCar(profile).snapshot(), "driver", "en", memory)
    asked = Question.model_validate({"text": "?", **question})
    return needless(asked, scene, toolbox(scene))


def test_a_question_that_a_change_depends_on_is_asked():
    assert reason(skill="light.ambient_color", argument="color") is None
    assert reason(skill="navigation.start", argument="destination") is None


def test_nothing_is_asked_for_what_only_reads_or_is_not_there():
    assert "no change" in str(reason(skill="vehicle.charge"))
    assert "no change" in str(reason(skill="hyper.drive"))
    assert "no tool" in str(reason(skill="washer.rear"))
    assert "no argument" in str(reason(skill="seat.heating", argument="colour"))


def test_what_goes_without_the_answer_is_not_asked():
    assert "as it stands" in str(reason(skill="seat.heating", argument="zone", args={"level": 1}))
    given = reason(skill="seat.heating", argument="level", args={"level": 1})
    assert "was given" in str(given)


def test_a_preference_is_looked_up_before_asking(tmp_path: Path):
    skill, argument = "climate.temperature", "temperature"
    assert "known: temperature 21" in str(reason(tmp_path, skill=skill, argument=argument))
    assert reason(skill=skill, argument=argument) is None
