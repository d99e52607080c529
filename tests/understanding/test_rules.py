from collections.abc import Iterator
from pathlib import Path

import pytest

from fujia.cabin import skills
from fujia.errors import DataError
from fujia.understanding.rules import Rule, load_rules
from fujia.understanding.templates import load_templates
from fujia.understanding.words import load_words

SKILLS = skills.SKILLS
_FREE = {"title", "artist", "album", "genre", "query"}
"""What a slot named ``music`` becomes."""
_SLOTS = {"music": _FREE, "songs": _FREE, "station": {"station", "band", "frequency"}}
_NAMELESS = {"zh": {"dim"}, "en": {"dim", "fast_speed", "interval", "slow_speed"}}
"""Concepts and kinds of values that have no word yet; only ever take away from it."""


def all_rules() -> Iterator[Rule]:
    for rules in load_rules().by_skill.values():
        yield from rules


def arguments_of(rule: Rule) -> set[str]:
    names = {*rule.fixed, *rule.value.values(), *(rule.on or {}), *(rule.off or {})}
    names |= {*(rule.bit or {}), *(rule.negated or {})}
    names |= {name for name in (rule.amount, rule.zone, rule.text) if name}
    return names - {"unheard"}


def test_every_rule_leads_to_a_skill_and_to_its_arguments() -> None:
    assert {rule.skill for rule in all_rules()} <= set(SKILLS)
    wrong = {
        (rule.skill, name)
        for rule in all_rules()
        for name in arguments_of(rule)
        if name not in SKILLS[rule.skill].arguments.model_fields
    }
    assert wrong == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_leads_to_a_skill_and_to_its_arguments(language: str) -> None:
    wrong: list[tuple[str, str]] = []
    for template in load_templates(language).all:
        fields = SKILLS[template.skill].arguments.model_fields if template.skill in SKILLS else {}
        slots = {name for name in template.matcher.groupindex if not name.startswith("_")}
        names = {*template.args}.union(*(_SLOTS.get(slot, {slot}) for slot in slots))
        if template.skill == "weather.query":
            names = {"place", "date"}
        if template.skill == "chat.reply":
            names = set()
        wrong += [(template.skill, name) for name in sorted(names) if name not in fields]
        if template.skill not in SKILLS:
            wrong.append((template.skill, ""))
    assert wrong == []


def _nameless(language: str) -> set[str]:
    senses = [sense for found in load_words(language).senses.values() for sense in found]
    known = {concept for sense in senses for concept in sense.concepts}
    known |= {kind for sense in senses for kind, _ in sense.marks}
    needed = {name for rule in all_rules() for name in (*rule.needs, *rule.value)}
    return needed - known


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_thing_has_a_word(language: str) -> None:
    assert _nameless(language) == _NAMELESS[language]


def test_every_skill_can_be_asked_for() -> None:
    asked = {
        *load_rules().by_skill,
        *(template.skill for template in load_templates("zh").all),
    }
    assert set(SKILLS) - asked == set()


def test_rules_are_found_by_what_they_need_first() -> None:
    rules = load_rules()
    assert {rule.skill for rule in rules.by_concept["sunroof"]} == {
        "sunroof.position",
        "sunroof.tilt",
    }
    assert "climate.temperature" in {rule.skill for rule in rules.by_unit["degree"]}
    assert "light.ambient_color" in {rule.skill for rule in rules.by_value["color"]}


def test_a_broken_rule_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("rules:\n  window.position:\n    - {neds: [window]}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_rules.__wrapped__(file)
    assert (caught.value.file, caught.value.line) == (file, 3)
