"""What is remembered of one person: facts, consents, and what is never to be suggested again."""

from collections.abc import Callable, Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.cabin.memory.catalogue import What, load_catalogue
from fujia.cabin.memory.consent import Consents, Grant
from fujia.cabin.memory.fact import Fact
from fujia.cabin.memory.receipt import Ledger, Receipt
from fujia.cabin.memory.vault import Vault
from fujia.errors import DataError, InputError

MOST_FACTS = 200
"""Facts of one person; more is refused."""


class Record(BaseModel):
    """Everything that a vault holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    facts: tuple[Fact, ...] = ()
    grants: tuple[Grant, ...] = ()
    silenced: tuple[str, ...] = ()
    told_of_ai: bool = False
    """Whether this person was told that an AI speaks."""

    def with_facts(self, facts: Iterable[Fact]) -> "Record":
        """The record with other facts."""
        return self.model_copy(update={"facts": tuple(facts)})

    def with_grants(self, grants: Iterable[Grant]) -> "Record":
        """The record with other consents."""
        return self.model_copy(update={"grants": tuple(grants)})

    def entries(self) -> dict[str, str]:
        """Each entry's digest, and its kind."""
        found = {fact.commitment: str(fact.what) for fact in self.facts}
        return found | {grant.commitment: f"consent {grant.purpose}" for grant in self.grants}


class Memory:
    """The memory of one person. Without a vault it is a guest's: nothing ever reaches the disk.

    Every call reads what is there now, so that several processes may share a vault. Raises
    StoreError where nothing can be written, DataError where the vault is damaged.
    """

    def __init__(
        self,
        name: str = "",
        *,
        vault: Vault | None = None,
        ledger: Ledger | None = None,
        is_child: bool = False,
        clock: Callable[[], datetime],
    ) -> None:
        self.name = name
        self.is_child = is_child
        self.now = clock
        self.consents = Consents(self)
        self._vault = vault
        self._ledger = ledger
        self._record = Record(name=name)

    @property
    def keeps(self) -> bool:
        """Whether anything is remembered: not of guests, and not of children."""
        return self._vault is not None and not self.is_child

    @property
    def is_stored(self) -> bool:
        """Whether there is anything of it on the disk."""
        return self._vault is not None and self._vault.digest() != ""

    def facts(self, what: What | None = None, name: str = "") -> tuple[Fact, ...]:
        """What is remembered, in the order in which it was said."""
        wanted = name.casefold()
        return tuple(
            fact
            for fact in self.record().facts
            if what in (None, fact.what) and wanted in ("", fact.name.casefold())
        )

    def fact(self, what: What, name: str = "") -> Fact | None:
        """The fact of that kind and name that was said last, or None."""
        return next(reversed(self.facts(what, name)), None)

    def place(self, spoken: str) -> str:
        """Where a place is that somebody named, home and work included; else the words again."""
        what = load_catalogue().place(spoken)
        found = self.fact(what) if what else self.fact("place", spoken.strip())
        return str(found.value) if found else spoken

    def remember(self, fact: Fact) -> Fact:
        """Keep a fact, in the place of the one with its identity; returns it as it is kept.

        Raises:
            InputError: nothing is kept of guests and children, or there is no room left.
        """
        if not self.keeps:
            raise InputError("nothing is remembered of guests and children")
        kept = fact.model_copy(update={"since": fact.since or self.now()})

        def put(record: Record) -> Record:
            others = [one for one in record.facts if one.identity != fact.identity]
            if len(others) >= MOST_FACTS:
                raise InputError(f"no more than {MOST_FACTS} things are remembered; forget some")
            return record.with_facts((*others, kept))

        self.update(put)
        return kept

    def forget(self, *facts: Fact) -> Receipt | None:
        """Delete facts; without any, all of them. Returns the proof; None if there was nothing."""
        gone = {fact.commitment for fact in facts or self.facts()}
        return self.delete(
            lambda record: record.with_facts(
                fact for fact in record.facts if fact.commitment not in gone
            )
        )

    def silence(self, suggestion: str) -> None:
        """Never suggest this again; for a guest until they leave."""

        def add(record: Record) -> Record:
            names = dict.fromkeys((*record.silenced, suggestion))
            return record.model_copy(update={"silenced": tuple(names)})

        self.update(add)

    def is_silenced(self, suggestion: str) -> bool:
        """Whether this is never to be suggested."""
        return suggestion in self.record().silenced

    def unsilence(self, *suggestions: str) -> None:
        """Allow suggestions again; without any, all of them."""

        def remove(record: Record) -> Record:
            kept = (one for one in record.silenced if suggestions and one not in suggestions)
            return record.model_copy(update={"silenced": tuple(kept)})

        self.update(remove)

    def erase(self) -> Receipt | None:
        """Delete all there is and destroy the key; returns the proof, None for a guest."""
        if self._vault is None or self._ledger is None:
            self._record = Record(name=self.name)
            return None
        with self._vault.locked():
            before, record = self._vault.digest(), self.record()
            self._vault.destroy()
            return self._prove(record, Record(), before)

    def proves(self, receipt: Receipt) -> bool:
        """Whether a receipt is genuine, and all that it names is gone from here."""
        key = self._ledger.key if self._ledger else ""
        return receipt.is_genuine(key) and receipt.is_gone(self.record().entries())

    def must_be_grown_up(self) -> None:
        """Raise InputError if this is a child, who cannot consent."""
        if self.is_child:
            raise InputError("a child cannot consent; ask a parent or guardian")

    def record(self) -> Record:
        """Everything there is now."""
        content = self._vault.read() if self._vault else None
        if content is None or self._vault is None:
            return self._record
        try:
            return Record.model_validate_json(content)
        except ValidationError:
            message = "was written by another version of fujia; delete it to start anew"
            raise DataError(self._vault.file, 0, message) from None

    def update(self, change: Callable[[Record], Record]) -> None:
        """Write what ``change`` makes of the record."""
        if self._vault is None:
            self._record = change(self._record)
            return
        with self._vault.locked():
            self._vault.write(change(self.record()).model_dump_json().encode())

    def delete(self, change: Callable[[Record], Record]) -> Receipt | None:
        """As ``update``, for what deletes entries: with a new key, and a receipt."""
        if self._vault is None or self._ledger is None:
            self._record = change(self._record)
            return None
        with self._vault.locked():
            record = self.record()
            left = change(record)
            if left.entries() == record.entries():
                return None
            before = self._vault.digest()
            self._vault.renew(left.model_dump_json().encode())
            return self._prove(record, left, before)

    def _prove(self, before: Record, wanted: Record, digest: str) -> Receipt | None:
        """Read back what is there now, and sign for what is no longer."""
        assert self._vault is not None and self._ledger is not None
        is_there = self._vault.digest() != ""
        present = self.record().entries() if is_there else {}
        gone = {key: kind for key, kind in before.entries().items() if key not in present}
        if set(present) != set(wanted.entries()):
            raise DataError(self._vault.file, 0, "was changed while it was being deleted from")
        receipt = Receipt(
            at=self.now(),
            store=self._vault.file.stem,
            kinds=tuple(gone.values()),
            deleted=tuple(gone),
            before=digest,
            after=self._vault.digest(),
        )
        return self._ledger.sign(receipt)
