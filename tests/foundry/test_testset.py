"""The frozen test set is the one that its spec names, and nothing in it was trained on."""

from collections import Counter
from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.foundry import testset
from fujia.foundry.generate import GenerateSettings, block_of
from fujia.foundry.splits import is_held_out
from fujia.foundry.testset import clean_id, finish_of, load_spec, load_testset, make, pack


def test_the_packed_lines_are_the_frozen_ones() -> None:
    examples = load_testset()
    assert len(examples) == load_spec().examples
    assert len({example.id for example in examples}) == len(examples)
    finishes = Counter(map(finish_of, examples))
    assert set(finishes) == {part.finish for part in load_spec().parts}
    assert min(finishes.values()) >= 100


def test_every_version_has_its_clean_example() -> None:
    clean = {each.id: each for each in load_testset("clean")}
    for example in load_testset():
        if finish_of(example).startswith(("accent", "dialect")):
            model = clean[clean_id(example)]
            assert example.text != model.text
            assert [each.skill for each in example.plan.commands] == [
                each.skill for each in model.plan.commands
            ]


def test_nothing_in_it_is_trained_on() -> None:
    pytest.importorskip("pypinyin")
    settings = GenerateSettings(count=3000, split="train")
    trained = [each for number in (0, 1, 2) for each in block_of(settings, number)]
    families = {family for each in trained for family in each.family.split("+")}
    for example in load_testset():
        assert not families & set(example.family.split("+"))
    contacts = {
        str(command.args["contact"])
        for each in load_testset("clean")
        for command in each.plan.commands
        if command.skill == "phone.call"
    }
    assert len(contacts) > 50
    assert all(map(is_held_out, contacts))


def test_a_slice_can_be_made_again(tmp_path: Path) -> None:
    pytest.importorskip("pypinyin")
    spec = load_spec()
    small = [part.model_copy(update={"count": 12}) for part in spec.parts if part.language == "en"]
    once = list(make(spec.model_copy(update={"parts": small})))
    again = list(make(spec.model_copy(update={"parts": small})))
    assert once == again
    assert len(once) > 12
    assert pack(iter(once), tmp_path / "a.gz") == pack(iter(again), tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


@pytest.mark.parametrize("damage", [lambda data: data[:-20], lambda data: b"x" + data])
def test_a_damaged_file_is_named(
    damage: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(damage)
    broken = tmp_path / "testset.jsonl.gz"
    broken.write_bytes(damage(testset.PACKED.read_bytes()))
    monkeypatch.setattr(testset, "PACKED", broken)
    with pytest.raises(DataError, match=r"testset\.jsonl\.gz"):
        load_testset()


def test_another_set_than_the_frozen_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "testset.jsonl.gz"
    pack(iter(load_testset("clean")[:3]), other)
    monkeypatch.setattr(testset, "PACKED", other)
    with pytest.raises(DataError, match="is not the test set"):
        load_testset()
