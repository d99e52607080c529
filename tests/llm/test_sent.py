import json
from pathlib import Path

from fujia.llm.sent import SentLog


def test_only_its_owner_may_read_it_and_it_reads_as_it_was_written(tmp_path: Path):
    book = SentLog(tmp_path / "deep" / "sent.jsonl")
    book.write("https://a", {"messages": [{"content": "你好"}]})
    book.write("https://b", {"n": 1})
    assert book.file.stat().st_mode & 0o777 == 0o600
    assert [(record["server"], record["body"]) for record in book.read()] == [
        ("https://a", {"messages": [{"content": "你好"}]}),
        ("https://b", {"n": 1}),
    ]
    assert all("time" in json.loads(line) for line in book.file.read_text().splitlines())


def test_it_does_not_grow_for_ever_and_can_be_deleted(tmp_path: Path):
    book = SentLog(tmp_path / "sent.jsonl", most_bytes=1000)
    for number in range(40):
        book.write("https://a", {"n": number})
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 2000
    kept = [record["body"]["n"] for record in book.read()]
    assert kept == list(range(40 - len(kept), 40))
    book.forget()
    assert list(tmp_path.iterdir()) == []
    assert book.read() == []
