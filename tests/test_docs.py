"""The documentation tells the truth: its examples are run, its links lead somewhere."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import RootModel

from fujia import SKILLS, Cabin
from fujia.__main__ import run
from fujia.batch import Case, run_case
from fujia.cabin.policy.rules import Rule, load_rules
from fujia.datafile import load_yaml
from fujia.garage import Garage
from fujia.settings import load_settings
from fujia.understanding.generate import FrameFile
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.rules import RuleFile
from fujia.understanding.sounds import SoundFile, load_sound_file
from fujia.understanding.templates import SentenceFile
from fujia.understanding.understander import Context
from fujia.understanding.words import DATA, WordFile
from tests.figures import RESULTS, figures_of, section
from tests.transcript import READMES, conversations, hold

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*DOCS.glob("*.md"), *ROOT.glob("*.md")]
GENERATED = {"skills.md", "rules.md", "vehicles.md", "python.md"}


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of one language on a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text)
    missing = [
        target
        for target in targets
        if not (page.parent / target).exists() and target not in GENERATED
    ]
    assert missing == []


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_the_figures_in_a_readme_are_those_of_the_last_benchmark(readme: Path):
    shown = figures_of(readme.read_text(encoding="utf-8"))
    head = shown[: shown.index("\n") + 1]
    assert shown == section(head, json.loads(RESULTS.read_text(encoding="utf-8")))


def test_both_readmes_have_the_same_sections():
    def sections(name: str) -> int:
        return (ROOT / name).read_text(encoding="utf-8").count("\n## ")

    assert sections("README.md") == sections("README.zh-CN.md")


def test_the_contract_shows_a_real_case_and_its_result():
    case, shown = [json.loads(block) for block in blocks("contracts.md", "json")[:2]]
    result = run_case(Case.model_validate(case), Garage()).as_json()
    first, told = result["turns"][0], shown["turns"][0]
    assert first.keys() == told.keys()
    for key in ("said", "actions", "outcome", "reply", "route"):
        assert first[key] == told[key]
    assert shown["signals"].items() <= result["signals"].items()


def test_the_policy_page_shows_a_real_rule():
    (shown,) = yaml.safe_load(blocks("policy.md", "yaml")[0])
    assert Rule.model_validate(shown) in load_rules()


def test_the_language_examples_are_data_of_their_kind(tmp_path: Path):
    texts = blocks("adding-a-language.md", "yaml")
    words, rules, sentences, together, frames, rewrites, characters, sounds, tested = texts
    file = tmp_path / "example.yaml"
    for text in (words, rewrites, characters):
        file.write_text(text, encoding="utf-8")
        assert load_yaml(file, WordFile) != WordFile()
    file.write_text(rules, encoding="utf-8")
    assert set(load_yaml(file, RuleFile).rules) <= set(SKILLS)
    for text in (sentences, together):
        file.write_text(text, encoding="utf-8")
        assert set(load_yaml(file, SentenceFile).sentences) <= set(SKILLS)
    known = load_yaml(DATA / "zh-CN" / "frames.yaml", FrameFile).frames
    assert yaml.safe_load(frames)["frames"].items() <= known.items()
    file.write_text(sounds, encoding="utf-8")
    confusions = load_sound_file().confusions
    assert load_yaml(file, SoundFile).confusions.items() <= confusions.items()
    file.write_text(tested, encoding="utf-8")
    for case in load_yaml(file, RootModel[list[dict[str, Any]]]).root:
        plan = GrammarUnderstander().understand(case["say"], Context())
        assert [one.model_dump(exclude_defaults=True) for one in plan.commands] == case["plan"]


def test_the_settings_example_is_one(clean_environment: Path):
    file = clean_environment / "config" / "fujia" / "settings.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(blocks("first-minutes.md", "yaml")[0])
    assert load_settings().settings.vehicle == "generic-ev"


def test_the_vehicle_example_is_one(tmp_path: Path):
    profile, equipment = blocks("adding-a-vehicle.md", "yaml")
    (tmp_path / "profiles" / "equipment").mkdir(parents=True)
    items = tmp_path / "profiles" / "equipment" / "own.yaml"
    items.write_text(equipment, encoding="utf-8")
    file = tmp_path / "profiles" / "my-ev.yaml"
    file.write_text(profile + "  footwell_heater:\n", encoding="utf-8")
    cabin = Cabin("my-ev", data_folders=[tmp_path])
    assert cabin.profile.has("Vehicle.Cabin.Seat.Row1.DriverSide.FootwellHeating")
    assert cabin.say("打开座椅按摩").outcome == "unavailable"


def test_the_skill_example_is_one():
    assert SKILLS["purifier.power"].en in blocks("adding-a-skill.md", "python")[0]


@pytest.mark.parametrize("page", ["first-minutes.md", "adding-a-vehicle.md"])
def test_example_commands_run(
    page: str, capsys: pytest.CaptureFixture[str], clean_environment: Path
):
    lines = "\n".join(blocks(page, "sh")).splitlines()
    commands = [line for line in lines if line.startswith("fujia ") and not line.endswith("chat")]
    commands = [line for line in commands if "CASES.jsonl" not in line and "my-ev" not in line]
    assert commands
    for command in commands:
        assert run(shlex.split(command)[1:]) == 0, command
        assert capsys.readouterr().out


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_conversations_in_a_readme_are_what_happens(readme: Path):
    shown = conversations(readme)
    assert len(shown) == 3
    for conversation in shown:
        assert hold(conversation) == conversation, "python -m tests.transcript writes them anew"
