from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.understanding import words
from fujia.understanding.templates import Say, Templates, load_templates


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sentences in place of the packaged data."""
    monkeypatch.setattr(words, "DATA", tmp_path)
    folder = tmp_path / "zh-CN" / "sentences"
    folder.mkdir(parents=True)
    return folder


def test_a_match_tells_free_words_from_the_rest() -> None:
    templates = Templates()
    templates.add("navigation.start", Say(say="导航去{destination}"), {})
    (match,) = templates.matches("请导航去外滩", 1, 6)
    assert match.slots == {"destination": (4, 6)}
    assert (match.literal, match.free) == (3, 2)


def test_a_match_fills_the_span_from_end_to_end() -> None:
    templates = Templates()
    templates.add("chat.reply", Say(say="早上好"), {})
    assert not list(templates.matches("早上好啊", 0, 4))
    assert list(templates.matches("早上好啊", 0, 3))


def test_a_pattern_may_begin_with_free_words() -> None:
    templates = Templates()
    templates.add("navigation.start", Say(say="{destination}怎么走"), {})
    assert len(templates.anywhere) == 1
    assert list(templates.matches("外滩怎么走", 0, 5))


def test_lists_and_implied_arguments_come_from_the_file(data: Path) -> None:
    (data / "some.yaml").write_text(
        "lists: {go: [去, 到]}\n"
        "sentences:\n"
        "  navigation.start:\n"
        '    - "<go>{destination}"\n'
        "  place.search:\n"
        "    - {say: 没电了, args: {category: 充电站}}\n",
        encoding="utf-8",
    )
    templates = load_templates.__wrapped__("zh")
    assert list(templates.matches("到外滩", 0, 3))
    (match,) = templates.matches("没电了", 0, 3)
    assert match.template.args == {"category": "充电站"}


@pytest.mark.parametrize("pattern", ["去({destination}", "<nowhere>{destination}"])
def test_a_broken_sentence_is_named_with_its_file(data: Path, pattern: str) -> None:
    file = data / "some.yaml"
    file.write_text(f'sentences:\n  navigation.start:\n    - "{pattern}"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"navigation\.start") as caught:
        load_templates.__wrapped__("zh")
    assert caught.value.file == file


def test_a_broken_file_is_named_with_its_line(data: Path) -> None:
    file = data / "some.yaml"
    file.write_text("sentences:\n  chat.reply:\n    - {says: hello}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_templates.__wrapped__("zh")
    assert (caught.value.file, caught.value.line) == (file, 3)
