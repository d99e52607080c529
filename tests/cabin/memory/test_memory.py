import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.cabin.memory import Fact, Memories, Memory
from fujia.errors import DataError, InputError, StoreError

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def own(folder: Path, clock: Callable[[], datetime] = lambda: NOW) -> Memory:
    return Memories(folder, clock).seat("driver", "王")


def test_what_is_remembered_is_there_in_the_next_process(tmp_path: Path) -> None:
    own(tmp_path).remember(Fact(what="temperature", value=21))
    kept = own(tmp_path).fact("temperature")
    assert kept is not None
    assert (kept.value, kept.since) == (21, NOW)


def test_a_new_fact_takes_the_place_of_the_old(tmp_path: Path) -> None:
    memory = own(tmp_path)
    memory.remember(Fact(what="temperature", value=21))
    memory.remember(Fact(what="trip", value="公司", time="08:00", days=(1,)))
    memory.remember(Fact(what="trip", value="公司", time="09:00", days=(1, 2)))
    memory.remember(Fact(what="temperature", value=23))
    assert [fact.text("zh") for fact in memory.facts()] == [
        "您每周一、每周二09:00去公司",
        "您喜欢23度",
    ]


def test_places_are_found_by_what_people_call_them(tmp_path: Path) -> None:
    memory = own(tmp_path)
    memory.remember(Fact(what="home", value="望京西园四区"))
    memory.remember(Fact(what="place", name="健身房", value="望京东路3号"))
    assert [memory.place(name) for name in ("家", "my place", "健身房", "公司")] == [
        "望京西园四区",
        "望京西园四区",
        "望京东路3号",
        "公司",
    ]


def test_forgetting_gives_a_receipt_that_tells_nothing(tmp_path: Path) -> None:
    memory = own(tmp_path)
    home = memory.remember(Fact(what="home", value="望京西园四区"))
    memory.remember(Fact(what="temperature", value=21))
    receipt = memory.forget(home)
    assert receipt is not None
    assert receipt.kinds == ("home",)
    assert receipt.deleted == (home.commitment,)
    assert "望京" not in receipt.model_dump_json()
    assert memory.proves(receipt)
    assert [fact.what for fact in memory.facts()] == ["temperature"]


def test_a_receipt_proves_nothing_while_the_thing_is_there(tmp_path: Path) -> None:
    memory = own(tmp_path)
    home = memory.remember(Fact(what="home", value="望京"))
    receipt = memory.forget(home)
    assert receipt is not None
    memory.remember(home)
    assert not memory.proves(receipt)


def test_forgetting_what_is_not_there_gives_no_receipt(tmp_path: Path) -> None:
    memory = own(tmp_path)
    assert memory.forget(Fact(what="home", value="望京")) is None
    assert memory.erase() is not None
    assert memory.forget() is None


def test_erasing_leaves_no_file_of_the_person(tmp_path: Path) -> None:
    memory = own(tmp_path)
    memory.remember(Fact(what="home", value="望京"))
    memory.consents.grant("position")
    receipt = memory.erase()
    assert receipt is not None
    assert receipt.after == ""
    assert receipt.kinds == ("home", "consent position")
    assert memory.proves(receipt)
    assert not memory.is_stored
    assert sorted(file.name for file in tmp_path.iterdir()) == ["receipts.jsonl", "signing.key"]
    assert memory.facts() == ()


@pytest.mark.parametrize("child", [True, False])
def test_guests_and_children_leave_no_trace(tmp_path: Path, child: bool) -> None:
    memories = Memories(tmp_path / "memory", lambda: NOW)
    memory = memories.seat("rear_left", "小明" if child else "", is_child=child)
    assert not memory.keeps
    with pytest.raises(InputError, match="guests and children"):
        memory.remember(Fact(what="temperature", value=21))
    memory.silence("windows-in-the-rain")
    assert memory.is_silenced("windows-in-the-rain")
    assert not (tmp_path / "memory").exists()
    assert not memories.seat("rear_left").is_silenced("windows-in-the-rain")


