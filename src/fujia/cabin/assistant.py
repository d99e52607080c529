"""The cabin: utterances in, turns out. This is the front door of the whole package."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from fujia.cabin.conversation import Watch
from fujia.cabin.dialog import Dialog
from fujia.cabin.emergency import Underway, emergency, load_emergency
from fujia.cabin.errand import Errand
from fujia.cabin.folders import use_data_folder
from fujia.cabin.fusion.alone import Alone
from fujia.cabin.fusion.entrance import fusion_of
from fujia.cabin.fusion.wish import join
from fujia.cabin.lock import CarLock
from fujia.cabin.memory.memories import Memories, local_now
from fujia.cabin.memory.memory import Memory
from fujia.cabin.persona import Persona, asked_for, load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.scenes import use_folders
from fujia.cabin.suggestions.suggester import Suggester
from fujia.cabin.telltales import Telltales
from fujia.cabin.tracer import Observer, Tracer
from fujia.cabin.turn import Action, Route, Turn
from fujia.cabin.utterance import clean_utterance, has_words
from fujia.errors import FujiaError, InputError, UnknownSeat
from fujia.understanding.plan import Language, Plan
from fujia.understanding.student.understander import default_understander
from fujia.understanding.understander import Context, Understander
from fujia.vehicle import SimulatedCar, load_profile
from fujia.vehicle.car import Car
from fujia.vehicle.profile import Profile
from fujia.vehicle.zone import SEATS, Seat

if TYPE_CHECKING:
    from fujia.cabin.agent.contract import Agent
    from fujia.cabin.fusion.wish import Wish
    from fujia.llm.gateway import Gateway
    from fujia.understanding.router import Decision

_KEPT = 1000
"""How many turns a cabin remembers: one that runs for months must not grow for months."""


class Cabin:
    """A car and somebody to talk to in it.

    ``vehicle`` names the profile of a simulated car; give ``car`` for any other. In every one of
    ``data_folders``, the folders ``personas``, ``profiles`` and ``scenes`` are looked into before
    the packaged ones; scenes are shared by all cabins of a process. Several threads may call
    ``say`` at once: what they do to the car is done one after the other, and nobody waits for what
    a language model thinks about. ``language`` is that of the conversation before anybody spoke.
    ``observer`` is called at each step of every turn. ``memories`` are those of
    the people in the car; without them nothing is remembered. ``suggests``: whether ``suggest``
    ever has anything to say; its routines go by ``clock``. ``models`` are the language models that
    are asked for what the car does not understand, for conversation and, through ``agent`` (the
    shipped one unless it is given), for requests of several steps; without them the car is alone.
    ``offers_models``: whether it then says once how to set one up.

    Raises:
        UnknownVehicle, InputError, DataError: no such vehicle or persona, or a broken file.
    """

    def __init__(
        self,
        vehicle: str = "i5",
        *,
        car: Car | None = None,
        understander: Understander | None = None,
        persona: str = "fujia",
        data_folders: Sequence[Path] = (),
        language: Language | None = None,
        observer: Observer | None = None,
        memories: Memories | None = None,
        suggests: bool = False,
        clock: Callable[[], datetime] = local_now,
        models: "Gateway | None" = None,
        agent: "Agent | None" = None,
        offers_models: bool = False,
    ) -> None:
        import fujia.cabin.skills  # noqa: F401  # pyright: ignore[reportUnusedImport]

        folders = tuple(Path(folder) for folder in data_folders)
        if folders:
            use_folders([folder / "scenes" for folder in folders])
            use_data_folder(folders[0])
        profiles = [folder / "profiles" for folder in folders]
        self.car: Car = car or SimulatedCar(load_profile(vehicle, profiles))
        self._folders = folders
        self.persona: Persona = load_persona(persona, folders)
        """Who speaks; see ``speak_as``."""
        self._understander = understander or default_understander()
        self.memories = memories
        self.models = models
        suggester = Suggester(self._driver, clock) if suggests else None
        if suggester is not None:
            self.car.subscribe(suggester.noticed)
        self._dialog = Dialog(self.car, Replies(self.persona), suggester)
        self._dialog.memory.language = language
        self._telltales = Telltales(self.car)
        self._alone = Alone() if offers_models and models is None else None
        self._fusion = fusion_of(models, self.persona, self._dialog, agent)
        self._observer = observer
        self._underway = Underway()
        self._history: deque[Turn] = deque(maxlen=_KEPT)
        self.lock = CarLock()
        """Held while the car is used, let go while a question is looked up or a model thinks."""

    @property
    def profile(self) -> Profile:
        """The vehicle model."""
        return self.car.profile

    @property
    def history(self) -> tuple[Turn, ...]:
        """The latest turns, at most 1,000, the oldest first."""
        return tuple(self._history)

    def say(self, text: str, seat: Seat = "driver", *, observer: Observer | None = None) -> Turn:
        """Carry out what an utterance asks for, and report it.

        Watched commands whose condition has come true are carried out and reported first. An
        emergency phrase ("stop") does not wait for its turn: it stops what the cabin moves.
        ``observer`` is called for this turn in the place of that of the cabin.

        Raises:
            UnknownSeat: not one of driver, passenger, rear_left, rear_right.
            UtteranceError: more than 1,000 characters, or not valid text.
        """
        if seat not in SEATS:
            raise UnknownSeat(f"there is no seat {seat!r}; seats: {', '.join(SEATS)}")
        tracer = Tracer(observer=observer or self._observer)
        with tracer.step("normalise") as step:
            said = step.detail = clean_utterance(text)
        stop = emergency(said)
        stopped = self._stopped(said, seat, stop, tracer) if stop else None
        if stopped is not None:
            return stopped
        with self.lock:
            early = [self._watched(watch, tracer.observer) for watch in self._dialog.due()]
            heard = self._heard(said, seat, stop, tracer, early)
            if isinstance(heard, Turn):
                return self._told_of(heard, tracer)
        # Whoever speaks meanwhile does not wait for the model.
        wish, decision = heard
        assert self._fusion is not None
        fused = self._fusion.answer(wish, decision)
        with self.lock:
            turn = self._report(said, wish.errand, fused.actions, fused.reply, early, fused.route)
            return self._told_of(turn, tracer)

    def warm_up(self) -> None:
        """Load what a first turn would wait for: nothing is said, nothing is done.

        It takes a second, and minutes with a language model on this machine: do it in the
        background.
        """
        self._understander.understand("你好", Context())
        if self._fusion is not None:
            language = self._dialog.memory.language or "zh"
            self._fusion.warm_up(self._errand("driver", language, Tracer()), self.lock)

    def poll(self, *, observer: Observer | None = None) -> list[Turn]:
        """Tell which telltales came on, the gravest first; carry out what was watched for.

        One turn for each telltale, and for each command whose condition has come true. See
        ``is_question_due`` where it must not last. ``observer`` is as for ``say``.
        """
        observer = observer or self._observer
        with self.lock:
            turns: list[Turn] = []
            watched = (self._watched(watch, observer) for watch in self._dialog.due())
            for turn in chain(self._told(observer), watched):
                turns.append(turn)
                self._history.append(turn)
                Tracer(observer=observer).tell("replied", turn=turn)
            return turns

    def is_question_due(self) -> bool:
        """Whether ``poll`` has to look something up now, which lasts as long as a model thinks.

        The car is free meanwhile, for other threads.
        """
        with self.lock:
            return self._dialog.is_question_due()

    def suggest(self, *, observer: Observer | None = None) -> Turn | None:
        """Suggest something to the driver, if there is a reason and this is a good moment.

        Call it once a second while somebody is in the car. At most one suggestion in ten minutes,
        none while the driver manoeuvres or while a question waits. A yes carries it out.
        ``observer`` is as for ``say``.
        """
        with self.lock:
            language = self._dialog.memory.language or "zh"
            errand = self._errand("driver", language, Tracer(observer=observer or self._observer))
            suggested = self._dialog.suggest(errand)
            if suggested is None:
                return None
            turn = self._report("", errand, *suggested)
            self._history.append(turn)
            errand.tracer.tell("replied", turn=turn)
            return turn

    def seat(self, seat: Seat, name: str = "", *, is_child: bool = False) -> Memory:
        """Say who sits there now; without a name a guest. What waited for a yes is dropped.

        Raises:
            InputError: the name is too long, or this cabin has no memories.
            DataError: the memory of that person is damaged.
        """
        if self.memories is None:
            raise InputError("nothing is remembered here: no folder was given for it")
        with self.lock:
            memory = self.memories.seat(seat, name, is_child=is_child)
            self._dialog.memory.waiting = None  # it was asked of whoever sat there before
            return memory

    def speak_as(self, persona: str) -> None:
        """Let another persona speak, for as long as this conversation lasts.

        Raises:
            InputError, DataError: there is no such persona, or its file is broken.
        """
        with self.lock:
            self.persona = self._dialog.replies.persona = load_persona(persona, self._folders)
            if self._fusion is not None:
                self._fusion.speak_as(self.persona)

    def _driver(self) -> Memory | None:
        return self.memories.of("driver") if self.memories else None

    def _errand(self, seat: Seat, language: Language, tracer: Tracer) -> Errand:
        suggester = self._dialog.suggester
        recent = suggester.recent if suggester else ""
        return Errand(
            self.car, seat, language, tracer,
            underway=self._underway, memories=self.memories, suggested=recent, lock=self.lock,
        )  # fmt: skip

    def _stopped(self, said: str, seat: Seat, language: Language, tracer: Tracer) -> Turn | None:
        """The turn of an emergency phrase; None if there was nothing to stop."""
        try:
            with tracer.step("act"):
                stands = self._underway.stop(self.car)
        except FujiaError:
            stands = False
        if self._fusion is not None:
            self._fusion.drop()
        if stands is None:
            return None
        replies = load_emergency()
        reply = (replies.stopped if stands else replies.not_stopped)[language]
        action = Action("motion.stop", {}, "done" if stands else "failed", reply=reply)
        turn = Turn(said, seat, language, (action,), reply, "device", tracer.ms, (*tracer.steps,))
        self._history.append(turn)
        tracer.tell("replied", turn=turn)
        return turn

    def _heard(
        self, said: str, seat: Seat, stop: Language | None, tracer: Tracer, early: Sequence[Turn]
    ) -> "Turn | tuple[Wish, Decision]":
        """The turn, where the car answers alone; else what a model is needed for."""
        context = self._dialog.context(seat)
        if not has_words(said):
            return self._unheard(said, seat, context.language or "zh", tracer, early)
        persona = asked_for(said, self._folders)
        if persona is not None:
            return self._spoken_as(*persona, said, seat, tracer, early)
        with tracer.step("understand") as step:
            plan = (
                Plan(language=stop, act="cancel")
                if stop
                else self._understander.understand(said, context)
            )
            step.detail = plan.model_dump(exclude_defaults=True)
        if plan.act == "do" and not plan.commands:
            return self._unheard(said, seat, plan.language, tracer, early)
        errand = self._errand(seat, plan.language, tracer)
        excuse = None
        if self._fusion is not None:
            decision = self._fusion.decide(said, plan, errand)
            if decision.route != "device":
                read = partial(self._understander.understand, context=context)
                return self._fusion.wish(said, plan, errand, self.lock, read), decision
            excuse = self._fusion.excuse(said, decision, errand)
        actions, reply = self._dialog.answer(plan, errand)
        turn = self._report(said, errand, actions, excuse or reply, early)
        hint = self._alone.hint(said, plan, unknown=errand.unknown) if self._alone else ""
        return replace(turn, reply=join(turn.reply, hint, plan.language)) if hint else turn

    def _told_of(self, turn: Turn, tracer: Tracer) -> Turn:
        self._history.append(turn)
        tracer.tell("replied", turn=turn)
        return turn

    def _told(self, observer: Observer | None) -> Iterator[Turn]:
        language = self._dialog.memory.language or "zh"
        for action, reply in self._telltales.due(self._dialog.memory, language):
            errand = self._errand("driver", language, Tracer(observer=observer))
            yield self._report("", errand, (action,), reply)

    def _watched(self, watch: Watch, observer: Observer | None) -> Turn:
        errand = self._errand(watch.seat, watch.language, Tracer(observer=observer))
        return self._report("", errand, self._dialog.carry_out(watch, errand))

    def _report(
        self,
        said: str,
        errand: Errand,
        actions: tuple[Action, ...],
        reply: str | None = None,
        early: Sequence[Turn] = (),
        route: Route = "device",
    ) -> Turn:
        tracer = errand.tracer
        with tracer.step("reply"):
            if reply is None:
                actions, reply = self._dialog.replies.compose(actions, errand)
        reply = "".join((*(turn.reply for turn in early), reply))
        actions = (*(action for turn in early for action in turn.actions), *actions)
        steps = tuple(tracer.steps)
        route = "llm" if any(one.route == "llm" for one in actions) else route
        return Turn(said, errand.seat, errand.language, actions, reply, route, tracer.ms, steps)

    def _unheard(
        self, said: str, seat: Seat, language: Language, tracer: Tracer, early: Sequence[Turn]
    ) -> Turn:
        reply = self.persona.unheard.text(language)
        action = Action("chat.reply", {}, "question", reply=reply)
        errand = self._errand(seat, language, tracer)
        return self._report(said, errand, (action,), reply, early, "none")

    def _spoken_as(
        self, name: str, language: Language, said: str, seat: Seat, tracer: Tracer,
        early: Sequence[Turn],
    ) -> Turn:  # fmt: skip
        """The turn of a persona that was asked for: it says hello."""
        self.speak_as(name)
        reply = self.persona.greeting.text(language)
        action = Action("persona.switch", {"persona": name}, "done", reply=reply)
        return self._report(said, self._errand(seat, language, tracer), (action,), reply, early)
