"""Questions about the car, answered from its manual in a turn.

While the car moves the answer is two sentences; the rest can be read once it is parked. Where the
question is how to do something that Fujia can do here and now, it offers to do it.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fujia.cabin.ai_notice import ai_notice, note_told
from fujia.cabin.folders import data_folder
from fujia.cabin.fusion.speaker import Speaker, speaking
from fujia.cabin.models import find_models
from fujia.cabin.policy import Proposal, judge
from fujia.cabin.proof import is_proven
from fujia.cabin.skill import (
    SKILLS,
    Answer,
    AskBack,
    Effect,
    Refused,
    Scene,
    Unavailable,
    find_skill,
)
from fujia.cabin.turn import Source
from fujia.cabin.wording import load_words
from fujia.errors import FujiaError
from fujia.expert.answers.answer import Answer as Found
from fujia.expert.answers.expert import Expert
from fujia.expert.answers.extract import LIMIT
from fujia.expert.answers.model_writer import ModelWriter, find_writer
from fujia.expert.answers.phrases import load_phrases
from fujia.expert.library import open_library
from fujia.expert.retrieval.pieces import pieces_of
from fujia.expert.retrieval.question import parse_question
from fujia.expert.telltales import find_telltale, telltales_of
from fujia.understanding.plan import Command, Language
from fujia.understanding.understander import Context, Understander

_HOW: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"怎么(?:才能|样才能|样)?|如何|怎样(?:才能)?|咋|请问|[?？]"),
    "en": re.compile(r"^(?:how (?:do|can|should|would) (?:i|you|we)|how to)\b|\?", re.IGNORECASE),
}  # fmt: skip
_STEP = re.compile(r"^\d+\. ")
_MOVING_SENTENCES = 2
_MOVING_LIMIT: dict[Language, int] = {"zh": 80, "en": 160}
"""Characters that can be listened to while driving."""


def ask_manual(scene: Scene, question: str) -> Answer:
    """What the manuals of this vehicle say, and an offer to do it."""
    phrases = load_phrases(scene.language)
    if lamps := _lamps(scene, question):
        return Answer(lamps, {"question": question})
    limit = _MOVING_LIMIT[scene.language] if _is_moving(scene) else LIMIT
    try:
        expert = _expert(data_folder(), scene.profile.id, scene.profile.equipment)
        with speaking(Speaker(scene.memory)):
            found = expert.ask(question, limit=limit, writer=_writer())
        sources = _sources(expert, scene.profile.id, found)
    except FujiaError:  # no manual, or a store that cannot be read: never an answer from thin air
        return Answer(phrases.no_manual, {"question": question}, known=False)
    if not found.answerable:
        return Answer(found.text, {"question": question}, known=False)
    text = _spoken(scene, found)
    if found.route == "llm":
        text = _disclosed(text, scene)
    offered = offer(scene, question)
    if offered is not None:
        wish = load_words(scene.language).wish(offered.skill, offered.args)
        text += phrases.offer.format(wish=wish)
    return Answer(text, {"question": question}, offered, sources, found.route)


def _writer() -> ModelWriter | None:
    """Who writes the answer, where a model is set up and the speaker lets us ask it."""
    try:
        models = find_models()
        return find_writer(models) if models else None
    except FujiaError:  # a broken configuration; the manual itself answers
        return None


def _disclosed(text: str, scene: Scene) -> str:
    """A text of a model, marked as such; before the first one it is said that an AI answers."""
    models = find_models()
    if models is None:
        return text
    notice = ai_notice(scene.memory, models.first_use, scene.language)
    note_told(scene.memory, models.first_use)
    space = "" if scene.language == "zh" else " "
    return (f"{notice}{space}" if notice else "") + models.label(text, scene.language)


def _sources(expert: Expert, vehicle: str, found: Found) -> tuple[Source, ...]:
    """The places of an answer, one for each section and page."""
    quotes: dict[tuple[str, str, int | None], list[str]] = {}
    for cited in found.citations:
        quotes.setdefault((cited.manual, cited.section, cited.page), []).append(cited.quote)
    with expert.store.reading() as reading:
        return tuple(
            Source(vehicle, manual, reading.section(manual, section), page, tuple(said))
            for (manual, section, page), said in quotes.items()
        )


def _lamps(scene: Scene, question: str) -> str | None:
    """What is said of the lamp that a question is about and that is on now; the gravest first.

    None where it is about something else, or about a lamp that is off: the manual tells of it.
    """
    named = find_telltale(question, scene.profile)
    if named is not None:
        lit = named.is_lit(scene.state) and named.is_announced
        return named.report(scene.profile, scene.state, scene.language) if lit else None
    if not parse_question(question).about_any_lamp:
        return None
    lamps = [
        each
        for each in telltales_of(scene.profile)
        if each.is_announced and each.is_lit(scene.state)
    ]
    if not lamps:
        return load_phrases(scene.language).no_light
    reports = [each.report(scene.profile, scene.state, scene.language) for each in lamps[:2]]
    return ("" if scene.language == "zh" else " ").join(reports)


def offer(scene: Scene, question: str) -> Command | None:
    """The command that does what a "how do I ..." asks about; None if there is none to offer.

    It must be one plain command, possible and allowed now, that would change something.
    """
    how = _HOW[scene.language]
    if not how.search(question.rstrip("?？")):
        return None
    wish = how.sub("", question).strip(" ，。,.")
    plan = _grammar().understand(wish, Context(seat=scene.seat, language=scene.language))
    if plan.act != "do" or len(plan.commands) != 1 or plan.confidence < 1:
        return None
    command = plan.commands[0]
    skill = SKILLS.get(command.skill)
    if skill is None or skill.kind != "write" or command.condition:
        return None
    try:
        effect = find_skill(command.skill)(scene, command.args)
    except (AskBack, Refused, Unavailable, FujiaError, ValueError):
        return None
    return _allowed(
        scene, Command(skill=command.skill, args={**command.args, **effect.args}), effect
    )


def _allowed(scene: Scene, command: Command, effect: Effect | Answer) -> Command | None:
    """The command, if the policy would let it pass on a yes and it is not done already."""
    if not isinstance(effect, Effect) or not effect.writes:
        return None
    if not all(scene.profile.has(write.path) for write in effect.writes):
        return None
    if all(is_proven(write, scene.state.get(write.read_path)) for write in effect.writes):
        return None
    proposal = Proposal(effect.writes, scene.state, scene.profile, scene.seat, True)
    return None if judge(proposal).kind == "refuse" else command


def _spoken(scene: Scene, found: Found) -> str:
    """All of an answer while parked; while the car moves, two sentences and where the rest is."""
    if not _is_moving(scene):
        return found.text
    body = _sentences(found.text.removesuffix(found.warning))
    warning = _sentences(found.warning)
    kept = [*body[: _MOVING_SENTENCES - bool(warning)], *warning[:1]]
    kept = [_STEP.sub("", sentence).rstrip("；;").rstrip("。.") for sentence in kept]
    stop, space = ("。", "") if scene.language == "zh" else (".", " ")
    text = space.join(sentence + stop for sentence in kept)
    return text + load_phrases(scene.language).more


def _is_moving(scene: Scene) -> bool:
    speed = scene.state.get("Vehicle.Speed", 0)
    return isinstance(speed, (int, float)) and speed != 0


def _sentences(text: str) -> Sequence[str]:
    return [text[piece.start : piece.end] for piece in pieces_of(text)]


@cache
def _expert(folder: Path, vehicle: str, equipment: tuple[str, ...]) -> Expert:
    from fujia.expert.retrieval.embed import find_embedder

    library = open_library(folder, vehicle, equipment)
    return Expert(library, find_embedder(), equipment=equipment)


@cache
def _grammar() -> Understander:
    from fujia.understanding.grammar import GrammarUnderstander

    return GrammarUnderstander()
