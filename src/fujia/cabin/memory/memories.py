"""The memories of everybody who drives along: who sits where, and a store for each of them."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import RLock

from fujia.cabin.memory.memory import Memory
from fujia.cabin.memory.receipt import Ledger, Receipt
from fujia.cabin.memory.vault import Vault
from fujia.errors import DataError, InputError
from fujia.vehicle.zone import SEATS, Seat

LONGEST_NAME = 60


def local_now() -> datetime:
    """The time on the clock of this machine, with its zone."""
    return datetime.now().astimezone()


class Memories:
    """The stores in ``folder``, one for each person, and who sits where.

    Everybody is a guest at first. A name gives a seat the memory of that person; nothing in the
    names of the files tells whose they are.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = local_now) -> None:
        self.folder = folder
        self.ledger = Ledger(folder)
        self._clock = clock
        self._lock = RLock()
        self._seats = {seat: self._guest() for seat in SEATS}

    def of(self, seat: Seat) -> Memory:
        """The memory of whoever sits there."""
        return self._seats[seat]

    def seat(self, seat: Seat, name: str = "", *, is_child: bool = False) -> Memory:
        """Say who sits there now; without a name a guest. What a guest said is gone with them.

        Raises:
            InputError: the name is too long.
        """
        with self._lock:
            if is_child or not name.strip():
                memory = Memory(name.strip(), is_child=is_child, clock=self._clock)
            else:
                memory = self.person(name)
            self._seats[seat] = memory
            return memory

    def person(self, name: str) -> Memory:
        """The memory of one person, wherever they are; nothing is written before it has to be.

        Raises:
            InputError: the name is empty or too long.
            DataError: theirs may be a store that is damaged.
        """
        wanted = name.strip()
        if not 0 < len(wanted) <= LONGEST_NAME:
            raise InputError(f"a name has 1 to {LONGEST_NAME} characters")
        with self._lock:
            damage: DataError | None = None
            for memory in self._stored():
                try:
                    memory.name = memory.record().name
                except DataError as error:  # perhaps theirs, so they get no other
                    damage = error
                    continue
                if memory.name.casefold() == wanted.casefold():
                    return memory
            if damage is not None:
                raise damage
            return self._memory(wanted, secrets.token_hex(8))

    def people(self) -> tuple[str, ...]:
        """The names of all of whom something is kept; raises DataError for a damaged store."""
        with self._lock:
            return tuple(sorted(memory.record().name for memory in self._stored()))

    def erase(self, name: str) -> Receipt | None:
        """Delete all that is kept of one person, consents included; None if there was nothing."""
        memory = self.person(name)
        return memory.erase() if memory.is_stored else None

    def is_gone(self, receipt: Receipt) -> bool:
        """Whether nothing that a receipt names is kept of anybody; raises DataError."""
        with self._lock:
            return all(receipt.is_gone(one.record().entries()) for one in self._stored())

    def _guest(self) -> Memory:
        return Memory(clock=self._clock)

    def _stored(self) -> list[Memory]:
        if not self.folder.is_dir():
            return []
        stems = sorted(file.stem for file in self.folder.glob("*.vault"))
        return [self._memory("", stem) for stem in stems]

    def _memory(self, name: str, stem: str) -> Memory:
        vault = Vault(self.folder, stem)
        return Memory(name, vault=vault, ledger=self.ledger, clock=self._clock)
