"""The schema is made of the skills and the rules, so it has all of them."""

from fujia.cabin.skills import SKILLS
from fujia.foundry.schema import build_schema
from fujia.understanding.plan import PLAN_SCHEMA_VERSION
from fujia.understanding.student.schema import END, LAST, SPAN

SCHEMA = build_schema()


def test_every_skill_with_every_argument() -> None:
    assert set(SCHEMA.skills) == set(SKILLS)
    for name, arguments in SCHEMA.skills.items():
        assert list(arguments) == list(SKILLS[name].arguments.model_fields)
        assert f"skill:{name}" in SCHEMA.ids


def test_symbols_are_all_there_and_once() -> None:
    assert len(set(SCHEMA.symbols)) == len(SCHEMA.symbols)
    assert SCHEMA.symbols[0] == END
    for arguments in SCHEMA.skills.values():
        for name, forms in arguments.items():
            assert forms
            assert len(set(forms)) == len(forms)
            assert {form.partition("=")[0] for form in forms} == {name}
            assert set(forms) <= set(SCHEMA.ids)


def test_what_may_fill_an_argument() -> None:
    heating = SCHEMA.skills["seat.heating"]
    assert {"zone=driver", "zone=all", f"zone={LAST}"} <= set(heating["zone"])
    assert {"level=#", "level=+", "level=max", "level=0"} <= set(heating["level"])
    assert {"on=true", "on=false"} <= set(SCHEMA.skills["climate.ac"]["on"])
    assert f"title={SPAN}" in SCHEMA.skills["media.play"]["title"]
    assert "color=red" in SCHEMA.skills["light.ambient_color"]["color"]
    assert f"level={SPAN}" not in heating["level"]


def test_conditions_with_and_without_a_number() -> None:
    assert {"if:rain:is", "if:rain:is_not", "if:speed:above:#"} <= set(SCHEMA.symbols)
    assert "if:speed:is" not in SCHEMA.ids


def test_it_is_the_same_every_time_and_of_this_version() -> None:
    assert build_schema() == SCHEMA
    assert SCHEMA.version == PLAN_SCHEMA_VERSION
