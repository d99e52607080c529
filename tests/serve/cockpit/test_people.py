from collections.abc import Generator
from pathlib import Path

import pytest

from fujia.errors import InputError
from fujia.garage import Garage
from fujia.serve.cockpit.people import People
from fujia.serve.cockpit.texts import load_texts
from fujia.serve.sessions import Sessions

ZH = load_texts("zh")
SEAT = "Vehicle.Cabin.Seat.Row1.PassengerSide.OccupancyStatus"


@pytest.fixture
def people(tmp_path: Path) -> Generator[People]:
    sessions = Sessions(Garage(memory_folder=tmp_path))
    yield People(sessions.create(), ZH)
    sessions.close_all()


def row(people: People, place: str) -> str:
    """What is shown for one seat."""
    return people.html().split(f"<legend>{place}</legend>")[1].split("</fieldset>")[0]


def test_somebody_sits_down_by_name_and_is_offered_by_name_afterwards(people: People):
    people.sit("passenger=Anna")
    assert people.name("passenger") == "Anna"
    assert people.session.memory("passenger").keeps
    assert people.session.car.read(SEAT) == "OCCUPIED"
    assert 'value="Anna"' in row(people, "副驾")
    people.consent("passenger.position")
    people.sit("passenger.guest")
    assert people.name("passenger") == ""
    assert '<option value="Anna">' in people.html()


def test_a_child_is_shown_as_one_and_cannot_consent(people: People):
    people.sit("rear_left.child")
    assert people.name("rear_left") == "儿童"
    assert "consent:" not in row(people, "左后")
    with pytest.raises(InputError):
        people.consent("rear_left.position")


def test_a_seat_that_somebody_left_is_empty(people: People):
    people.sit("passenger.guest")
    assert 'passenger.guest" aria-pressed="true"' in row(people, "副驾")
    people.sit("passenger.nobody")
    assert people.session.car.read(SEAT) == "EMPTY"
    assert 'passenger.nobody" aria-pressed="true"' in row(people, "副驾")


def test_consent_is_given_seen_and_taken_back(people: People):
    people.sit("driver=Anna")
    assert 'consent:driver.position" aria-checked="false"' in row(people, "主驾")
    people.consent("driver.position")
    assert people.session.memory("driver").consents.allows("position")
    assert 'consent:driver.position" aria-checked="true"' in row(people, "主驾")
    (held,) = people.session.memory("driver").consents.all()
    term = f"{held.given.date()} 至 {held.expires.date()}"
    assert row(people, "主驾").count(term) == 1, "it says until when"
    people.consent("driver.position")
    assert term not in row(people, "主驾")
    assert not people.session.memory("driver").consents.allows("position")


def test_a_name_is_text_and_never_markup(people: People):
    people.sit("driver=<b>Bo</b>")
    assert "<b>Bo" not in people.html()
    with pytest.raises(InputError):
        people.sit(f"driver={'x' * 61}")


@pytest.mark.parametrize("strange", ["roof.guest", "driver.king", "driver", "", "."])
def test_what_our_script_never_sends_changes_nothing(people: People, strange: str):
    before = people.html()
    people.sit(strange)
    people.consent(strange)
    assert people.html() == before


def test_where_nobody_is_remembered_there_is_nothing_to_show():
    sessions = Sessions()
    people = People(sessions.create(), ZH)
    people.sit("driver=Anna")
    people.consent("driver.position")
    assert (people.html(), people.name("driver")) == ("", "")
    sessions.close_all()
