"""One visitor's page: shows what happens in a session, and does what is clicked."""

import asyncio
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from nicegui import context, ui
from nicegui.events import GenericEventArguments

from fujia.cabin.turn import Turn
from fujia.errors import CarUnreachable, FujiaError
from fujia.logs import log_defect
from fujia.serve.cockpit import shell
from fujia.serve.cockpit.drawing import draw
from fujia.serve.cockpit.lamps import Lamps
from fujia.serve.cockpit.limits import held_back, limits_html
from fujia.serve.cockpit.pending import KINDS, Pending
from fujia.serve.cockpit.people import People
from fujia.serve.cockpit.picture import Picture
from fujia.serve.cockpit.texts import Texts
from fujia.serve.cockpit.world import Setting, load_world, possible
from fujia.serve.event import Event
from fujia.serve.feed import Feed, TooSlow
from fujia.serve.session import Session
from fujia.vehicle.signal import Value
from fujia.vehicle.simulated import SimulatedCar
from fujia.vehicle.zone import SEATS, Seat

_SHOWN_TURNS = 30
_GATHER_S = 0.03
"""How long changes are gathered into one message after another was sent."""
_LOOK_S = 2.0
"""How often the page looks whether the car still answers."""


_NUMBER = re.compile(r"-?\d{1,4}(\.\d{1,2})?", re.ASCII)

Item = TypeVar("Item")


