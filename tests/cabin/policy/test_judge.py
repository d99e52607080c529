from fujia.cabin.policy import Proposal, judge
from fujia.vehicle import SimulatedCar, Value, Write, load_profile

ROOF = Write("Vehicle.Cabin.Sunroof.Switch", "ONE_SHOT_OPEN", "Vehicle.Cabin.Sunroof.Position", 100)
DOOR = Write("Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", True)
WARM = Write("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature", 27.0)
RAIN = "Vehicle.Body.Raindetection.Intensity"


def propose(*writes: Write, state: dict[str, Value] | None = None, **rest: bool) -> Proposal:
    car = SimulatedCar(load_profile("i5"), state)
    return Proposal(writes, car.snapshot(), car.profile, **rest)  # type: ignore[arg-type]


def test_refuse_beats_confirm_beats_amend_beats_allow() -> None:
    state: dict[str, Value] = {RAIN: 30, "Vehicle.Speed": 50.0}
    assert judge(propose(WARM)).kind == "allow"
    assert judge(propose(WARM, ROOF)).kind == "amend"
    assert judge(propose(WARM, ROOF, state=state)).kind == "confirm"
    assert judge(propose(WARM, ROOF, DOOR, state=state)).kind == "refuse"


def test_a_yes_lifts_a_confirmation_keeps_companions_and_lifts_no_refusal() -> None:
    state: dict[str, Value] = {RAIN: 30, "Vehicle.Speed": 50.0}
    verdict = judge(propose(ROOF, state=state, confirmed=True))
    assert (verdict.kind, verdict.rule) == ("amend", "sunroof-needs-shade")
    assert [one.when for one in verdict.companions] == ["before"]
    assert judge(propose(DOOR, state=state, confirmed=True)).kind == "refuse"


def test_notes_of_every_rule_are_kept() -> None:
    notes = judge(propose(WARM, ROOF)).notes
    assert [note.text("en") for note in notes] == ["the zones are up to 5 degrees apart"]
    assert notes[0].text("zh") == "各温区最多相差5度"


def test_no_writes_are_allowed() -> None:
    assert judge(propose()).kind == "allow"


def test_a_car_that_does_not_tell_its_gear_counts_as_not_parked() -> None:
    profile = load_profile("i5")
    assert judge(Proposal((DOOR,), {}, profile)).rule == "doors-in-park"
