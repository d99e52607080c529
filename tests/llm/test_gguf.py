"""What a GGUF file says about itself."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.errors import InputError
from fujia.llm.gguf import read_facts
from tests.llm.models import NUMBER, TEXT, TEXTS, entry, gguf, text


def test_it_tells_its_name_and_licence(tmp_path: Path) -> None:
    file = gguf(tmp_path / "a.gguf", {"general.name": "Mine", "general.license": "mit"})
    assert read_facts(file) == {"name": "Mine", "license": "mit"}


def test_what_is_no_text_is_passed_over(tmp_path: Path) -> None:
    parts = [
        entry("general.quantization_version", NUMBER, struct.pack("<I", 2)),
        entry("general.tags", TEXTS, struct.pack("<IQ", TEXT, 2) + text("a") + text("b")),
        entry("qwen2.note", TEXT, text("not general")),
        entry("general.license", TEXT, text("apache-2.0")),
        entry("tokenizer.ggml.tokens", TEXTS, struct.pack("<IQ", TEXT, 1 << 40)),
    ]
    file = tmp_path / "a.gguf"
    file.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, len(parts)) + b"".join(parts))
    assert read_facts(file) == {"license": "apache-2.0"}, "the vocabulary is not read"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\3\4 a zip", b"GGUF", b"GGUF" + struct.pack("<IQQ", 3, 0, 1),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 1 << 60),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + entry("general.name", 99, b""),
    ],
)  # fmt: skip
def test_another_file_is_an_error_that_names_it(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.gguf"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"other\.gguf is no language model in the GGUF format"):
        read_facts(file)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.gguf cannot be read: No such file"):
        read_facts(tmp_path / "none.gguf")


@given(content=st.binary(max_size=300))
def test_no_content_breaks_it(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("gguf") / "any.gguf"
    file.write_bytes(b"GGUF" + content)
    try:
        assert isinstance(read_facts(file), dict)
    except InputError as error:
        assert "any.gguf" in str(error)
