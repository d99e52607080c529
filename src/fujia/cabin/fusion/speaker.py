"""Who is speaking: whose consent counts, and what is private of them."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from fujia.cabin.memory.memory import Memory
from fujia.errors import DataError
from fujia.llm.private import Known


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, and the contacts that they named."""

    memory: Memory | None = None
    """What is remembered of them; None where nobody is remembered."""
    contacts: tuple[str, ...] = ()


PLACES = ("home", "work", "place", "trip")
"""Kinds of facts that say where somebody is or will be."""
_speaker: ContextVar[Speaker] = ContextVar("speaker", default=Speaker())  # noqa: B039 (frozen)


@contextmanager
def speaking(speaker: Speaker) -> Generator[None]:
    """For the length of the block, this person speaks."""
    token = _speaker.set(speaker)
    try:
        yield
    finally:
        _speaker.reset(token)


class SpeakerConsent:
    """The consent of whoever speaks; without a memory that can be read nothing is allowed.

    One gateway with it serves many cabins.
    """

    def allows(self, purpose: str) -> bool:
        """Whether the speaker's consent for the purpose holds."""
        memory = _speaker.get().memory
        try:
            return memory is not None and memory.consents.allows(purpose)
        except DataError:
            return False

    def known(self) -> Known:
        """What is private of the speaker: their places, and the contacts that they named."""
        speaker = _speaker.get()
        try:
            facts = speaker.memory.facts() if speaker.memory else ()
        except DataError:
            facts = ()
        places = tuple(str(fact.value) for fact in facts if fact.what in PLACES)
        return Known(contacts=speaker.contacts, addresses=places)
