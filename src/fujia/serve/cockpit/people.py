"""Who sits where, and what they let leave the car: shown, and changed with a click."""

from contextlib import suppress
from html import escape

from fujia.cabin.memory import Memory
from fujia.cabin.memory.consent import Grant, load_purposes
from fujia.errors import CarUnreachable, DataError
from fujia.serve.cockpit.texts import Texts
from fujia.serve.session import Session
from fujia.vehicle.simulated import SimulatedCar
from fujia.vehicle.zone import SEATS, Seat, fill

OCCUPANCY = "Vehicle.Cabin.Seat.{seat}.OccupancyStatus"
_KINDS = ("nobody", "guest", "child")


class People:
    """The people of one session; what is done here is done as the API does it."""

    def __init__(self, session: Session, texts: Texts) -> None:
        self.session, self.texts = session, texts
        self.memories = session.cabin.memories
        """None where nobody is remembered; then there is nothing to show."""

    def name(self, seat: Seat) -> str:
        """The name of whoever sits there, or what they are called without one."""
        memory = self.memories.of(seat) if self.memories else None
        if memory is None or not (memory.name or memory.is_child):
            return ""
        return memory.name or self.texts.word("child")

    def html(self) -> str:
        """A block for each seat."""
        if self.memories is None:
            return ""
        known: tuple[str, ...] = ()
        with suppress(DataError):  # a damaged store has no name
            known = self.memories.people()
        options = "".join(f'<option value="{escape(name)}">' for name in known)
        seats = "".join(self._seat(seat, self.memories.of(seat)) for seat in SEATS)
        return f'<datalist id="known">{options}</datalist>{seats}'

    def sit(self, value: str) -> None:
        """``driver.guest`` or ``driver=Anna``: somebody sits down; ``driver.nobody``: they leave.

        Raises:
            InputError: the name is too long.
            DataError: what is kept of that person is damaged.
        """
        place, named, name = value.partition("=")
        place, _, kind = place.partition(".")
        seat = _seat_of(place)
        if self.memories is None or seat is None or not (named or kind in _KINDS):
            return
        self.session.cabin.seat(seat, name, is_child=kind == "child")
        path = fill(OCCUPANCY, seat, self.session.car.profile.driver_position)
        if isinstance(self.session.car, SimulatedCar) and self.session.car.profile.has(path):
            self.session.set(path, "EMPTY" if kind == "nobody" else "OCCUPIED")

    def consent(self, value: str) -> None:
        """``driver.position``: give that consent, or take it back where it holds.

        Raises:
            InputError: a child cannot consent.
            DataError: what is kept of that person is damaged.
        """
        place, _, purpose = value.partition(".")
        seat = _seat_of(place)
        if self.memories is None or seat is None or purpose not in load_purposes():
            return
        consents = self.memories.of(seat).consents
        (consents.revoke if consents.allows(purpose) else consents.grant)(purpose)

    def _seat(self, seat: Seat, memory: Memory) -> str:
        word = self.texts.word
        now = self._kind(seat, memory)
        kinds = "".join(
            f'<button type="button" data-do="occupant:{seat}.{kind}"'
            f' aria-pressed="{str(kind == now).lower()}">{escape(word(kind))}</button>'
            for kind in _KINDS
        )
        name, place = escape(memory.name), escape(self.texts.seats[seat])
        return (
            f'<fieldset class="occupant"><legend>{place}</legend>'
            f'<div class="segments" role="group" aria-label="{place}">{kinds}</div>'
            f'<form data-name="{seat}"><input name="name" list="known" value="{name}"'
            f' maxlength="60" autocomplete="off" placeholder="{escape(word("name"))}"'
            f' aria-label="{place}: {escape(word("name"))}"></form>'
            f"{'' if now in ('nobody', 'child') else self._consents(seat, memory)}</fieldset>"
        )

    def _consents(self, seat: Seat, memory: Memory) -> str:
        switches: list[str] = []
        count = 0
        for name, purpose in load_purposes().items():
            held = self._held(memory, name)
            allowed = held is not None
            count += allowed
            switches.append(
                f'<button type="button" role="switch" data-do="consent:{seat}.{name}"'
                f' aria-checked="{str(allowed).lower()}">'
                f"{escape(purpose.text(self.texts.language))}{self._term(held)}</button>"
            )
        head = escape(self.texts.word("consents").format(count=count, all=len(switches)))
        return (
            f'<details class="consents" id="consents-{seat}"><summary>{head}</summary>'
            f"{''.join(switches)}</details>"
        )

    def _held(self, memory: Memory, purpose: str) -> Grant | None:
        """The consent that is in force; nothing is allowed by what cannot be read."""
        with suppress(DataError):
            grants, now = memory.consents.all(), memory.now()
            return next((one for one in grants if one.purpose == purpose and one.holds(now)), None)
        return None

    def _term(self, held: Grant | None) -> str:
        """Since when and until when it holds."""
        if held is None:
            return ""
        text = self.texts.word("consent_term").format(given=held.given, expires=held.expires)
        return f"<small>{escape(text)}</small>"

    def _kind(self, seat: Seat, memory: Memory) -> str:
        if memory.is_child or memory.keeps:
            return "child" if memory.is_child else "person"
        path = fill(OCCUPANCY, seat, self.session.car.profile.driver_position)
        try:
            is_empty = self.session.car.snapshot().get(path) == "EMPTY"
        except CarUnreachable:
            is_empty = False
        return "nobody" if is_empty else "guest"


def _seat_of(name: str) -> Seat | None:
    return next((seat for seat in SEATS if seat == name), None)
