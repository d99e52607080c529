import pytest

from fujia import SimulatedCar, load_profile
from fujia.expert.telltales import load_telltales
from fujia.serve.cockpit.lamps import Lamps, lamp_html, lamps_html
from fujia.serve.cockpit.texts import load_texts

PROFILE = load_profile("i5")
LOW_BRAKE_FLUID = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"


@pytest.mark.parametrize(("language", "urgent"), [("zh", "立即停车"), ("en", "stop now")])
def test_a_lamp_that_is_on_says_how_urgent_it_is(language: str, urgent: str):
    lamps = Lamps(PROFILE, load_texts(language))  # type: ignore[arg-type]
    car = SimulatedCar(PROFILE, {LOW_BRAKE_FLUID: True})
    car.settle()
    html = lamps.html(car.snapshot())
    assert 'data-lamp="brake"' in html
    assert urgent in html
    assert html.index("stop_now") < html.index("parking-brake"), "the gravest first"
    assert 'data-lamp="brake"' not in lamps.html({})


def test_only_signals_of_lamps_concern_them():
    lamps = Lamps(PROFILE, load_texts("zh"))
    assert lamps.concern([LOW_BRAKE_FLUID])
    assert not lamps.concern(["Vehicle.Cabin.Infotainment.Media.Volume"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_lamp_can_be_shown(language: str):
    texts = load_texts(language)  # type: ignore[arg-type]
    for telltale in load_telltales():
        html = lamp_html(telltale, texts)
        assert "<svg aria-hidden" in html
        assert telltale.name(texts.language) in html
        assert ("<b>" in html) == (telltale.urgency != "information")


def test_their_place_is_there_while_none_is_on():
    assert 'class="lamps"' in lamps_html("", load_texts("zh"))
