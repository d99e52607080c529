"""How well a chunk fits what was said.

Known characters count; what stays unused, unknown or said twice costs. The numbers were set by
hand so that the sentences under ``tests/understanding/sentences`` are read as people mean them.
"""

import re
from collections.abc import Sequence

from fujia.understanding.commands import turn
from fujia.understanding.facets import Facets
from fujia.understanding.freewords import load_freewords
from fujia.understanding.normalise import Normalised
from fujia.understanding.rules import Rule
from fujia.understanding.tagger import Token
from fujia.understanding.templates import Match

_SENTENCE_END = re.compile(r"(?<!\bst)(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bms)[.!?]\s", re.IGNORECASE)
_CHUNK_COST = 0.9
_BARE_COST = 0.5
UNKNOWN_COST = 0.9
"""What a character costs that nobody knows."""
UNUSED_COST = 0.8
"""What a character costs that is known but not used."""
_FREE_WORTH = 0.55
_REPEAT_COST = 2.0
_SPLIT_WORD_COST = 2.4
_SPLIT_FIRST_COST = 3.0
"""放倒副驾 does not play 倒副驾."""
_VAGUE_COST = 1.0
_LATE_AMOUNT_COST = 0.6
"""How much is said after the thing, seldom before it."""
_CALLS = frozenset({"phone", "navigation", "slide"})
_SHOWN = frozenset({"media.play", "video.play"})
_EMPTY_COST = 4.0
"""Free words that are only "the" or "and" name nothing."""
_DANGLING_COST = 1.5
"""Free words that end in "and then" hold the beginning of another command."""
_CUT_COST = 6.0
"""No name ends in "the": "play something quiet and dim the" was cut from a longer sentence."""
_SWALLOW_COST = 8.0
"""Free words that hold "and" and a verb hold another command."""
_JOIN_COST = 1.6
""""The sunroof and the shade" are two things, though a shade may be the sunroof's."""


def free_score(said: Normalised, match: Match, tokens: Sequence[Token], begin: int) -> float:
    """How well a sentence with free words fits the tokens, which begin at character ``begin``."""
    worth = match.literal + _FREE_WORTH * match.free - _CHUNK_COST
    return worth - _slot_costs(said, match, tokens, begin)


def bare_score(facets: Facets) -> float:
    """How well words fit that ask for nothing by themselves."""
    return facets.said - UNKNOWN_COST * facets.unknown - _CHUNK_COST


def carried_score(facets: Facets) -> float:
    """How well words fit that speak of the command before them."""
    cost = _BARE_COST + _JOIN_COST * ("and" in facets.flags)
    # 后排关掉 after 主驾开二档: the level is that of the first.
    cost += _REPEAT_COST * ("off" in facets.verbs and facets.number is not None)
    return bare_score(facets) - cost


def rule_score(rule: Rule, facets: Facets) -> float:
    """How well a rule fits what was said: known characters less all that speaks against it."""
    known = {*rule.needs, *rule.also}
    unused = sum(length for concept, length in facets.concepts.items() if concept not in known)
    unused += sum(
        length
        for kind, length in facets.value_lengths.items()
        if kind not in rule.value and (kind not in rule.also or _is_own_deed(kind, rule, facets))
    )
    if facets.has_amount and rule.amount is None and rule.must != "max":
        unused += 1
    if rule.zone is None and any(zone not in rule.unheard for zone in facets.zones):
        unused += 1
    score = facets.said - (1 + UNUSED_COST) * unused - UNKNOWN_COST * facets.unknown
    bare = turn(rule, facets) is None and not facets.has_amount and not facets.values
    if bare and not (rule.read or rule.alone or rule.wish):
        score -= _BARE_COST
    if not rule.needs and not facets.values and not (facets.verbs or "to" in facets.flags):
        score -= _VAGUE_COST
    if rule.wish and ("please" in facets.flags or {"on", "off"} & set(facets.verbs)):
        score -= _REPEAT_COST  # 有点热把空调打开: a wish and a command
    if rule.wish and "at" in facets.flags and any(one in rule.also for one in facets.concepts):
        score -= _REPEAT_COST  # "could we have the AC on, it's boiling"
    if "to" in facets.flags and facets.changes and facets.number is None and facets.end is None:
        score -= 0.5
    if "off" in facets.verbs and (facets.number is not None or facets.end) and not rule.rises_off:
        score -= _REPEAT_COST
    score -= _REPEAT_COST * (facets.repeats + (rule.text is not None and facets.unknown > 0))
    score -= _LATE_AMOUNT_COST * facets.begins_with_amount
    if "and" in facets.flags and any(concept in rule.also for concept in facets.concepts):
        score -= _JOIN_COST
    return score + rule.weight + 0.05 * len(rule.needs) - _CHUNK_COST


def _is_own_deed(kind: str, rule: Rule, facets: Facets) -> bool:
    """Whether a value asks for something else, though the rule allows for it: "next" beside a
    volume, 切到蓝牙音乐 before 声音大点."""
    chosen = kind == "source" and "to" in facets.flags and facets.number is None
    return rule.amount is not None and (kind == "media" or (chosen and facets.end is None))


