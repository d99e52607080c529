import pytest

from fujia import Cabin, SimulatedCar, Value, load_profile
from fujia.serve.cockpit import shell
from fujia.serve.cockpit.picture import Picture
from fujia.serve.cockpit.texts import load_texts
from fujia.serve.cockpit.world import load_world

I5 = load_profile("i5")
EN = Picture(I5, load_texts("en"))
ZH = load_texts("zh")


def test_only_what_waits_for_a_yes_has_buttons_for_it():
    cabin = Cabin(car=SimulatedCar(I5, {"Vehicle.Body.Raindetection.Intensity": 40}))
    assert "answer:yes" in shell.turn_block(cabin.say("打开天窗"), ZH)
    assert "answer:yes" not in shell.turn_block(cabin.say("打开双闪"), ZH)


def test_examples_stand_there_until_somebody_speaks():
    assert ZH.examples[0] in shell.talk_html([], "driver", ZH, {})
    said = shell.talk_html([Cabin("i5").say("打开双闪")], "driver", ZH, {})
    assert ZH.examples[0] not in said
    assert "打开双闪" in said


def test_the_details_of_a_part_show_every_signal_with_its_value():
    state = SimulatedCar(I5, {"Vehicle.Body.Trunk.Rear.Position": 35}).snapshot()
    part = EN.parts["tailgate"]
    html = shell.details_html(part, EN, state)
    assert all(f'data-signal="{path}"' in html for path in part.paths(I5))
    assert ">35%</td>" in html


def test_a_car_that_does_not_answer_has_dashes_for_values():
    html = shell.details_html(EN.parts["tailgate"], EN, {})
    assert html.count(">–</td>") == html.count("<td")


def test_the_world_shows_what_is_set_and_what_is_broken():
    world = load_world()
    state = SimulatedCar(I5, {"Vehicle.Speed": 50.0}).snapshot()
    html = shell.world_html(world, [world.faults[1].fault()], EN, state)
    assert 'value="50.0"' in html
    assert f'data-do="fault:1" title="{EN.texts.word("faults_hint")}" aria-pressed="true"' in html
    assert html.count("fault:") == len(world.faults)


@pytest.mark.parametrize(
    ("value", "shown"), [(True, "true"), (False, "false"), (126, "126"), (5.0, "5"), ("A", "A")]
)
def test_values_as_the_script_compares_them(value: Value, shown: str):
    assert shell.raw(value) == shown


def test_words_are_text_and_nothing_else():
    assert "<script>" not in shell.problem_html("<script>")
    turn = Cabin("i5").say("导航去<script>")
    assert "<script>" not in shell.turn_block(turn, ZH) + shell.glance_block(turn, ZH)
