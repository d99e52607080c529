"""The packaged handbook: both languages say the same, and what the vehicle profiles say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pytest

from fujia import Profile, SimulatedCar, Value, list_profiles, load_profile
from fujia.errors import UnknownSignal
from fujia.expert.library import HANDBOOK, LANGUAGES, handbook
from fujia.expert.section import Language, Section

PROFILES = {name: load_profile(name) for name in list_profiles()}
EVERYTHING = {item for profile in PROFILES.values() for item in profile.equipment}
_COMMENT = re.compile(r"<!--\s*(fitted|agrees):(.*?)-->", re.DOTALL)
_FITTED_TO: dict[Language, tuple[str, str, str]] = {
    "zh": ("适用车型：", "、", "。"),
    "en": ("Fitted to: ", ", ", "."),
}
ORDER = ("i5", "generic-ev", "5-series-lwb", "x3-lwb")


@dataclass(frozen=True)
class Written:
    """A section as it stands in its file: with its comments."""

    id: str
    file: str
    text: str

    def mark(self, kind: str) -> str:
        found = [body.strip() for name, body in _COMMENT.findall(self.text) if name == kind]
        return "\n".join(found)


def written(language: Language) -> list[Written]:
    files = sorted((HANDBOOK / language).glob("*.md"))
    return [
        Written(id_, file.name, text)
        for file in files
        for id_, text in re.findall(
            r"^## .*?\{#([\w-]+)\}\n(.*?)(?=^## |\Z)",
            file.read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
    ]


def sections(language: Language) -> dict[str, Section]:
    return {section.id: section for section in handbook(language, EVERYTHING).sections}


ALL = [(language, section) for language in LANGUAGES for section in written(language)]
_each_section = pytest.mark.parametrize(
    ("language", "section"), ALL, ids=[f"{language}-{section.id}" for language, section in ALL]
)


def test_both_languages_have_the_same_sections_in_the_same_files() -> None:
    zh, en = written("zh"), written("en")
    assert [(one.id, one.file) for one in zh] == [(one.id, one.file) for one in en]
    assert len({one.id for one in zh}) == len(zh) >= 120


def test_both_languages_rest_on_the_same_equipment_and_numbers() -> None:
    for zh, en in zip(written("zh"), written("en"), strict=True):
        assert zh.mark("fitted") == en.mark("fitted"), zh.id
        assert zh.mark("agrees") == en.mark("agrees"), zh.id


def test_both_languages_have_the_same_steps_warnings_and_tables() -> None:
    zh, en = sections("zh"), sections("en")
    assert zh.keys() == en.keys()
    for id_, one in zh.items():
        shape = [
            (block.kind, len(block.lines)) for block in one.blocks if block.kind != "paragraph"
        ]
        other = en[id_].blocks
        assert shape == [(b.kind, len(b.lines)) for b in other if b.kind != "paragraph"], id_


@_each_section
def test_a_section_names_the_vehicles_that_have_what_it_describes(
    language: Language, section: Written
) -> None:
    items = section.mark("fitted").split()
    assert set(items) <= EVERYTHING
    having = [name for name in ORDER if set(items) <= set(PROFILES[name].equipment)]
    assert having
    start, comma, end = _FITTED_TO[language]
    last = section.text.strip().splitlines()[-1]
    if len(having) == len(PROFILES):
        assert not last.startswith(start)
    else:
        names = comma.join(getattr(PROFILES[name], language) for name in having)
        assert last == f"{start}{names}{end}"


@_each_section
def test_its_numbers_are_those_of_the_profiles(language: Language, section: Written) -> None:
    text = sections_text(language, section.id)
    for line in section.mark("agrees").splitlines():
        number, rule = line.split(" = ")
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)", text), line
        values = list(_values(rule))
        assert values and all(value == float(number) for value in values), (line, values)


def test_a_vehicles_handbook_leaves_out_what_it_does_not_have() -> None:
    electric = {section.id for section in handbook("en", PROFILES["i5"].equipment).sections}
    petrol = {section.id for section in handbook("en", PROFILES["x3-lwb"].equipment).sections}
    assert "charge-port" in electric - petrol
    assert "engine-oil" in petrol - electric
    assert "sunroof-open" in electric - petrol


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tyre_light_is_told_with_the_pressure_that_lights_it(language: Language) -> None:
    limit = re.search(r"(\d{3}) ?(?:千帕|kPa)", sections_text(language, "lamp-tyre"))
    assert limit
    tyre = "Vehicle.Chassis.Axle.Row2.Wheel.Left.Tire."
    car = SimulatedCar(PROFILES["i5"])
    lit: list[Value] = []
    for pressure in (int(limit[1]), int(limit[1]) - 1):
        car.set(tyre + "Pressure", pressure)
        lit.append(car.read(tyre + "IsPressureLow"))
    assert lit == [False, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fuel_light_is_told_with_the_level_that_lights_it(language: Language) -> None:
    limit = re.search(r"(\d+) ?%", sections_text(language, "fuel-grade"))
    assert limit
    fuel = "Vehicle.Powertrain.FuelSystem."
    car = SimulatedCar(PROFILES["x3-lwb"])
    lit: list[Value] = []
    for level in (int(limit[1]), int(limit[1]) - 1):
        car.set(fuel + "RelativeLevel", level)
        lit.append(car.read(fuel + "IsFuelLevelLow"))
    assert lit == [False, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_charging_times_fit_battery_and_power(language: Language) -> None:
    rows = [block for block in _SECTIONS[language]["charge-ac"].blocks if block.kind == "table"]
    told = {"i5": rows[0].lines[1], "generic-ev": rows[0].lines[2]}
    for name, row in told.items():
        facts = PROFILES[name].facts
        hours = facts["battery_net"].value / facts["ac_power"].value
        number = re.search(r"(\d+(?:\.\d)?) ?(个半)?小?时? ?(?:hours)?$", row)
        assert number, row
        said = float(number[1]) + (0.5 if number[2] else 0)
        assert said == pytest.approx(hours, abs=0.3)


_SECTIONS = {language: sections(language) for language in LANGUAGES}


def sections_text(language: Language, id_: str) -> str:
    return _SECTIONS[language][id_].text


def _values(rule: str) -> Iterator[float]:
    """What the profiles say to ``i5 battery_net`` or ``all <path> maximum``, one for each."""
    vehicle, *rest = rule.split()
    for profile in PROFILES.values() if vehicle == "all" else [PROFILES[vehicle]]:
        value = _fact(profile, rest[0]) if len(rest) == 1 else _limit(profile, *rest)
        if value is not None:
            yield value


def _fact(profile: Profile, name: str) -> float | None:
    return profile.facts[name].value if name in profile.facts else None


def _limit(profile: Profile, path: str, kind: str) -> float | None:
    if kind == "signals":
        return float(sum(fnmatchcase(each, path) for each in profile.signals))
    try:
        signal = profile.signal(path)
    except UnknownSignal:
        return None
    if kind == "choices":
        return float(len(signal.allowed))
    return float(getattr(signal, kind))
