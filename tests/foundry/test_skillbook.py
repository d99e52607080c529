from fujia import SKILLS
from fujia.foundry.skillbook import answer_schema, canonical, describe, free_arguments


def test_every_skill_has_a_line_with_its_arguments():
    lines = {line.split("(")[0]: line for line in describe().splitlines()}
    assert lines.keys() == SKILLS.keys()
    assert "temperature!: amount, zone: zone" in lines["climate.temperature"]
    assert "action!: play|pause|next" in lines["media.control"]
    assert "time: HH:MM" in lines["charging.timer"]
    assert "height!: low|normal|high|amount" in lines["drive.suspension"]
    assert "red" in lines["light.ambient_color"]
    assert lines["light.ambient_color"].split("zone")[0].rstrip(", ").endswith("|words")


def test_free_arguments_hold_words_and_canonical_values_stand_for_some():
    assert free_arguments("media.play") == {"title", "artist", "album", "genre", "query"}
    assert free_arguments("climate.temperature") == frozenset()
    assert {"red", "blue"} <= canonical("light.ambient_color", "color")
    assert "nap" in canonical("scene.start", "scene")
    assert "window.position" in canonical("vehicle.status", "thing")
    assert not canonical("phone.call", "contact")


def test_the_schema_has_every_skill_with_its_own_arguments():
    options = answer_schema()["properties"]["commands"]["items"]["anyOf"]
    by_name = {option["properties"]["skill"]["const"]: option for option in options}
    assert by_name.keys() == SKILLS.keys()
    assert by_name["media.control"]["properties"]["args"]["required"] == ["action"]
    assert answer_schema()["properties"]["act"]["enum"] == [
        "do", "confirm", "deny", "undo", "cancel",
    ]  # fmt: skip
