"""The first understander: words and rules written by people.

It stays as the baseline that every trained model is measured against, as the fallback where no
model is installed, and as the source of sentences to train on.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from fujia.understanding.acts import act_of
from fujia.understanding.assemble import Assembler
from fujia.understanding.chunks import Splitter
from fujia.understanding.conditions import find_condition
from fujia.understanding.corrections import corrected, renamed, unstuttered
from fujia.understanding.freewords import load_freewords
from fujia.understanding.hearing import load_hearing
from fujia.understanding.normalise import Normalised, detect_language, normalise
from fujia.understanding.passing import passed_on
from fujia.understanding.plan import Language, Plan
from fujia.understanding.questions import question_commands, standing_apart
from fujia.understanding.reach import scopes
from fujia.understanding.reading import (
    CHAT,
    SAME,
    Reading,
    covered,
    is_act_only,
    is_habit,
    is_named,
    is_partial,
    is_place_only,
    joined,
    not_understood,
)
from fujia.understanding.reasons import everywhere
from fujia.understanding.rules import load_rules
from fujia.understanding.shared import shared_out
from fujia.understanding.standing import settled
from fujia.understanding.tagger import Token, tag
from fujia.understanding.templates import load_templates
from fujia.understanding.times import (
    Later,
    clause_of,
    find_later,
    first_clause,
    timed,
    without_time,
)
from fujia.understanding.told import before_reason, is_elsewhere, is_told, without_idle
from fujia.understanding.understander import Context, Understander
from fujia.understanding.unknown import (
    lost_clauses,
    lost_command,
    passed_over,
    unknown_function,
    unread_clauses,
)
from fujia.understanding.words import load_words

_LATIN = re.compile(r"\s*[A-Za-z]{2}")


class GrammarUnderstander(Understander):
    """Understands what its words and rules cover, in Chinese, its dialects and English."""

    def __init__(self) -> None:
        self.rules = load_rules()

    def understand(self, text: str, context: Context) -> Plan:
        """The plan; ``chat.reply`` where nothing is asked of the car."""
        language = detect_language(text)
        plan = self.read(clean(text, language), context)
        if language == "zh" and plan.commands == (CHAT,) and _LATIN.match(text):
            # English with a Chinese name in it: "navigate to 外滩".
            english = self.read(clean(text, "en"), context)
            plan = plan if CHAT in english.commands else english
        return plan

    def repaired(self, text: str, context: Context) -> Plan | None:
        """The plan of what may have been said instead; None where nothing seems misheard."""
        language = detect_language(text)
        said = load_hearing().repaired(clean(text, language)) if language == "zh" else None
        return None if said is None else self.read(said, context)

    def read(self, said: Normalised, context: Context) -> Plan:
        """The plan of clean text, as it stands."""
        language, words = said.language, load_words(said.language)
        tokens = tag(said, words)
        act = act_of(tokens, context)
        if act is not None:
            return Plan(language=language, act=act)
        tokens = before_reason(said, without_idle(said, tokens))
        if not tokens or _is_quoted(tokens):
            return Plan(language=language, commands=(CHAT,), confidence=1.0)
        if is_told(said):
            return Plan(language=language, commands=(CHAT,), confidence=1.0)
        if is_elsewhere(said):
            return Plan(language=language, commands=tuple(not_understood(said).commands))
        templates, known = load_templates(language), load_freewords(language)
        while (rest := renamed(said, tokens, templates, known)) is not None:
            said = rest
            tokens = without_idle(said, tag(said, words))
        if (rest := settled(said)) is not None:
            said = rest
            tokens = without_idle(said, tag(said, words))
        anywhere = rest is not None  # "if the windows are open" speaks of every window
        tokens = corrected(unstuttered(said, tokens))
        reading = self._timed(said, tokens, context)
        commands = map(everywhere, reading.commands) if anywhere else reading.commands
        return Plan(language=language, commands=tuple(commands), confidence=reading.confidence)

    def _timed(self, said: Normalised, tokens: Sequence[Token], context: Context) -> Reading:
        """The reading of words of which some may be for later."""
        reading = self._conditional(said, tokens, context)
        later = find_later(said, tokens) if tokens else None
        named = later is not None and (
            is_named(later.start, later.end, reading.chunks)
            or is_habit(later, reading.chunks, tokens)
        )
        if later is None or named:
            return reading
        return self._later(said, tokens, context, later) or reading

    def _later(
        self, said: Normalised, tokens: Sequence[Token], context: Context, later: Later
    ) -> Reading | None:
        """The reading where something is asked for later; None if the time asks for nothing."""
        charging = self._charging_later(said, tokens, context, later)
        if charging is not None:
            return charging
        conditional = any(token.has("if") or token.has("then", "when") for token in tokens)
        clause = None if conditional else clause_of(said, tokens, later)
        if clause is None:
            return self._waiting(said, tokens, context, later)
        start, stop = clause
        parts = [self._timed(said, tokens[:start], context)] if start else []
        done = tuple(command for part in parts for command in part.commands if command != CHAT)
        then = replace(context, last=done or context.last)
        waiting = self._waiting(said, tokens[start:stop], then, later)
        if waiting is None:
            return None
        parts.append(waiting)
        if stop < len(tokens):
            parts.append(self._timed(said, tokens[stop:], context))
        return joined(parts)

    def _charging_later(
        self, said: Normalised, tokens: Sequence[Token], context: Context, later: Later
    ) -> Reading | None:
        """Charging is put off by itself: 八点开始充电，关闭车窗 closes the window now.

        None where it is not charging, or all that is asked for can wait.
        """
        clause = first_clause(said, tokens, later)
        if clause is None:
            return None
        waiting = self._waiting(said, tokens[slice(*clause)], context, later)
        whole = self._waiting(said, tokens, context, later)
        skills = {command.skill for command in waiting.commands} if waiting else set[str]()
        if waiting is None or skills != {"charging.timer"} or whole is None:
            return None
        if all(command.skill != "unknown.function" for command in whole.commands):
            return None
        return joined([waiting, self._timed(said, tokens[clause[1] :], context)])

    def _waiting(
        self, said: Normalised, tokens: Sequence[Token], context: Context, later: Later
    ) -> Reading | None:
        """The reading of a clause that holds a time."""
        rest = without_time(tokens, later)
        reading = self._conditional(said, rest, context)
        if reading.is_answer or (later.ends and list(reading.commands) == [CHAT]):
            return None
        waiting = timed(reading.commands, later)
        if waiting is not None:
            return Reading(waiting, reading.chunks, reading.confidence)
        if (
            later.ends
            or any(_asks(token) for token in rest)
            or any(chunk.match for chunk in reading.chunks)
        ):
            return not_understood(said, tokens)
        return Reading([CHAT], reading.chunks, 1.0)

    def _conditional(self, said: Normalised, tokens: Sequence[Token], context: Context) -> Reading:
        parts: list[Reading] = []
        known = context
        for part in scopes(said, tokens):
            parts.append(self._scope(said, part, known))
            # 打开空调，如果下雨就关掉 speaks of what was named before the condition.
            done = tuple(command for command in parts[-1].commands if command != CHAT)
            known = replace(context, last=done or known.last)
        if len(parts) == 1:
            return parts[0]
        whole = joined(parts)
        read = all(token.senses for token in tokens) and not is_partial(whole)
        # The words of a condition stand in no chunk, and are read all the same.
        return replace(whole, confidence=1.0) if read else whole

    def _scope(self, said: Normalised, tokens: Sequence[Token], context: Context) -> Reading:
        found = find_condition(tokens)
        if found is None:
            return self._read(said, tokens, context)
        if found.condition is None:
            reading = self._read(said, tokens, context)
            # "If" may be part of a name, as in 播放如果爱, or of a question.
            known = is_named(found.start, found.end, reading.chunks) or reading.is_answer
            return reading if known else not_understood(said, tokens)
        reading = self._read(said, found.rest, context)
        conditional = [
            command if command.skill == CHAT.skill
            else command.model_copy(update={"condition": found.condition})
            for command in reading.commands
        ]  # fmt: skip
        return Reading(conditional, reading.chunks, reading.confidence, reading.is_answer)

    def _read(self, said: Normalised, tokens: Sequence[Token], context: Context) -> Reading:
        return self._apart(said, tokens, context) or self._together(said, tokens, context)

    def _apart(self, said: Normalised, tokens: Sequence[Token], context: Context) -> Reading | None:
        """Commands and the question how something stands, each in a clause of its own."""
        clauses = [self._together(said, one, context) for one in standing_apart(tokens)]
        readings = [reading for reading in clauses if list(reading.commands) != [CHAT]]
        if not any(reading.is_answer for reading in readings):
            return None
        return Reading(
            [command for reading in readings for command in reading.commands],
            [chunk for reading in readings for chunk in reading.chunks],
            min(reading.confidence for reading in readings),
            all(reading.is_answer for reading in readings),
        )

    def _together(self, said: Normalised, tokens: Sequence[Token], context: Context) -> Reading:
        tokens = passed_on(shared_out(tokens, self.rules))
        splitter = Splitter(self.rules, load_templates(said.language))
        # "A bit more" speaks of the last turn, but not "open the <unknown thing>".
        refers_back = bool(context.last) and all(token.senses for token in tokens)
        chunks = splitter.split(said, tokens, refers_back)
        if any(not chunk.is_read and tokens[chunk.start].has("flag", "except") for chunk in chunks):
            return not_understood(said, tokens)  # else all is done, and what was left out, too
        if refers_back and is_place_only(tokens):
            tokens = [SAME, *(token for token in tokens if not is_act_only(token))]
            chunks = splitter.split(said, tokens, refers_back)
        # "I have three kids" is not "three" for the window that was spoken of.
        known = context if refers_back else replace(context, last=())
        assembler = Assembler(self.rules, said, tokens, known)
        commands = assembler.commands(chunks)
        asked = question_commands(said, tokens, chunks, commands, self.rules)
        if asked is not None:
            return Reading(asked, chunks, 1.0, is_answer=True)
        lost = lost_clauses(said, tokens, chunks)
        if lost:
            chunks = [one for one in chunks if not any(a <= one.start < b for a, b in lost)]
            commands = assembler.commands(chunks)
        done = sum(not self.rules.answers(command.skill) for command in commands)
        strange = passed_over(said, tokens, chunks, done) if commands else []
        if commands:
            strange += unread_clauses(said, tokens, chunks)
        for start, end in lost if commands else []:
            strange += [(start, one) for one in lost_command(said, tokens[start:end])]
        for start, command in sorted(strange, key=lambda one: -one[0]):
            # In the order in which they were spoken.
            before = assembler.commands([chunk for chunk in chunks if chunk.start < start])
            commands.insert(len(before), command)
        commands = commands or unknown_function(said, tokens) or [CHAT]
        answers = all(self.rules.answers(command.skill) for command in commands)
        is_answer = answers and list(commands) != [CHAT]
        return Reading(commands, chunks, covered(tokens, chunks, is_answer), answers)


def clean(text: str, language: Language) -> Normalised:
    """Text as the grammar reads it, with its words for dialects and other scripts."""
    words = load_words(language)
    return normalise(text, words.rewrites, words.characters, language)


def _is_quoted(tokens: Sequence[Token]) -> bool:
    """Whether somebody's words are told; "play yesterday" names a song."""
    before = [None, *tokens]
    return any(
        token.has("quote") and not (last is not None and last.has("media", "play"))
        for last, token in zip(before, tokens, strict=False)
    )


def _asks(token: Token) -> bool:
    """Whether it says what to do, or how much."""
    return token.number is not None or any(map(token.has, ("verb", "change", "end", "amount")))
