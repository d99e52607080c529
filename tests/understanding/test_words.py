from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.understanding import words
from fujia.understanding.words import Words, expand, load_words, locales_of


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the packaged data."""
    monkeypatch.setattr(words, "DATA", tmp_path)
    return tmp_path


def write(data: Path, locale: str, text: str) -> Path:
    file = data / locale / "words" / "some.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_word_stands_for_all_its_surfaces() -> None:
    assert list(expand("打(开|上)[吧]")) == ["打开", "打开吧", "打上", "打上吧"]
    assert list(expand("车窗")) == ["车窗"]


def test_a_key_names_concepts_and_marks() -> None:
    lexicon = Words()
    lexicon.add("volume change.up", ["大声"])
    (sense,) = lexicon.senses["大声"]
    assert sense.concepts == ("volume",)
    assert sense.mark("change") == "up"
    assert sense.mark("verb") is None


def test_a_word_under_two_keys_has_two_senses_and_none_twice() -> None:
    lexicon = Words()
    lexicon.add("seat", ["坐垫"])
    lexicon.add("cushion", ["坐垫"])
    lexicon.add("seat", ["坐垫"])
    assert [sense.concepts for sense in lexicon.senses["坐垫"]] == [("seat",), ("cushion",)]


def test_marks_without_a_value_need_no_dot() -> None:
    lexicon = Words()
    lexicon.add("filler", ["嗯"])
    assert lexicon.senses["嗯"][0].marks == (("filler", ""),)


def test_the_standard_comes_before_its_dialects() -> None:
    names = [folder.name for folder in locales_of("zh")]
    assert names[0] == "zh-CN"
    assert {"zh-wuu", "zh-yue", "zh-sichuan", "zh-northeast"} <= set(names)
    assert "en" not in names


def test_a_dialect_of_ones_own_needs_only_a_folder(data: Path) -> None:
    write(data, "zh-CN", "words:\n  window: [车窗]\n")
    write(data, "zh-moon", "rewrites: {玻璃片片: 车窗}\nwords:\n  sunroof: [顶顶]\n")
    found = load_words.__wrapped__("zh")
    assert set(found.senses) == {"车窗", "顶顶"}
    assert found.rewrites == {"玻璃片片": "车窗"}


def test_a_broken_word_is_named_with_its_file(data: Path) -> None:
    file = write(data, "zh-CN", "words:\n  window: [车窗, 窗(户]\n")
    with pytest.raises(DataError, match="window") as caught:
        load_words.__wrapped__("zh")
    assert caught.value.file == file


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("words:\n  window: [车窗\n  door: 门\n", 3),
        ("words:\n  window: [车窗]\n  door: 门\n", 3),
        ("words:\n  window: [车窗]\nverbs: {}\n", 3),
    ],
)
def test_a_broken_file_is_named_with_its_line(data: Path, text: str, line: int) -> None:
    file = write(data, "zh-CN", text)
    with pytest.raises(DataError) as caught:
        load_words.__wrapped__("zh")
    assert (caught.value.file, caught.value.line) == (file, line)
    assert f"{file.name}:{line}" in str(caught.value)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_packaged_words_can_all_be_found(language: str) -> None:
    found = load_words(language)
    assert len(found.senses) > 500
    assert all(len(word) <= found.longest[word[0]] for word in found.senses)
