import json
from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.foundry.utterances import read_utterances
from fujia.understanding.plan import Command, Plan


def test_lines_of_text_are_called_after_their_line(tmp_path: Path):
    file = tmp_path / "said.txt"
    file.write_text("打开车窗\n\n  关灯  \n", encoding="utf-8")
    said = read_utterances(file).utterances
    assert [(one.id, one.text) for one in said] == [("line-1", "打开车窗"), ("line-3", "关灯")]


def test_objects_bring_their_context_and_unknown_fields_do_not_matter(tmp_path: Path):
    file = tmp_path / "said.jsonl"
    rows = [
        {"id": "a", "text": "我也要", "seat": "passenger", "region": "wu", "language": "zh",
         "last": [{"skill": "seat.heating"}], "plan": {"commands": [{"skill": "chat.reply"}]}},
        {"text": "hello", "note": 1},
        {"id": "a", "text": "我也要"},
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(row) for row in rows))
    first, second = read_utterances(file).utterances
    assert first.context.seat == "passenger"
    assert first.context.last == (Command(skill="seat.heating"),)
    assert second.id == "line-2"
    example = first.labelled(Plan(commands=(Command(skill="chat.reply"),)), "raw")
    assert (example.region, example.source, example.seat) == ("wu", "raw", "passenger")


def test_no_words_are_lost_to_an_id_that_is_given_twice(tmp_path: Path):
    file = tmp_path / "said.jsonl"
    rows = [{"id": "1", "text": "打开车窗"}, {"id": "1", "text": "关灯"}]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    with pytest.raises(DataError, match=r"said\.jsonl:2: id: '1' has other words"):
        read_utterances(file)
    assert len(read_utterances(file, skip_bad=True).bad) == 1


BAD = [b"{", b"[]", b'{"seat": "driver"}', b'{"text": "x", "seat": "roof"}', b'{"text": "..."}',
       b"\xff\xfe", json.dumps({"text": "x" * 2000}).encode()]  # fmt: skip


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_named_or_counted_on_demand(tmp_path: Path, line: bytes):
    file = tmp_path / "said.jsonl"
    file.write_bytes(b'{"text": "good"}\n' + line + b"\n")
    with pytest.raises(DataError, match=r"said\.jsonl:2"):
        read_utterances(file)
    source = read_utterances(file, skip_bad=True)
    assert (len(source.utterances), len(source.bad)) == (1, 1)


def test_bytes_that_are_no_text_are_named(tmp_path: Path):
    file = tmp_path / "said.txt"
    file.write_bytes(b"\xff\xfe\n")
    with pytest.raises(DataError, match="not UTF-8"):
        read_utterances(file)
    with pytest.raises(DataError, match="cannot be read"):
        read_utterances(tmp_path / "none.txt")
