"""The first station: same seed, same file; stopped, resumed; held-out patterns and values."""

import signal
from collections import Counter
from functools import cache
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

pytest.importorskip("pypinyin", reason="the extra 'foundry' is not installed")

from fujia.errors import InputError
from fujia.foundry.examples import Example, read_examples
from fujia.foundry.generate import BLOCK, GenerateSettings, block_of, generate
from fujia.foundry.manifest import Manifest, read_manifest, write_manifest
from fujia.foundry.splits import Split, is_held_out
from fujia.foundry.untidy import Finish

FREE = ("destination", "title", "artist", "contact", "station", "place", "category", "near")
_OWN = {"家", "公司", "home", "restaurant", "充电站", "加油站", "charging station", "gas station"}


@cache
def block(split: Split, number: int = 0) -> list[Example]:
    return block_of(GenerateSettings(count=5000, split=split), number)


def families(split: Split) -> set[str]:
    return {family for each in block(split) for family in each.family.split("+")}


def test_no_pattern_of_the_test_is_ever_trained_on() -> None:
    train, test = families("train"), families("test")
    assert len(train) > 250 and len(test) > 60
    assert not train & test
    assert not families("dev") & test


def values(split: Split) -> set[str]:
    examples = [each for number in range(3) for each in block(split, number)]
    clean = (each for each in examples if each.region == "standard" and each.language == "zh")
    return {
        str(value)
        for each in clean
        for command in each.plan.commands
        for name, value in command.args.items()
        if name in FREE
        and command.skill in ("navigation.start", "phone.call", "video.play", "place.search")
    } - _OWN


def test_no_free_value_of_the_test_is_ever_trained_on() -> None:
    train, test = values("train"), values("test")
    assert len(train) > 40 and len(test) > 40
    assert not train & test
    # A misheard value may fall on either side, one that was heard rightly may not.
    assert sum(map(is_held_out, test)) / len(test) > 0.9
    assert sum(map(is_held_out, train)) / len(train) < 0.1


def test_everything_is_there() -> None:
    examples = [example for number in range(3) for example in block("train", number)]
    assert len({example.text for example in examples}) / len(examples) > 0.9
    skills = {command.skill for each in examples for command in each.plan.commands}
    assert len(skills) >= 110
    assert {each.source for each in examples} == {
        "frames", "shared", "condition", "follow-up", "act", "lost", "negative", "question",
        "words",
    }  # fmt: skip
    regions = Counter(example.region for example in examples)
    assert {"wu", "yue", "sichuan", "northeast", "henan", "hunan", "fujian"} < set(regions)
    assert {example.seat for example in examples} == {
        "driver", "passenger", "rear_left", "rear_right",
    }  # fmt: skip
    assert {example.plan.act for example in examples} == {"do", "confirm", "deny", "undo", "cancel"}
    assert len({example.id for example in examples}) == len(examples)


def test_free_words_of_the_plan_stand_in_the_text() -> None:
    for example in block("train"):
        for command in example.plan.commands:
            if command.skill in ("phone.call", "video.play", "unknown.function"):
                assert all(str(value) in example.text for value in command.args.values()), (
                    example.text
                )


def test_the_file_is_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    settings = GenerateSettings(count=BLOCK + 20, seed=3, languages=("en",))
    one = generate(tmp_path / "one.jsonl", settings, workers=1)
    two = generate(tmp_path / "two.jsonl", settings, workers=2)
    assert list(one.outputs.values()) == list(two.outputs.values())
    other = settings.model_copy(update={"seed": 4, "count": 20})
    assert block_of(other, 0) != block_of(settings, 0)[:20]


def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "train.jsonl"
    settings = GenerateSettings(count=BLOCK + 20, seed=3, languages=("en",))
    done = generate(out, settings)
    whole = out.read_bytes()
    out.write_bytes(whole[: int(len(whole) * 0.99)])
    write_manifest(out, done.model_copy(update={"complete": False, "outputs": {}, "counts": {}}))
    made: list[int] = []
    assert generate(out, settings, progress=made.append) == done
    assert out.read_bytes() == whole
    assert made == [20]
    assert generate(out, settings, progress=made.append) == done
    assert made == [20]
    assert read_manifest(out) == done
    assert len(list(read_examples(out))) == BLOCK + 20


def test_another_file_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "mine.jsonl"
    out.write_text("precious")
    with pytest.raises(InputError, match="there already"):
        generate(out, GenerateSettings(count=5))
    write_manifest(out, Manifest(station="label"))
    with pytest.raises(InputError, match="fujia foundry label"):
        generate(out, GenerateSettings(count=5))
    assert out.read_text() == "precious"


def test_who_stops_it_waits_for_no_worker(tmp_path: Path) -> None:
    ours: list[BaseProcess] = []

    def stop(_: int) -> None:
        ours.extend(active_children())
        raise KeyboardInterrupt

    settings = GenerateSettings(count=20 * BLOCK, seed=3, languages=("en",))
    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path / "train.jsonl", settings, workers=2, progress=stop)
    assert len(ours) == 2
    assert all(worker.exitcode is not None for worker in ours), "none is left behind"
    assert any(worker.exitcode == -signal.SIGTERM for worker in ours), "none ends its block first"


def test_the_same_drafts_come_in_every_finish() -> None:
    settings = GenerateSettings(count=40, languages=("zh",), finish="clean")
    clean = block_of(settings, 0)
    accent = block_of(settings.model_copy(update={"finish": "accent:sichuan"}), 0)
    assert [each.family for each in clean] == [each.family for each in accent]
    assert [each.id for each in clean] == [each.id for each in accent]
    assert {each.region for each in accent} == {"sichuan"}
    assert sum(a.text != b.text for a, b in zip(clean, accent, strict=True)) > 15


@pytest.mark.parametrize("name", ["dialect:henan", "accent:", "loud", "accent:mars"])
def test_an_unknown_finish_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"no finish {name}"):
        generate(tmp_path / "x.jsonl", GenerateSettings(count=1, finish=name))
    assert not list(tmp_path.iterdir())


def test_finishes_by_name() -> None:
    assert Finish.named("accent:wu") == Finish("accent", "wu")
    assert Finish.named("spoken").spoken
