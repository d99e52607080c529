"""Reasons: wishes and complaints that only say why something is asked for."""

from collections.abc import Sequence

from fujia.understanding.chunks import Chunk
from fujia.understanding.plan import Command, Language
from fujia.understanding.tagger import Token


def without_reasons(
    spoken: Sequence[Chunk], tokens: Sequence[Token], language: Language
) -> list[Chunk]:
    """The chunks without the wishes that a command beside them already meets."""
    asked = [
        chunk
        for at, chunk in enumerate(spoken)
        if not _is_reason(chunk, spoken[at + 1 : at + 2], tokens)
        and not _is_late_reason(chunk, spoken[max(0, at - 1) : at], tokens, language)
    ]
    return [chunk for chunk in asked if not _is_explained(chunk, asked)]


def for_a_reason(commands: list[Command], tokens: Sequence[Token]) -> list[Command]:
    """Noise, rain or smell comes in by any window, so closing means all of them.

    What is loud is then the street or the fan, not the music.
    """
    loud = any(token.has("flag", "loud") for token in tokens)
    if not loud and not any(token.has("reason", "outside") for token in tokens):
        return commands
    closing = [command for command in commands if command.args.get("position") == 0]
    blown = [command for command in commands if command.skill == "climate.fan"]
    if loud and (closing or blown):
        commands = [command for command in commands if command.skill != "volume.media"]
    return [everywhere(command) for command in commands]


def everywhere(command: Command) -> Command:
    """Closing one's own window as closing all of them."""
    if command.skill == "window.position" and command.args == {"position": 0}:
        return command.model_copy(update={"args": {"zone": "all", "position": 0}})
    return command


def is_wish(chunk: Chunk) -> bool:
    """Whether it is a complaint or a wish, and no plain command."""
    return chunk.rule is not None and chunk.rule.wish


def _is_reason(chunk: Chunk, after: Sequence[Chunk], tokens: Sequence[Token]) -> bool:
    """ "It is foggy, switch on the fog lights": the wish is only the reason."""
    if not is_wish(chunk) or not after or after[0].match is not None or is_wish(after[0]):
        return False
    if after[0].is_carried and after[0].facets and after[0].facets.has_amount:
        return False
    return not _are_joined(tokens[chunk.end : after[0].end])


def _is_late_reason(
    chunk: Chunk, before: Sequence[Chunk], tokens: Sequence[Token], language: Language
) -> bool:
    """English gives the reason afterwards: "open the window, it is stuffy in here"."""
    if not before:
        return False
    if not is_wish(chunk):
        return _complains_of(before[0], chunk)
    if language != "en":
        return _is_met(chunk, before[0], tokens)
    if before[0].match is not None or is_wish(before[0]):
        return False
    return not _are_joined(tokens[before[0].end : chunk.start])


def _is_met(chunk: Chunk, before: Chunk, tokens: Sequence[Token]) -> bool:
    """Whether the command before a wish is of the kind that meets it: 打开座椅加热，有点冷."""
    rule, skill = chunk.rule, _skill_of(before) or ""
    if rule is None:
        return False
    apart = is_wish(before) or _are_joined(tokens[before.end : chunk.end])
    return skill.startswith((rule.skill,) if apart else (rule.skill, *rule.met_by))


def _complains_of(before: Chunk, chunk: Chunk) -> bool:
    """Whether it says why the thing before was switched off: 座椅加热关了吧，有点烫屁股."""
    if before.facets is None or chunk.facets is None or _skill_of(before) != _skill_of(chunk):
        return False
    too = "too" in chunk.facets.flags and not chunk.facets.verbs and chunk.facets.number is None
    return too and "off" in before.facets.verbs


def _are_joined(between: Sequence[Token]) -> bool:
    return any(token.has("and") for token in between)


def _skill_of(chunk: Chunk) -> str | None:
    return chunk.rule.skill if chunk.rule else None


def _is_explained(chunk: Chunk, spoken: Sequence[Chunk]) -> bool:
    """ "I can't see a thing, the windscreen is fogged up": nobody asks for light."""
    causes = chunk.rule.explained_by if chunk.rule else ()
    return any(is_wish(one) and _skill_of(one) in causes for one in spoken)
