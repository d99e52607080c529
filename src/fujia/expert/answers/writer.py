"""Answers written by a language model, held to what the manual says.

The model sees the passages as quoted data, whatever they say; its sentences are checked here, by
code, and a sentence that no cited passage supports never reaches the driver.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fujia.expert.reading import Hit
from fujia.expert.retrieval.corpus import presence
from fujia.expert.retrieval.question import load_wording, parse_question
from fujia.expert.segment import normalise

_CITED = re.compile(r"\s*[\[【](\d{1,2})[\]】]")
_SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？!?]|\.(?=\s|$)|\n|$)(?:\s*[\[【]\d{1,2}[\]】])*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NEGATION = re.compile(
    r"不得|不要|禁止|严禁|切勿|请勿|不能|不可|never|must not|do not|don't", re.IGNORECASE
)
_CLAIM = re.compile(
    r"我|已经?(?:为|帮|替|给)[您你]|^(?![^，]*(?:确认|如果|若|当|表示|说明|时))[^，]*已经?(?:被)?"
    r"(?:打开|关闭|关上|解锁|上锁|启动|开启|取消|执行|完成)了?[。！!]?$"
    r"|\bI\b|^(?!.*\b(?:if|when|once|until|after|that|whether)\b).*\b(?:has|have) been \w+ed\b",
    re.IGNORECASE,
)
"""What somebody says who has done something: no manual has, and no answer from it did."""
_SUPPORT = 0.6
"""The share of a sentence's words that its passage must hold."""


class Writer(Protocol):
    """Writes an answer from passages; a language model, or a script in tests."""

    def write(self, question: str, passages: Sequence[str]) -> str | None:
        """An answer whose sentences name their passages, ``车灯关闭。[1]``; None if there is none.

        It must not raise: whatever goes wrong at a model's end is None.
        """
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """The sentences that hold, and the passages they stand on."""

    text: str
    cited: tuple[Hit, ...]


def supported(draft: str, hits: Sequence[Hit]) -> Written | None:
    """Keep the sentences of ``draft`` that the passages they cite support; None if none is left.

    A sentence is supported when a passage it names holds most of its words and every number in
    it, and forbids whatever the sentence forbids. One that says that something was done is none.
    """
    kept, cited = list[str](), dict[int, Hit]()
    for found in _SENTENCE.finditer(draft):
        sentence = _CITED.sub("", found.group()).strip()
        named = [int(number) - 1 for number in _CITED.findall(found.group())]
        holding = [at for at in named if at < len(hits) and at >= 0 and _holds(sentence, hits[at])]
        if sentence and holding and not _CLAIM.search(sentence):
            kept.append(sentence)
            cited.update((at, hits[at]) for at in holding[:1])
    if not kept:
        return None
    space = "" if re.search(r"[一-鿿]", kept[0]) else " "
    return Written(space.join(kept), tuple(cited.values()))


def _holds(sentence: str, hit: Hit) -> bool:
    passage = normalise(f"{hit.section.title}\n{hit.text}")
    plain = normalise(sentence)
    if not set(_NUMBER.findall(plain)) <= set(_NUMBER.findall(passage)):
        return False
    if bool(_NEGATION.search(plain)) and not _NEGATION.search(passage):
        return False
    concepts = parse_question(sentence).concepts
    ignored = load_wording("zh").ignore
    wanted = [each for each in concepts if each.words[0] not in ignored]
    if not wanted:
        return plain in passage
    return sum(presence(each, passage) for each in wanted) / len(wanted) >= _SUPPORT
