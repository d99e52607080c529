"""Who sits where in a session, and what is remembered of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Path
from pydantic import ValidationError

from fujia.cabin.memory import Fact, Memory, Receipt
from fujia.cabin.memory.consent import find_purpose, load_purposes
from fujia.cabin.suggestions.rules import load_rules
from fujia.errors import InputError
from fujia.serve.occupant_schemas import (
    RECEIPT_EXAMPLES,
    ConsentGiven,
    ConsentShown,
    DeletedShown,
    EntryId,
    OccupantGiven,
    OccupantShown,
    PreferenceGiven,
    PreferenceShown,
    ReceiptShown,
    RoutineGiven,
    RoutineShown,
    SilenceGiven,
    SuggestionShown,
    entry_id,
)
from fujia.serve.routes.common import TheSession, needs, problems
from fujia.serve.schemas import what_is_wrong
from fujia.vehicle.zone import SEATS, Seat

router = APIRouter(
    prefix="/sessions/{session_id}/occupants",
    tags=["occupants"],
    dependencies=[Depends(needs("cabin"))],
    responses=problems(404, 503),
)


async def memory_of(session: TheSession, seat: Seat) -> Memory:
    """The memory of whoever sits there; raises InputError where nobody is remembered."""
    return session.memory(seat)


TheMemory = Annotated[Memory, Depends(memory_of)]
PurposeName = Annotated[str, Path(max_length=64, description="such as position")]


@router.get("")
def list_occupants(session: TheSession) -> list[OccupantShown]:
    """Who sits where."""
    return [OccupantShown.of(seat, session.memory(seat)) for seat in SEATS]


@router.put("/{seat}")
def seat_somebody(session: TheSession, seat: Seat, given: OccupantGiven) -> OccupantShown:
    """Say who sits there now. What waited for a yes is dropped, what a guest said is forgotten."""
    return OccupantShown.of(seat, session.cabin.seat(seat, given.name, is_child=given.child))


@router.delete("/{seat}/memory")
def erase(memory: TheMemory) -> DeletedShown:
    """Delete everything that is kept of this person, consents too, and destroy the key."""
    return DeletedShown(receipt=memory.erase() if memory.is_stored or not memory.keeps else None)


@router.get("/{seat}/preferences")
def list_preferences(memory: TheMemory) -> list[PreferenceShown]:
    """Preferences, places and notes, in the order in which they were said."""
    return [PreferenceShown.of(fact) for fact in memory.facts() if fact.what != "trip"]


@router.post("/{seat}/preferences", status_code=201)
def add_preference(memory: TheMemory, given: PreferenceGiven) -> PreferenceShown:
    """Keep a preference, in the place of the one about the same thing."""
    return PreferenceShown.of(_keep(memory, _preference(given)))


@router.put("/{seat}/preferences/{entry}")
def change_preference(memory: TheMemory, entry: EntryId, given: PreferenceGiven) -> PreferenceShown:
    """Change a preference; it has another id then."""
    old = _find(memory, entry, is_routine=False)
    return PreferenceShown.of(_keep(memory, _preference(given), old))


@router.delete("/{seat}/preferences/{entry}")
def delete_preference(memory: TheMemory, entry: EntryId) -> DeletedShown:
    """Delete a preference for good."""
    return DeletedShown(receipt=memory.forget(_find(memory, entry, is_routine=False)))


@router.get("/{seat}/routines")
def list_routines(memory: TheMemory) -> list[RoutineShown]:
    """The trips that this person takes again and again."""
    return [RoutineShown.of(fact) for fact in memory.facts("trip")]


@router.post("/{seat}/routines", status_code=201)
def add_routine(memory: TheMemory, given: RoutineGiven) -> RoutineShown:
    """Keep a routine, in the place of the one with the same destination."""
    return RoutineShown.of(_keep(memory, _routine(given)))


@router.put("/{seat}/routines/{entry}")
def change_routine(memory: TheMemory, entry: EntryId, given: RoutineGiven) -> RoutineShown:
    """Change a routine; it has another id then."""
    old = _find(memory, entry, is_routine=True)
    return RoutineShown.of(_keep(memory, _routine(given), old))


@router.delete("/{seat}/routines/{entry}")
def delete_routine(memory: TheMemory, entry: EntryId) -> DeletedShown:
    """Delete a routine for good."""
    return DeletedShown(receipt=memory.forget(_find(memory, entry, is_routine=True)))


@router.get("/{seat}/consents")
def list_consents(memory: TheMemory) -> list[ConsentShown]:
    """Every purpose, and whether there is consent for it."""
    return [_consent(memory, name) for name in load_purposes()]


@router.put("/{seat}/consents/{purpose}")
def change_consent(memory: TheMemory, purpose: PurposeName, given: ConsentGiven) -> ConsentShown:
    """Give consent for a time, or take it back at once. Children cannot consent."""
    _known(purpose)
    if given.granted:
        memory.consents.grant(purpose, given.days)
    else:
        memory.consents.revoke(purpose)
    return _consent(memory, purpose)


@router.delete("/{seat}/consents/{purpose}")
def delete_consent(memory: TheMemory, purpose: PurposeName) -> DeletedShown:
    """Delete the record of a consent; it no longer holds then."""
    _known(purpose)
    return DeletedShown(receipt=memory.consents.delete(purpose))


@router.get("/{seat}/suggestions")
def list_suggestions(memory: TheMemory) -> list[SuggestionShown]:
    """What may be suggested, and what this person does not want to hear."""
    silenced = memory.record().silenced
    return [
        SuggestionShown(id=rule.id, silenced=rule.id in silenced) for rule in load_rules().rules
    ]


@router.put("/{seat}/suggestions/{suggestion}")
def silence(
    memory: TheMemory,
    suggestion: Annotated[str, Path(max_length=64, examples=["windows-in-the-rain"])],
    given: SilenceGiven,
) -> SuggestionShown:
    """Never suggest this again, or allow it again."""
    if all(rule.id != suggestion for rule in load_rules().rules):
        raise HTTPException(404, "there is no such suggestion; the list tells which there are")
    (memory.silence if given.silenced else memory.unsilence)(suggestion)
    return SuggestionShown(id=suggestion, silenced=memory.is_silenced(suggestion))


@router.post("/{seat}/receipts/verify")
def verify_receipt(
    session: TheSession,
    seat: Seat,
    receipt: Annotated[Receipt, Body(examples=RECEIPT_EXAMPLES)],
) -> ReceiptShown:
    """Whether a receipt is genuine, and what it names is gone from the memory of everybody."""
    session.memory(seat)
    memories = session.cabin.memories
    assert memories is not None
    genuine = receipt.is_genuine(memories.ledger.key)
    return ReceiptShown(genuine=genuine, gone=memories.is_gone(receipt))


def _keep(memory: Memory, fact: Fact, old: Fact | None = None) -> Fact:
    """Keep a fact, in the place of ``old`` too."""
    kept = memory.remember(fact)
    if old is not None and old.identity != kept.identity:
        memory.forget(old)
    return kept


def _preference(given: PreferenceGiven) -> Fact:
    return _fact(what=given.what, value=given.value, name=given.name)


def _routine(given: RoutineGiven) -> Fact:
    days = tuple(sorted(set(given.days)))
    return _fact(what="trip", value=given.destination, time=given.time, days=days)


def _fact(**fields: Any) -> Fact:
    """A fact; raises InputError with what pydantic found."""
    try:
        return Fact(**fields)
    except ValidationError as error:
        raise InputError(what_is_wrong(error.errors()[0])) from None


def _find(memory: Memory, entry: str, *, is_routine: bool) -> Fact:
    for fact in memory.facts():
        if entry_id(fact) == entry and (fact.what == "trip") == is_routine:
            return fact
    raise HTTPException(404, "nothing that is remembered has this id; list it again")


def _known(purpose: str) -> None:
    """Raise 404 for a purpose that there is not: it stands in the address."""
    try:
        find_purpose(purpose)
    except InputError as error:
        raise HTTPException(404, str(error)) from None


def _consent(memory: Memory, name: str) -> ConsentShown:
    grants = (grant for grant in memory.consents.all() if grant.purpose == name)
    return ConsentShown.of(name, find_purpose(name), next(grants, None), memory.now())
