"""Questions: they are answered, never carried out."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from fujia.understanding.chunks import Chunk
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Command
from fujia.understanding.rules import Rules
from fujia.understanding.tagger import Token


def question_commands(
    said: Normalised,
    tokens: Sequence[Token],
    chunks: Sequence[Chunk],
    commands: Sequence[Command],
    rules: Rules,
) -> list[Command] | None:
    """The commands that a question becomes; None if it was no question, or a polite request."""
    answered = _answered_clauses(tokens, chunks, rules)
    kinds = {
        value
        for chunk in chunks
        if chunk.match is None or chunk.match.template.skill == "manual.ask"
        if _clause(tokens, chunk.start) not in answered
        for token in tokens[chunk.start : chunk.end]
        for sense in token.senses
        for name, value in sense.marks
        if name == "ask"
    }
    if not kinds:
        return None
    polite = _is_request(tokens)
    if kinds <= {"yesno"} and polite and commands and "state" not in kinds:
        return None
    if commands and all(rules.answers(command.skill) for command in commands):
        asked = [command for command in commands if command.skill == "manual.ask"]
        several = any(token.has("break") or token.has("and") for token in tokens)
        # "How do I change a flat tyre" asks for no pressure of the tyres.
        return asked[:1] if asked and not several else None
    if not commands or not any(chunk.facets or chunk.match for chunk in chunks):
        return [Command(skill="chat.reply")]
    if "state" in kinds and not kinds & {"how", "why"}:
        return _once(
            one if rules.answers(one.skill) else Command(skill="vehicle.status", args=_thing(one))
            for one in commands
        )
    return [Command(skill="manual.ask", args={"question": said.raw.strip()})]


def standing_apart(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The clauses, if those that ask only ask how something stands.

    打开车窗，天窗开着吗 asks about the roof, and does not take the window back. Empty where the
    clauses belong together, as with 打开空调，车窗会自动关吗.
    """
    if any(token.has("if") or token.has("then", "when") for token in tokens):
        return []
    # 关天窗看看窗户关了没: who has a look begins to ask.
    starts = [at for at, token in enumerate(tokens) if token.has("break") or _looks(token)]
    parts = pairwise([0, *starts, len(tokens)])
    clauses = [tokens[a + tokens[a].has("break") : b] for a, b in parts if a < b]
    clauses = [clause for clause in clauses if clause]
    kinds = [_asked(clause) for clause in clauses]
    if len(clauses) < 2 or not any(kinds):
        return []
    return clauses if all(not kind or _is_state(kind) for kind in kinds) else []


def _looks(token: Token) -> bool:
    return token.has("verb", "look") and token.length > 1


def _asked(tokens: Sequence[Token]) -> set[str]:
    """The kinds of question in some words."""
    return {
        value
        for token in tokens
        for sense in token.senses
        for name, value in sense.marks
        if name == "ask"
    }


def _is_state(kinds: set[str]) -> bool:
    return "state" in kinds and kinds <= {"state", "yesno"}


def _answered_clauses(tokens: Sequence[Token], chunks: Sequence[Chunk], rules: Rules) -> set[int]:
    """The clauses whose question a skill answers, so that the others can still be commands."""
    clauses = {_clause(tokens, at) for at in range(len(tokens))}
    if len(clauses) < 2:
        return set()
    reading = [chunk for chunk in chunks if chunk.rule is not None and chunk.rule.read]
    reading += [
        chunk
        for chunk in chunks
        if chunk.match is not None
        and chunk.match.template.skill != "manual.ask"
        and rules.answers(chunk.match.template.skill)
    ]
    return {_clause(tokens, chunk.start) for chunk in reading}


def _clause(tokens: Sequence[Token], at: int) -> int:
    """The number of pauses before a token, and of "and" before a question."""
    return sum(
        token.has("break") or (token.has("and") and tokens[before + 1].has("ask"))
        for before, token in enumerate(tokens[:at])
    )


def _is_request(tokens: Sequence[Token]) -> bool:
    """Whether "can" asks for the deed and not for the ability: 能打开天窗吗, not 天窗能打开吗."""
    polite = next((i for i, token in enumerate(tokens) if token.has("polite")), None)
    if polite is None:
        return False
    named = any(sense.concepts for token in tokens[:polite] for sense in token.senses)
    verb_follows = any(token.has("verb") for token in tokens[polite:])
    return not (named and verb_follows) or any(token.has("please") for token in tokens)


def _once(commands: Iterable[Command]) -> list[Command]:
    """The commands, each of them once."""
    once: list[Command] = []
    for command in commands:
        if command not in once:
            once.append(command)
    return once


def _thing(command: Command) -> dict[str, bool | int | float | str | list[str]]:
    args: dict[str, bool | int | float | str | list[str]] = {"thing": command.skill}
    if "zone" in command.args:
        args["zone"] = command.args["zone"]
    return args
