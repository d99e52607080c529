import pytest

from fujia.errors import UnknownSession, UnknownVehicle
from fujia.serve.cockpit.stages import find_stage
from fujia.serve.sessions import Sessions


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


def test_everybody_sees_the_same_car_unless_the_address_names_another(sessions: Sessions):
    shared = find_stage(sessions, "i5")
    assert find_stage(sessions, "i5") is shared
    assert shared.vehicle == "i5"
    assert find_stage(sessions, "i5", vehicle="generic-ev").vehicle == "generic-ev"
    own = sessions.create("i5")
    assert find_stage(sessions, "i5", own.id) is own


def test_a_car_that_was_closed_is_followed_by_a_fresh_one(sessions: Sessions):
    first = find_stage(sessions, "i5")
    sessions.close(first.id)
    second = find_stage(sessions, "i5")
    assert second.id != first.id
    with pytest.raises(UnknownSession):
        find_stage(sessions, "i5", first.id)


def test_no_such_vehicle(sessions: Sessions):
    with pytest.raises(UnknownVehicle):
        find_stage(sessions, "i5", vehicle="tractor")
