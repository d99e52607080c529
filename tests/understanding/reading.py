"""Short ways to read a sentence step by step, for the tests."""

from fujia.understanding.chunks import Chunk, Splitter
from fujia.understanding.facets import Facets, Readings
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.normalise import Normalised, detect_language, normalise
from fujia.understanding.plan import Plan
from fujia.understanding.rules import load_rules
from fujia.understanding.tagger import Token, tag
from fujia.understanding.templates import load_templates
from fujia.understanding.understander import Context
from fujia.understanding.words import load_words


def clean(text: str) -> Normalised:
    """The text as the tagger gets it."""
    words = load_words(detect_language(text))
    return normalise(text, words.rewrites, words.characters)


def tokens(text: str) -> list[Token]:
    """The tokens of the text."""
    return tag(clean(text), load_words(detect_language(text)))


def surfaces(text: str, found: list[Token] | None = None) -> list[str]:
    """What each token covers."""
    said = clean(text).text
    return [said[token.start : token.end] for token in (tokens(text) if found is None else found)]


def readings(text: str) -> list[Facets]:
    """The facets of the text in each sense of its words."""
    growing = Readings()
    for token in tokens(text):
        growing.add(token)
    return list(growing.facets())


def facets(text: str) -> Facets:
    """The facets of a text without ambiguous words."""
    return readings(text)[0]


def chunks(text: str, has_last: bool = False) -> list[Chunk]:
    """The chunks that were understood, skipped ones left out."""
    said = clean(text)
    splitter = Splitter(load_rules(), load_templates(said.language))
    found = splitter.split(said, tokens(text), has_last)
    return [chunk for chunk in found if chunk.facets is not None or chunk.match is not None]


def understand(text: str, context: Context | None = None) -> Plan:
    """The plan of the text."""
    return GrammarUnderstander().understand(text, context or Context())


def skills(text: str, context: Context | None = None) -> list[str]:
    """The skills of the plan of the text."""
    return [command.skill for command in understand(text, context).commands]
