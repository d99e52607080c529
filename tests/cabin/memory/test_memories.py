from datetime import UTC, datetime
from pathlib import Path

import pytest

from fujia.cabin.memory import Fact, Memories
from fujia.errors import DataError, InputError

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOME = Fact(what="home", value="望京")


def memories(folder: Path) -> Memories:
    return Memories(folder / "memory", lambda: NOW)


def test_everybody_is_a_guest_until_they_are_named(tmp_path: Path) -> None:
    here = memories(tmp_path)
    assert not any(here.of(seat).keeps for seat in ("driver", "passenger", "rear_left"))
    here.seat("driver", "王")
    assert here.of("driver").keeps
    assert not here.of("passenger").keeps


def test_each_person_has_a_store_of_their_own(tmp_path: Path) -> None:
    here = memories(tmp_path)
    here.seat("driver", "王").remember(HOME)
    here.seat("passenger", "李").remember(Fact(what="home", value="国贸"))
    assert here.of("driver").place("家") == "望京"
    assert here.of("passenger").place("家") == "国贸"
    assert here.people() == ("李", "王")
    assert len(list((tmp_path / "memory").glob("*.vault"))) == 2


def test_a_person_is_the_same_in_any_seat_and_spelling(tmp_path: Path) -> None:
    memories(tmp_path).seat("driver", "Anna").remember(HOME)
    assert memories(tmp_path).seat("rear_right", " anna ").place("家") == "望京"


def test_no_file_tells_whose_it_is(tmp_path: Path) -> None:
    memories(tmp_path).person("王小明").remember(HOME)
    for file in (tmp_path / "memory").iterdir():
        assert "王" not in file.name
        assert "王小明".encode() not in file.read_bytes()


def test_asking_for_somebody_writes_nothing(tmp_path: Path) -> None:
    here = memories(tmp_path)
    assert here.person("王").facts() == ()
    assert here.people() == ()
    assert here.erase("王") is None
    assert not (tmp_path / "memory").exists()


def test_one_person_is_erased_and_the_others_stay(tmp_path: Path) -> None:
    here = memories(tmp_path)
    here.person("王").remember(HOME)
    here.person("李").remember(HOME)
    receipt = here.erase("王")
    assert receipt is not None
    assert receipt.is_genuine(here.ledger.key)
    assert here.people() == ("李",)


@pytest.mark.parametrize("name", ["", "  ", "王" * 61])
def test_a_name_has_a_length(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="60"):
        memories(tmp_path).person(name)


def test_a_damaged_store_is_never_taken_for_nobodys(tmp_path: Path) -> None:
    here = memories(tmp_path)
    here.person("王").remember(HOME)
    (file,) = (tmp_path / "memory").glob("*.vault")
    file.write_bytes(b"rubbish")
    with pytest.raises(DataError, match="damaged"):
        here.person("王")
    with pytest.raises(DataError):
        here.people()