def test_silence_is_kept_and_can_be_lifted(tmp_path: Path) -> None:
    own(tmp_path).silence("tired-driver")
    own(tmp_path).silence("left-open")
    memory = own(tmp_path)
    assert memory.is_silenced("tired-driver")
    memory.unsilence("tired-driver")
    assert not own(tmp_path).is_silenced("tired-driver")
    assert own(tmp_path).is_silenced("left-open")
    memory.unsilence()
    assert not own(tmp_path).is_silenced("left-open")


def test_no_more_than_two_hundred_things(tmp_path: Path) -> None:
    memory = Memory("王", clock=lambda: NOW)
    memory.update(lambda r: r.with_facts(Fact(what="note", value=f"{n}") for n in range(200)))
    stored = own(tmp_path)
    stored.update(lambda record: record.with_facts(memory.facts()))
    with pytest.raises(InputError, match="200"):
        stored.remember(Fact(what="home", value="望京"))
    stored.remember(Fact(what="note", value="7"))


def test_a_damaged_store_is_named_and_not_overwritten(tmp_path: Path) -> None:
    memory = own(tmp_path)
    memory.remember(Fact(what="home", value="望京"))
    (file,) = tmp_path.glob("*.vault")
    file.write_bytes(b"rubbish")
    with pytest.raises(DataError, match="delete it"):
        memory.facts()
    with pytest.raises(DataError):
        memory.remember(Fact(what="temperature", value=21))
    assert file.read_bytes() == b"rubbish"


def test_a_record_of_another_version_is_said_to_be_one(tmp_path: Path) -> None:
    from fujia.cabin.memory.vault import Vault

    memory = own(tmp_path)
    memory.remember(Fact(what="home", value="望京"))
    (file,) = tmp_path.glob("*.vault")
    Vault(tmp_path, file.stem).write(b'{"name": "x", "dreams": []}')
    with pytest.raises(DataError, match="another version"):
        memory.facts()


def test_a_full_disk_is_an_error_and_the_old_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = own(tmp_path)
    memory.remember(Fact(what="temperature", value=21))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="No space"):
        memory.remember(Fact(what="temperature", value=25))
    monkeypatch.undo()
    kept = own(tmp_path).fact("temperature")
    assert kept is not None
    assert kept.value == 21


_FACTS = st.one_of(
    st.builds(Fact, what=st.just("temperature"), value=st.integers(10, 35)),
    st.builds(
        Fact,
        what=st.just("place"),
        name=st.text(
            st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs")),
            min_size=1,
            max_size=9,
        ),
        value=st.text("望京abc12", min_size=1),
    ),
    st.builds(
        Fact,
        what=st.just("trip"),
        value=st.sampled_from(["公司", "家", "机场"]),
        time=st.sampled_from(["08:00", "23:59"]),
        days=st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    ),
)


@given(st.lists(_FACTS, max_size=8), st.data())
def test_whatever_is_remembered_is_one_of_a_kind_and_goes_for_good(
    facts: list[Fact], data: st.DataObject
) -> None:
    memory = Memory("王", clock=lambda: NOW)
    memory.update(lambda record: record)
    for fact in facts:
        others = tuple(one for one in memory.facts() if one.identity != fact.identity)
        memory.update(lambda record, kept=(*others, fact): record.with_facts(kept))
    identities = [fact.identity for fact in memory.facts()]
    assert len(identities) == len(set(identities))
    if memory.facts():
        gone = data.draw(st.sampled_from(memory.facts()))
        memory.forget(gone)
        assert gone not in memory.facts()
        assert len(memory.facts()) == len(identities) - 1


def test_the_clock_of_the_memory_is_that_of_its_facts(tmp_path: Path) -> None:
    now = NOW
    memory = own(tmp_path, lambda: now)
    first = memory.remember(Fact(what="home", value="望京"))
    now = NOW + timedelta(days=1)
    assert memory.remember(first).since == NOW
    assert memory.remember(Fact(what="work", value="国贸")).since == now


def test_the_example_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parents[3] / "docs" / "memory.md"
    examples = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)
    anna = names["anna"]
    assert isinstance(anna, Memory)
    assert anna.facts() == ()
    assert not anna.consents.allows("position")