def runs_on(said: Normalised, match: Match) -> bool:
    """Whether free words run into the next sentence, or into another wish."""
    another = re.compile(load_freewords(said.language).another)
    words = [said.said(*span) for span in match.slots.values()]
    if said.language != "en":
        return any(map(another.search, words))
    return any(_SENTENCE_END.search(each) or another.search(each) for each in words)


def _slot_costs(said: Normalised, match: Match, tokens: Sequence[Token], begin: int) -> float:
    """What speaks against free words: they cut a word, or stand first and are known things."""
    edges = {edge for token in tokens for edge in _edges(token)}
    known = load_freewords(said.language)
    on_the_way = match.template.skill.startswith("navigation.")
    cost = 0.0
    for start, end in match.slots.values():
        cost += _SPLIT_WORD_COST * ((start not in edges) + (end not in edges))
        cuts_first = said.language == "zh" and begin < start < tokens[0].end
        cost += _SPLIT_FIRST_COST * (cuts_first and _names_thing(tokens[0]))
        inside = [token for token in tokens if start <= token.start and token.end <= end]
        cost += _SWALLOW_COST * _second_commands(inside)
        told = (token for token in tokens if token.has("filler") and token.start < start)
        cost += _SWALLOW_COST * any(start < token.end for token in told)  # 我要找手机 is a reason
        name = said.text[start:end]
        idle = said.language == "zh" and name in (*known.idle_end, *known.song_words)
        cost += _SWALLOW_COST * any(token.has("route") for token in inside)
        # 来个座椅通风 asks for a thing of the car, and for no song of that name.
        brought = known.brings and re.search(known.brings, said.text[begin:start])
        cost += _SWALLOW_COST * (bool(brought) and bool(inside) and all(map(_names_own, inside)))
        cost += _EMPTY_COST * (idle or (bool(inside) and all(map(_is_small, inside))))
        if match.template.skill in _SHOWN:
            cost += _SWALLOW_COST * _begins_anew(inside)
        if len(inside) > 1:
            cost += _DANGLING_COST * inside[-1].has("and") + _CUT_COST * _is_cut(inside)
        if on_the_way:
            asked = (one.has("ask") for one in tokens if one.start < end and start < one.end)
            cost += _EMPTY_COST * all(asked)  # 空调开到几度了 asks, and drives nowhere
            cost += _SWALLOW_COST * any(leg in said.text[start + 1 : end] for leg in known.legs)
        if start == begin:
            cost += 0.8 * sum(
                token.length
                for token in tokens
                if start <= token.start < end and any(sense.concepts for sense in token.senses)
            )
    return cost


def _edges(token: Token) -> Sequence[int]:
    return (token.start, token.end) if token.senses else range(token.start, token.end + 1)


def _names_thing(token: Token) -> bool:
    return any(sense.concepts for sense in token.senses)


def _names_own(token: Token) -> bool:
    """Whether a word names a thing of the car or a scene, or is a small one."""
    music = any("music" in sense.concepts for sense in token.senses)
    return not music and (_names_thing(token) or token.has("scene") or token.has("filler"))


def _is_cut(inside: Sequence[Token]) -> bool:
    """Whether the words end in the midst of a command: "and dim", "and dim the", 顺便把."""
    before, last = inside[-2:]
    handed = before.has("please") and _names_thing(last)  # 帮我把车窗|关了
    begun = before.has("and") and last.has("change")
    return last.has("article") or last.has("please") or handed or begun


def _begins_anew(inside: Sequence[Token]) -> bool:
    """Whether words that should be a name are another command: 顺便按摩, 开个窗."""
    if len(inside) < 2:
        return False
    first, *rest = inside
    joins = first.has("and") and first.length > 1
    switches = first.length == 1 and (first.has("verb", "on") or first.has("verb", "off"))
    ends = first.has("verb", "off") and first.length > 1  # 动画片|关了睡觉
    return joins or ends or (switches and any(map(_names_thing, rest[:2])))


def _is_small(token: Token) -> bool:
    return token.has("article") or token.has("and") or token.has("flag", "also")


def _begins_command(token: Token) -> bool:
    """Whether it is a verb, or the telephone, the way, a slide: verbs and things at once."""
    concepts = {concept for sense in token.senses for concept in sense.concepts}
    deed = token.has("verb") or token.has("media") or token.has("flag", "deed")
    return deed or bool(concepts & _CALLS)


def _second_commands(tokens: Sequence[Token]) -> int:
    joined = sum(
        (token.has("and") or token.has("break")) and any(map(_begins_command, following))
        for i, token in enumerate(tokens)
        for following in [tokens[i + 1 : i + 4]]
    )
    # 按摩一下帮我把车窗关了: what is asked for in the midst of a name is no part of it.
    asked = next((i for i, token in enumerate(tokens) if i and token.has("please")), len(tokens))
    return joined + any(map(_begins_command, tokens[asked + 1 :]))
