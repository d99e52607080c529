"""That an AI speaks: said before its first words to each person, and noted where they are kept.

Somebody who is remembered is told once, and that lies with the rest of what is kept of them; a
guest or a child is told once for as long as they sit there, and nothing of it stays.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from fujia.cabin.memory.memory import Memory
from fujia.errors import DataError, StoreError
from fujia.understanding.plan import Language

if TYPE_CHECKING:
    from fujia.llm.disclosure import FirstUse


def ai_notice(memory: Memory | None, first_use: "FirstUse", language: Language) -> str:
    """What has to be said before the words of an AI; empty where it was said already."""
    try:
        told = first_use.told if memory is None else memory.record().told_of_ai
    except DataError:  # whoever cannot be sure of having said it says it again
        told = False
    return "" if told else first_use.notice(language)


def note_told(memory: Memory | None, first_use: "FirstUse") -> None:
    """Note that it was said; ``first_use`` is for where nobody is remembered."""
    if memory is None:
        first_use.told = True
        return
    with suppress(DataError, StoreError):
        if not memory.record().told_of_ai:
            memory.update(lambda record: record.model_copy(update={"told_of_ai": True}))
