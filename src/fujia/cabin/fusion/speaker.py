"""Who is speaking: whose consent counts, and what is private of them."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from fujia.cabin.memory.memories import Memories
from fujia.errors import DataError
from fujia.llm.private import Known
from fujia.vehicle.zone import Seat


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, and the contacts that they named."""

    seat: Seat
    contacts: tuple[str, ...] = ()


PLACES = ("home", "work", "place", "trip")
"""Kinds of facts that say where somebody is or will be."""
_speaker: ContextVar[Speaker] = ContextVar("speaker", default=Speaker("driver"))  # noqa: B039 (frozen)


@contextmanager
def speaking(speaker: Speaker) -> Generator[None]:
    """For the length of the block, this person speaks."""
    token = _speaker.set(speaker)
    try:
        yield
    finally:
        _speaker.reset(token)


@dataclass(frozen=True)
class SpeakerConsent:
    """The consent of whoever speaks; nothing is allowed where their memory cannot be read."""

    memories: Memories

    def allows(self, purpose: str) -> bool:
        """Whether the speaker's consent for the purpose holds."""
        try:
            return self.memories.of(_speaker.get().seat).consents.allows(purpose)
        except DataError:
            return False

    def known(self) -> Known:
        """What is private of the speaker: their places, and the contacts that they named."""
        speaker = _speaker.get()
        try:
            facts = self.memories.of(speaker.seat).facts()
        except DataError:
            facts = ()
        places = tuple(str(fact.value) for fact in facts if fact.what in PLACES)
        return Known(contacts=speaker.contacts, addresses=places)
