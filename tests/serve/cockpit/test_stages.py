import pytest

from fujia.errors import UnknownSession, UnknownVehicle
from fujia.serve.cockpit.stages import Stages
from fujia.serve.cockpit.world import load_world
from fujia.serve.sessions import Sessions


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


def test_everybody_sees_the_same_car_unless_the_address_names_another(sessions: Sessions):
    stages = Stages(sessions, "i5")
    shared = stages.find()
    assert stages.find() is shared
    assert shared.session.vehicle == "i5"
    assert stages.find(vehicle="generic-ev").session.vehicle == "generic-ev"
    own = sessions.create("i5")
    assert stages.find(own.id).session is own


def test_a_car_that_was_closed_is_followed_by_a_fresh_one(sessions: Sessions):
    stages = Stages(sessions, "i5")
    first = stages.find()
    sessions.close(first.session.id)
    second = stages.find()
    assert second.session.id != first.session.id
    with pytest.raises(UnknownSession):
        stages.find(first.session.id)


def test_no_such_vehicle(sessions: Sessions):
    with pytest.raises(UnknownVehicle):
        Stages(sessions, "i5").find(vehicle="tractor")


def test_what_is_repaired_leaves_the_other_faults_alone(sessions: Sessions):
    window, seat, *_ = load_world().faults
    stage = Stages(sessions, "i5").find()
    stage.toggle(window)
    stage.toggle(seat)
    stage.toggle(window)
    assert stage.faults == [seat]
    assert stage.session.say("打开主驾车窗").outcome == "done"
    assert stage.session.say("打开主驾座椅加热").outcome == "failed"
