from fujia.vehicle import Fault, SimulatedCar
from tests.cabin.talk import WINDOW, cabin_with, car_of, command, plan


def test_seats_that_differed_get_their_own_values_back() -> None:
    seats = [
        f"Vehicle.Cabin.Seat.Row1.{side}Side.HeatingCooling" for side in ("Driver", "Passenger")
    ]
    warm = plan(command("seat.heating", zone="front", level=3))
    cabin = cabin_with({"加热": warm}, {seats[0]: 33, seats[1]: 67})
    cabin.say("加热")
    (action,) = cabin.say("变回去").actions
    assert (action.skill, action.args) == ("seat.heating", {"zone": "front"})
    assert [cabin.car.read(seat) for seat in seats] == [33, 67]


def test_a_route_and_its_stops_are_taken_back() -> None:
    go = plan(
        command("navigation.start", destination="机场"), command("navigation.add_stop", place="家")
    )
    cabin = cabin_with({"走": go})
    before = cabin.car.snapshot()
    cabin.say("走")
    cabin.say("变回去")
    assert cabin.car.snapshot() == before


def test_a_tilted_roof_tilts_again() -> None:
    roof = "Vehicle.Cabin.Sunroof.Position"
    cabin = cabin_with({"关": plan(command("sunroof.tilt", on=False))}, {roof: -100})
    cabin.say("关")
    assert cabin.car.read(roof) == 0
    (action,) = cabin.say("变回去").actions
    assert (action.skill, action.args) == ("sunroof.tilt", {"on": True})
    assert cabin.car.read(roof) == -100


def test_half_done_is_taken_back_too() -> None:
    cabin = cabin_with({"开": plan(command("window.position", zone="driver", position=100))})
    car: SimulatedCar = car_of(cabin)
    car.inject(Fault(WINDOW, "blocked", at=40))
    assert cabin.say("开").outcome == "failed"
    car.clear_faults()
    assert cabin.say("变回去").outcome == "done"
    assert car.read(WINDOW) == 0


def test_the_deed_is_not_told_of_again() -> None:
    plans = {
        "睡": plan(command("scene.start", scene="nap")),
        "去": plan(command("navigation.start", destination="外滩")),
        "开": plan(command("tailgate.position", open=True)),
    }
    for said in plans:
        cabin = cabin_with(plans)
        before = cabin.car.snapshot()
        told = cabin.say(said).reply
        turn = cabin.say("变回去")
        assert cabin.car.snapshot() == before
        assert "恢复原样" in turn.reply
        assert turn.reply != told


def test_a_lid_at_nought_is_said_to_be_closed() -> None:
    cabin = cabin_with({"开": plan(command("tailgate.position", position=60))})
    cabin.say("开")
    assert "已关上" in cabin.say("变回去").reply


def test_what_played_before_plays_again() -> None:
    track = "Vehicle.Cabin.Infotainment.Media.Played.Track"
    cabin = cabin_with({"放": plan(command("media.play", title="晴天"))})
    before = cabin.car.read(track)
    cabin.say("放")
    assert cabin.car.read(track) == "晴天"
    assert cabin.say("变回去").outcome == "done"
    assert cabin.car.read(track) == before
