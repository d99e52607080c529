"""What may be said: text of a sane length, without control characters."""

import unicodedata

from fujia.errors import UtteranceError

LONGEST_UTTERANCE = 1000
"""Characters; nobody says more in one breath."""


def clean_utterance(text: str) -> str:
    """The utterance without control characters and outer blanks.

    Raises:
        UtteranceError: longer than 1,000 characters, or with lone surrogates (bytes that were
            not valid UTF-8).
    """
    if len(text) > LONGEST_UTTERANCE:
        raise UtteranceError(
            f"the utterance has {len(text)} characters; the limit is {LONGEST_UTTERANCE}"
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UtteranceError("the utterance is not valid Unicode text; send it as UTF-8")
    blanks = {"\n": " ", "\r": " ", "\t": " "}
    spaced = (blanks.get(character, character) for character in text)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf")).strip()


def is_data(text: str) -> bool:
    """Whether it is JSON, which nobody speaks."""
    return text.lstrip().startswith(("{", "[{", "[]"))


def has_words(text: str) -> bool:
    """Whether there is anything to understand: a letter, a digit, a character of any script."""
    return any(character.isalnum() for character in text)
