"""A model's words on their way to somebody's ears, clause by clause.

A claim that something was done, and all that follows it, is never heard: what was done is told
from outcomes. What a persona never says is left out, also where it is cut in two by the clauses.
"""

from collections.abc import Callable, Sequence

from fujia.cabin.agent.claims import claims
from fujia.cabin.persona import Persona
from fujia.cabin.utterance import has_words, is_data
from fujia.errors import ModelError
from fujia.llm.checked import in_language, tells_language
from fujia.llm.model import Piece
from fujia.understanding.plan import Language


class Speech:
    """Hears the clauses of an answer, and passes on what may be said."""

    def __init__(self, persona: Persona, language: Language, say: Callable[[str], None]) -> None:
        self.text = ""
        """What was said."""
        self.claimed = False
        """Whether the model claimed a deed, and was stopped there."""
        self._persona, self._say = persona, say
        self._language: Language = language
        self._sentence = ""
        self._held = ""
        self._over = False

    def hear(self, piece: Piece) -> None:
        """Take a clause; raises ModelError where the answer begins in another language."""
        if self._over or piece.kind != "answer":
            return
        text = self._held + piece.text
        if not self.text:
            if is_data(text):
                self._over, self._held = True, ""
                raise ModelError("the answer is JSON, no words", "malformed", billed=True)
            if not tells_language(text):
                self._held = text
                return
            if not in_language(text, self._language):
                self._over, self._held = True, ""
                raise ModelError("the answer is in another language", "language", billed=True)
        if self._persona.about_competitors and self._persona.names_competitor(self.text + text):
            self._end_with(self._persona.about_competitors.text(self._language))
            return
        if claims(self._sentence + text):
            self.claimed = self._over = True
            return
        text, self._held = self._split(text)
        self._pass(text)

    def end(self) -> str:
        """Pass on what was held back; returns all that was said."""
        held, self._held = self._held, ""
        if held and not self._over and (self.text or has_words(held)):
            self._pass(held)
        return self.text.strip()

    def _end_with(self, words: str) -> None:
        self._over = True
        self._held = ""
        self._utter(words)

    def _pass(self, text: str) -> None:
        ends = text.rstrip().endswith(("。", "！", "？", "!", "?", "."))
        self._sentence = "" if ends else self._sentence + text
        self._utter(self._persona.clean(text))

    def _utter(self, text: str) -> None:
        if text:
            self.text += text
            self._say(text)

    def _split(self, text: str) -> tuple[str, str]:
        """What can be said, and the end that may be the beginning of what may not."""
        lowered = text.casefold()
        for start in range(max(len(text) - self._longest + 1, 0), len(text)):
            if any(word.startswith(lowered[start:]) for word in self._watched):
                return text[:start], text[start:]
        return text, ""

    @property
    def _watched(self) -> Sequence[str]:
        words = (*self._persona.forbidden.both, *self._persona.competitors.both)
        return [word.casefold() for word in words]

    @property
    def _longest(self) -> int:
        return max(map(len, self._watched), default=0)
