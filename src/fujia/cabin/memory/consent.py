"""Consent by purpose: given for a time, taken back at any moment, deleted with proof."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from fujia.cabin.memory.catalogue import DATA
from fujia.datafile import load_yaml
from fujia.errors import InputError
from fujia.understanding.plan import Language

if TYPE_CHECKING:
    from fujia.cabin.memory.memory import Memory
    from fujia.cabin.memory.receipt import Receipt


class Purpose(BaseModel):
    """What may be consented to, and for how many days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    days: float = Field(gt=0)
    longest: float = Field(gt=0)

    def text(self, language: Language) -> str:
        """The purpose in words."""
        return self.zh if language == "zh" else self.en


class _Purposes(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    purposes: Mapping[str, Purpose]


class Grant(BaseModel):
    """One consent. ``revoked`` says when it was taken back. ``nonce`` is as in ``Fact``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str
    given: datetime
    expires: datetime
    revoked: datetime | None = None
    nonce: str = Field(default_factory=partial(secrets.token_hex, 16), repr=False)

    @property
    def commitment(self) -> str:
        """A digest that names it to those who have it, and tells others nothing."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def holds(self, now: datetime) -> bool:
        """Whether it is in force; a clock that was set back does not bring it back."""
        return self.revoked is None and self.given <= now < self.expires


class Consents:
    """The consents of one person. Nothing is allowed that was not granted."""

    def __init__(self, memory: "Memory") -> None:
        self._memory = memory

    def all(self) -> tuple[Grant, ...]:
        """Every consent there is a record of, expired and revoked ones included."""
        return self._memory.record().grants

    def allows(self, purpose: str) -> bool:
        """Whether there is consent for the purpose now."""
        now = self._memory.now()
        return any(grant.purpose == purpose and grant.holds(now) for grant in self.all())

    def grant(self, purpose: str, days: float | None = None) -> Grant:
        """Note a consent, in the place of an earlier one for the same purpose.

        Raises:
            InputError: no such purpose, longer than it may last, or a child's.
        """
        known = find_purpose(purpose)
        self._memory.must_be_grown_up()
        lasts = known.days if days is None else days
        if not 0 < lasts <= known.longest:
            raise InputError(
                f"consent for {purpose!r} lasts up to {known.longest:g} days, not {lasts:g}"
            )
        now = self._memory.now()
        grant = Grant(purpose=purpose, given=now, expires=now + timedelta(days=lasts))
        self._replace(purpose, grant)
        return grant

    def revoke(self, purpose: str) -> bool:
        """Take a consent back, at once; returns whether there was one in force."""
        find_purpose(purpose)
        now = self._memory.now()
        held = next((one for one in self.all() if one.purpose == purpose and one.holds(now)), None)
        if held is not None:
            self._replace(purpose, held.model_copy(update={"revoked": now}))
        return held is not None

    def delete(self, purpose: str | None = None) -> "Receipt | None":
        """Delete the record of a consent, or of all; it no longer holds then.

        Returns the proof; None where there was nothing, or nothing was ever on the disk.
        """
        return self._memory.delete(
            lambda record: record.with_grants(
                one for one in record.grants if purpose not in (None, one.purpose)
            )
        )

    def _replace(self, purpose: str, grant: Grant) -> None:
        self._memory.update(
            lambda record: record.with_grants(
                (*(one for one in record.grants if one.purpose != purpose), grant)
            )
        )


def find_purpose(name: str) -> Purpose:
    """The purpose of that name; raises InputError."""
    purposes = load_purposes()
    if name not in purposes:
        raise InputError(f"there is no purpose {name!r}; purposes: {', '.join(purposes)}")
    return purposes[name]


@cache
def load_purposes() -> Mapping[str, Purpose]:
    """Every purpose by its name: ``data/memory/consent.yaml``."""
    return load_yaml(DATA / "consent.yaml", _Purposes).purposes
