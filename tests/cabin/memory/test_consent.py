from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fujia.cabin.memory import Memories, Memory
from fujia.cabin.memory.consent import load_purposes
from fujia.errors import InputError

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory(tmp_path: Path, clock: Clock) -> Memory:
    return Memories(tmp_path / "memory", clock).seat("driver", "王")


def test_nothing_is_allowed_at_first(memory: Memory) -> None:
    assert not any(memory.consents.allows(purpose) for purpose in load_purposes())
    assert not memory.consents.allows("anything")


def test_consent_is_for_its_purpose_and_for_its_time(memory: Memory, clock: Clock) -> None:
    grant = memory.consents.grant("position", days=2)
    assert grant.expires == NOW + timedelta(days=2)
    assert memory.consents.allows("position")
    assert not memory.consents.allows("contacts")
    clock.now = NOW + timedelta(days=2)
    assert not memory.consents.allows("position")
    clock.now = NOW - timedelta(days=1)
    assert not memory.consents.allows("position")


@pytest.mark.parametrize("purpose", list(load_purposes()))
def test_consent_ends_by_itself(memory: Memory, clock: Clock, purpose: str) -> None:
    memory.consents.grant(purpose)
    clock.now = NOW + timedelta(days=load_purposes()[purpose].longest)
    assert not memory.consents.allows(purpose)


@pytest.mark.parametrize("days", [0.0, -1.0, 91.0, float("inf"), float("nan")])
def test_consent_is_never_for_ever(memory: Memory, days: float) -> None:
    with pytest.raises(InputError, match="90 days"):
        memory.consents.grant("position", days)
    assert memory.consents.all() == ()


def test_consent_is_taken_back_at_once(memory: Memory) -> None:
    memory.consents.grant("position")
    assert memory.consents.revoke("position")
    assert not memory.consents.allows("position")
    assert not memory.consents.revoke("position")
    assert memory.consents.all()[0].revoked == NOW
    memory.consents.grant("position")
    assert memory.consents.allows("position")
    assert len(memory.consents.all()) == 1


def test_its_record_is_deleted_with_proof(memory: Memory) -> None:
    memory.consents.grant("position")
    memory.consents.grant("contacts")
    receipt = memory.consents.delete("position")
    assert receipt is not None
    assert receipt.kinds == ("consent position",)
    assert memory.proves(receipt)
    assert memory.consents.allows("contacts")
    assert not memory.consents.allows("position")
    assert memory.consents.delete("position") is None


def test_an_unknown_purpose_names_the_known_ones(memory: Memory) -> None:
    with pytest.raises(InputError, match="language_model"):
        memory.consents.grant("fun")
    with pytest.raises(InputError, match="language_model"):
        memory.consents.revoke("fun")


def test_a_child_cannot_consent(tmp_path: Path, clock: Clock) -> None:
    child = Memories(tmp_path, clock).seat("rear_left", "小明", is_child=True)
    with pytest.raises(InputError, match="child"):
        child.consents.grant("position")
    assert not child.consents.allows("position")


def test_a_guest_consents_until_they_leave(tmp_path: Path, clock: Clock) -> None:
    memories = Memories(tmp_path / "memory", clock)
    memories.seat("driver").consents.grant("position")
    assert memories.of("driver").consents.allows("position")
    assert not memories.seat("driver").consents.allows("position")
    assert not (tmp_path / "memory").exists()


def test_consent_outlives_the_process(memory: Memory, tmp_path: Path, clock: Clock) -> None:
    memory.consents.grant("language_model")
    again = Memories(tmp_path / "memory", clock).person("王")
    assert again.consents.allows("language_model")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_purposes_are_described(language: str) -> None:
    for purpose in load_purposes().values():
        assert purpose.text(language)  # type: ignore[arg-type]
        assert purpose.days <= purpose.longest
