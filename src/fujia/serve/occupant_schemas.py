"""What requests and answers about the people in a car hold: who they are, what is remembered."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from fujia.cabin.memory import Fact, Grant, Memory, Receipt
from fujia.cabin.memory.consent import Purpose
from fujia.cabin.memory.fact import LONGEST
from fujia.cabin.memory.memories import LONGEST_NAME
from fujia.serve.schemas import Given, Number, Shown
from fujia.vehicle.zone import Seat

EntryId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", examples=["9f2c4d7a1b3e5f60"])]
Preferred = Literal[
    "temperature", "fan", "seat_heating", "seat_ventilation", "volume", "music", "home", "work",
    "place", "note",
]  # fmt: skip
"""What a preference may be about: every kind of fact that is no routine."""

_RECEIPT = {
    "at": "2026-03-02T08:00:00Z",
    "store": "5f2a9c0d1e2b3c4d",
    "kinds": ["temperature"],
    "deleted": ["9f2c4d7a1b3e5f60" + "0" * 48],
    "before": "0" * 64,
    "after": "1" * 64,
    "key": "2" * 64,
    "signature": "3" * 128,
}
RECEIPT_EXAMPLES = [_RECEIPT]


def entry_id(fact: Fact) -> str:
    """What a fact is called until it changes: the beginning of its digest in a receipt."""
    return fact.commitment[:16]


class OccupantGiven(Given):
    """Somebody who sits down: a person by name, a child, or, with neither, a guest."""

    name: str = Field("", max_length=LONGEST_NAME, examples=["Anna"])
    child: bool = Field(False, description="nothing is kept of children, whatever their name")


class OccupantShown(Shown):
    """Who sits in one seat."""

    seat: Seat
    kind: Literal["person", "guest", "child"] = Field(
        description="only of a person is anything kept"
    )
    name: str = Field("", examples=["Anna"])

    @classmethod
    def of(cls, seat: Seat, memory: Memory) -> "OccupantShown":
        """Whoever has this memory."""
        kind = "child" if memory.is_child else "person" if memory.keeps else "guest"
        return cls(seat=seat, kind=kind, name=memory.name)


class PreferenceGiven(Given):
    """A preference, a place or a note, to take the place of the one about the same thing."""

    what: Preferred = Field(examples=["temperature"])
    value: Number | str = Field(
        description=f"a number, or text of up to {LONGEST} characters; /v1/skills, "
        "memory.remember, tells what it is",
        examples=[21],
    )
    name: str = Field("", max_length=LONGEST, description="of a place", examples=[""])


class KeptShown(Shown):
    """Something that is kept of a person."""

    id: EntryId
    since: datetime | None = None
    zh: str = Field(description="as it is said", examples=["您喜欢21度"])
    en: str = Field(examples=["you like 21 degrees"])

    @classmethod
    def showing(cls, fact: Fact, **more: Any) -> Self:
        """A fact, with what its kind has beside."""
        return cls(
            id=entry_id(fact), since=fact.since, zh=fact.text("zh"), en=fact.text("en"), **more
        )


class PreferenceShown(KeptShown):
    """A preference, a place or a note that is kept."""

    what: Preferred = Field(examples=["temperature"])
    value: float | str = Field(examples=[21])
    name: str = ""

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """A fact that is no routine."""
        return cls.showing(fact, what=fact.what, value=fact.value, name=fact.name)


class RoutineGiven(Given):
    """A trip that somebody takes again and again."""

    destination: str = Field(min_length=1, max_length=LONGEST, examples=["公司"])
    time: str = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["07:50"])
    days: list[Annotated[int, Field(ge=1, le=7)]] = Field(
        min_length=1, max_length=7, description="1 for Monday", examples=[[1, 2, 3, 4, 5]]
    )


class RoutineShown(KeptShown):
    """A routine that is kept."""

    destination: str = Field(examples=["公司"])
    time: str = Field(examples=["07:50"])
    days: list[int] = Field(examples=[[1, 2, 3, 4, 5]])

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """A fact that is a routine."""
        return cls.showing(fact, destination=fact.value, time=fact.time, days=fact.days)


class ConsentGiven(Given):
    """Consent for one purpose, or its end."""

    granted: bool = Field(description="false takes it back, at once", examples=[True])
    days: float | None = Field(
        None, gt=0, le=3650, description="how long; as the purpose says where it is left out"
    )


class ConsentShown(Shown):
    """One purpose, and the consent that there is or was for it."""

    purpose: str = Field(examples=["position"])
    zh: str
    en: str
    longest: float = Field(description="days that it may last", examples=[90])
    allowed: bool = Field(description="whether it holds now")
    given: datetime | None = None
    expires: datetime | None = None
    revoked: datetime | None = None

    @classmethod
    def of(cls, name: str, purpose: Purpose, grant: Grant | None, now: datetime) -> "ConsentShown":
        """A purpose with its record, if there is one."""
        return cls(
            purpose=name,
            zh=purpose.zh,
            en=purpose.en,
            longest=purpose.longest,
            allowed=grant is not None and grant.holds(now),
            given=grant.given if grant else None,
            expires=grant.expires if grant else None,
            revoked=grant.revoked if grant else None,
        )


class SilenceGiven(Given):
    """Whether something is never to be suggested."""

    silenced: bool = Field(examples=[True])


class SuggestionShown(Shown):
    """Something that may be suggested."""

    id: str = Field(examples=["windows-in-the-rain"])
    silenced: bool = Field(description="never suggested to this person")


class DeletedShown(Shown):
    """That something was deleted, and the proof."""

    receipt: Receipt | None = Field(
        description="signed; null where nothing was kept, as with guests. Its digests begin with "
        "the ids of what was deleted",
        examples=RECEIPT_EXAMPLES,
    )


class ReceiptShown(Shown):
    """What a receipt is worth."""

    genuine: bool = Field(description="this car signed it, and it was not changed")
    gone: bool = Field(description="nothing that it names is kept of anybody")