class View:
    """The page of one visitor; built in the event loop, where all its methods run."""

    def __init__(self, session: Session, texts: Texts) -> None:
        self.session = session
        self.texts = texts
        self.profile = self.session.car.profile
        self.picture = Picture(self.profile, texts)
        self.lamps = Lamps(self.profile, texts)
        self.world = load_world().only(self.profile)
        self.seat: Seat = self.session.seat
        self.state: dict[str, Value] = {}
        self.is_reachable = True
        self.client = context.client
        self.people = People(session, texts)
        self.pending = Pending(texts)
        self._limits = self._seated = ""
        self._broken = session.faults
        self._busy = 0
        self._acts: dict[str, Callable[[str], Any]] = {
            "say": self._say, "answer": self._answer, "suggestion": self._decide,
            "seat": self._sit, "part": self._open,
            "range": self._slide, "choice": self._choose, "fault": self._break,
            "occupant": partial(self._seat, self.people.sit),
            "consent": partial(self._seat, self.people.consent),
        }  # fmt: skip

    async def build(self) -> None:
        """Put the page together, and follow the session from now on."""
        await asyncio.to_thread(self._look)
        simulated = isinstance(self.session.car, SimulatedCar)
        turns = [record.turn for record in self.session.turns[-_SHOWN_TURNS:]]
        self._limits = self._limits_now()
        self._seated = await asyncio.to_thread(self.people.html)
        if simulated:
            world = shell.world_html(self.world, self._broken, self.picture, self.state)
        else:
            world = f'<p class="quiet">{self.texts.word("real_car")}</p>'
        first = self.picture.parts["road"]
        details = shell.details_html(first, self.picture, self.state)
        drawing = draw(self.picture, self.state)
        page = (
            shell.head_html(self.picture, self.state, simulated=simulated)
            + shell.talk_html(turns, self.seat, self.texts, self._names(), self._seated)
            + shell.stage_html(drawing, details, self.texts, self.lamps.html(self.state))
            + shell.side_html(world, self._limits, self.texts)
            + shell.tabs_html(self.texts)
        )
        # Part of the document itself: it is painted before any script of NiceGUI has run.
        ui.add_body_html(f'<main class="cockpit">{page}</main>')
        ui.on("fujia", self._act)
        following = asyncio.create_task(self._follow())
        self.client.on_delete(following.cancel)  # pyright: ignore[reportUnknownMemberType]
        ui.timer(_LOOK_S, self._catch_up)
        self._send({"marks": self._marks(), "follow": True})

    async def _follow(self) -> None:
        """Show what happens in the session, as long as somebody looks."""
        while True:
            with Feed(self.session, _is_shown) as feed, suppress(TooSlow):
                await self._catch_up()
                while True:
                    events = await feed.next()
                    signals = [event.data for event in events if event.kind == "signal"]
                    changed = {data["path"]: data["value"] for data in signals}
                    told = [event for event in events if event.kind in KINDS]
                    try:
                        self.show(changed, told)
                    except Exception as error:  # one turn that cannot be drawn ends no page
                        log_defect(error)
                    await asyncio.sleep(_GATHER_S)

    async def _catch_up(self) -> None:
        """Show what changed while nobody listened, and whether the car answers."""
        before, answered = dict(self.state), self.is_reachable
        await asyncio.to_thread(self._look)
        await self._look_around()
        changed = {path: each for path, each in self.state.items() if each != before.get(path)}
        self.show(changed, [])
        if answered != self.is_reachable:
            self._send({"marks": self._marks()})

    def show(self, changed: Mapping[str, Value], told: Sequence[Event]) -> None:
        """Show changed signals, turns that are under way, and those that are over."""
        message: dict[str, Any] = {}
        if changed:
            self.state.update(changed)
            message |= self._signals(changed)
        records = {record.id: record.turn for record in self.session.turns}
        ended = [str(each.turn_id) for each in told if each.kind == "replied"]
        turns = [records[turn_id] for turn_id in ended if turn_id in records]
        if turns:
            message |= self._turns(turns)
        if pending := self.pending.take(told):
            message["pending"] = pending
        if message:
            html = message.get("html", {}) | self._new_limits() | self._new_lamps(changed)
            self._send(message | {"html": html, "marks": self._marks()})

    async def _look_around(self) -> None:
        """Show what somebody else broke, repaired or changed about the people."""
        html: dict[str, str] = {}
        if self._broken != self.session.faults and isinstance(self.session.car, SimulatedCar):
            self._broken = self.session.faults
            buttons = shell.faults_html(self.world.faults, self._broken, self.texts)
            html[".faults"] = buttons
        seated = await asyncio.to_thread(self.people.html)
        if self._seated != seated:
            self._seated = seated
            names = shell.seats_html(self.seat, self.texts, self._names())
            html |= {".people .rows": seated, ".seats": names}
        if html:
            self._send({"html": html})

    def _names(self) -> dict[Seat, str]:
        return {seat: self.people.name(seat) for seat in SEATS}

    def _signals(self, changed: Mapping[str, Value]) -> dict[str, Any]:
        known = {path: value for path, value in changed.items() if self.profile.has(path)}
        values = {
            path: [shell.raw(value), self.picture.text(self.profile.signals[path], value)]
            for path, value in known.items()
        }
        looks = list(self.picture.looks(known))
        return {
            "looks": looks, "values": values, "labels": self.picture.labels(known, self.state),
        }  # fmt: skip

    def _turns(self, turns: list[Turn]) -> dict[str, Any]:
        blocks = "".join(shell.turn_block(turn, self.texts) for turn in turns)
        return {
            "append": blocks,
            "html": {".glance": shell.glance_block(turns[-1], self.texts)},
        }

    def _marks(self) -> dict[str, str]:
        moving = self.state.get("Vehicle.Speed", 0) != 0
        return {
            "driving": "on" if moving and self.seat == "driver" else "off",
            "reachable": "on" if self.is_reachable else "off",
        }

    def _limits_now(self) -> str:
        probes = self.world.probes
        limits = held_back(probes, self.profile, self.state, self.seat, self.texts.language)
        return limits_html(limits, self.texts)

    def _new_limits(self) -> dict[str, str]:
        """The limits by their place in the page, or nothing where they are as before."""
        before, self._limits = self._limits, self._limits_now()
        return {} if before == self._limits else {".limits .rows": self._limits}

    def _new_lamps(self, changed: Collection[str]) -> dict[str, str]:
        """The lamps by their place in the page, where these signals have to do with any."""
        return {".lamps": self.lamps.html(self.state)} if self.lamps.concern(changed) else {}

    def _look(self) -> None:
        try:
            self.state = self.session.car.snapshot()
            self.is_reachable = True
        except CarUnreachable:
            self.is_reachable = False

    async def _act(self, event: GenericEventArguments) -> None:
        """Do what the script reports: ``[name, value]``, both strings."""
        match event.args:
            case [str(name), str(value)] if name in self._acts:
                try:
                    done = self._acts[name](value)
                    if asyncio.iscoroutine(done):
                        await done
                except FujiaError as error:
                    self._send({"append": shell.problem_html(str(error))})
            case _:
                pass  # not from our script

    async def _say(self, text: str, seat: Seat | None = None) -> None:
        if not text.strip():
            return
        self._busy += 1
        self._send({"marks": {"busy": "on"}})
        try:
            await asyncio.to_thread(self.session.say, text, seat or self.seat)
        finally:
            self._busy -= 1
            if not self._busy:
                self._send({"marks": {"busy": "off"}})

    async def _answer(self, answer: str) -> None:
        await self._say(self.texts.word("say_yes" if answer == "yes" else "say_no"))

    async def _decide(self, answer: str) -> None:
        """Answer a suggestion, as the driver: to them it was made, and their memory silences it."""
        if answer in ("yes", "no", "never"):
            await self._say(self.texts.word(f"say_{answer}"), "driver")

    def _sit(self, seat: str) -> None:
        for each in SEATS:
            if each == seat:
                self.seat = each
                pressed = [".seats", f"seat:{each}"]
                html = self._new_limits()
                self._send({"marks": self._marks(), "press": pressed, "html": html})

    def _open(self, name: str) -> None:
        part = self.picture.parts.get(name)
        if part is not None:
            details = shell.details_html(part, self.picture, self.state)
            self._send({"html": {".details": details}, "chosen": name})

    async def _slide(self, value: str) -> None:
        position, _, number = value.partition(".")
        control = _at(self.world.ranges, position)
        if control and _NUMBER.fullmatch(number):
            await self._set(control.writes(float(number)))

    async def _choose(self, value: str) -> None:
        position, _, chosen = value.partition(".")
        control = _at(self.world.choices, position)
        if control and _at(control.options, chosen):
            await self._set(control.writes(int(chosen)))

    async def _set(self, writes: Mapping[str, Setting]) -> None:
        for path, value in possible(writes, self.profile).items():
            await asyncio.to_thread(self.session.set, path, value)

    async def _break(self, position: str) -> None:
        fault = _at(self.world.faults, position)
        if fault is None:
            return
        one = fault.fault()
        (self.session.repair if one in self.session.faults else self.session.inject)(one)
        await self._catch_up()

    async def _seat(self, change: Callable[[str], None], value: str) -> None:
        """Change who sits where, or what they consent to."""
        await asyncio.to_thread(change, value)
        await self._look_around()

    def _send(self, message: Mapping[str, Any]) -> None:
        if message and not self.client.is_deleted:
            self.client.run_javascript(f"cockpit.show({json.dumps(message, ensure_ascii=False)})")


def _is_shown(event: Event) -> bool:
    return event.kind in ("signal", *KINDS)


def _at(items: Sequence[Item], position: str) -> Item | None:
    """The item at a position that a browser sent; None for anything that our script never sends."""
    is_one = position.isascii() and position.isdigit() and int(position) < len(items)
    return items[int(position)] if is_one else None
