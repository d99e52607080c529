from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.llm.config import ROLES, load_config


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "llm.yaml"


def test_deepseek_is_fast_and_deep_unless_told_otherwise():
    config = load_config()
    assert config.chain("fast") == ("deepseek-chat",)
    assert config.chain("deep") == ("deepseek-reasoner", "deepseek-chat")
    assert all(config.chain(role) for role in ROLES)
    assert config.models["deepseek-chat"].key_variable == "DEEPSEEK_API_KEY"


def test_a_file_of_ones_own_lies_over_it(own: Path):
    own.write_text(
        "models:\n"
        "  mine: {model: qwen, base_url: 'http://127.0.0.1:8080/v1', key_variable: null}\n"
        "roles: {fast: [mine, deepseek-chat]}\n"
        "markets: {eu: {deep: [mine]}}\n"
        "limits: {day: 0.2}\n"
    )
    config = load_config(own.parent)
    assert config.chain("fast") == ("mine", "deepseek-chat")
    assert config.chain("deep", "eu") == ("mine",)
    assert config.chain("deep", "cn") == ("deepseek-reasoner", "deepseek-chat")
    assert (config.limits.day, config.limits.turn) == (0.2, None)
    assert config.time_s["fast"] == load_config().time_s["fast"]
    assert config.models["mine"].is_local
    assert config.models["mine"].has_key
    assert not config.models["deepseek-chat"].is_local


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("roles: {fast: [nobody]}", "no model 'nobody'"),
        ("models: {m: {model: m, base_url: 'https://x'}}", "models.m: a budget needs its price"),
        ("models: {m: {model: m, price: {currency: CNY, prompt: 1}}}", "not in USD"),
        ("roles: {quick: [deepseek-chat]}", r"llm\.yaml:1: roles"),
        ("timeout: 3", r"llm\.yaml:1: timeout"),
        ("models:\n  m: {model: m, max_tokens: 0}", r"llm\.yaml:2"),
    ],
)
def test_a_mistake_is_named(own: Path, text: str, told: str):
    own.write_text(text)
    with pytest.raises(DataError, match=told):
        load_config(own.parent)


def test_an_empty_file_changes_nothing(own: Path):
    own.write_text("")
    assert load_config(own.parent) == load_config()


def test_the_example_of_the_documentation_is_one(own: Path):
    page = (Path(__file__).parents[2] / "docs" / "llm.md").read_text(encoding="utf-8")
    own.write_text(page.partition("```yaml\n")[2].partition("```")[0])
    config = load_config(own.parent)
    assert config.chain("fast", "eu") == ("at-home",)
    assert config.chain("fast") == ("deepseek-chat", "at-home")
