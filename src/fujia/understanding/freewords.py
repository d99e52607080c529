"""Free words to arguments: the singer and the song, the place and the day."""

import re
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Argument, Command, Language
from fujia.understanding.templates import Match
from fujia.understanding.words import DATA

_KINDS = ("date", "genre", "category")
"""Arguments that the skills compare with words of their own."""


class FreeWords(BaseModel):
    """What is known of names in free words (``data/<locale>/freewords.yaml``)."""

    model_config = ConfigDict(extra="forbid")

    genres: list[str] = []
    artists: list[str] = []
    surnames: str = ""
    corrections: list[str] = []
    """Words that take a name back, with the right one after them."""
    loose_corrections: list[str] = []
    """More of them that titles may hold: 爱不是两三天."""
    idle_begin: list[str] = []
    """Words that say nothing at the beginning of free words."""
    kept_begin: list[str] = []
    """Words that begin like an idle one and are none: 去年."""
    idle_end: list[str] = []
    """Words that say nothing at the end of free words."""
    kept_end: list[str] = []
    """Words that end like an idle one and are none: 酒吧."""
    song_words: list[str] = []
    """Words for music as such: X的歌."""
    days: str = ""
    """A regular expression for days and times of day."""
    here: list[str] = []
    """Words for where the car is, which are no place names."""
    brings: str = ""
    """A regular expression for verbs that ask for a thing of the car as well as for music."""
    another: str = ""
    """A regular expression for where another wish begins: no title has "and could you" in it."""
    legs: list[str] = []
    """Words between two places of one trip: 先去银行再去超市."""
    kinds: list[str] = []
    """Kinds of music that are searched for together with what they belong to: X的主题曲."""
    versions: list[str] = []
    """Genres that stand behind a title as well: 大鱼纯音乐."""
    praise: list[str] = []
    """Words that praise music and name none."""
    shows: list[str] = []
    """Endings of names of things to watch."""
    lists: list[str] = []
    """Endings of names of charts and playlists, which are searched for, not titles."""


@cache
def load_freewords(language: Language) -> FreeWords:
    """The names of a language; raises DataError for a broken file."""
    locale = {"zh": "zh-CN", "en": "en"}[language]
    return load_yaml(DATA / locale / "freewords.yaml", FreeWords)


def free_arguments(match: Match, said: Normalised) -> Command:
    """The command of a template that matched."""
    known = load_freewords(said.language)
    args = _implied(match, said, known)
    for slot, (start, end) in match.slots.items():
        standard = said.language == "en" or said.said(start, end).lower() == said.text[start:end]
        # A dialect is taken apart in its Mandarin reading, and then copied as it was spoken.
        words = trim(said.said(start, end) if standard else said.text[start:end], known)
        if not words or slot.startswith("_"):
            continue
        if match.template.skill == "weather.query":
            found = weather(words, known)
        elif slot == "music":
            found = music(words, known, said.language)
        elif slot == "station":
            found = station(words)
        elif slot == "question":
            found = {slot: said.raw.strip()}
        elif slot == "songs":
            found = songs(words, known)
        else:
            found = {slot: words}
        args |= found if standard else _as_spoken(found, said, start, end)
    skill = match.template.skill
    if skill == "media.play" and str(args.get("title", "")).endswith(tuple(known.shows)):
        return Command(skill="video.play", args={"title": args["title"]})
    return Command(skill=skill, args=args)


def _implied(match: Match, said: Normalised, known: FreeWords) -> dict[str, Argument]:
    """The arguments that a template implies; ``{slot}`` in them stands for free words."""
    if not match.template.args:
        return {}
    words = {slot: trim(said.said(*span), known) for slot, span in match.slots.items()}
    return _filled(match.template.args, words)


def _filled(args: Mapping[str, Argument], words: Mapping[str, str]) -> dict[str, Argument]:
    return {
        name: value.format_map(words) if isinstance(value, str) else value
        for name, value in args.items()
    }


def companions(match: Match, said: Normalised) -> list[Command]:
    """The commands that come with a template: the way of "on the way to ..., stop at ..."."""
    known = load_freewords(said.language)
    words = {slot: trim(said.said(*span), known) for slot, span in match.slots.items()}
    return [
        Command(skill=skill, args=_filled(args, words))
        for skill, args in match.template.also.items()
    ]


def _as_spoken(
    found: Mapping[str, Argument], said: Normalised, start: int, end: int
) -> dict[str, Argument]:
    """The names among the arguments in the speaker's own words; days and kinds in Mandarin."""
    spoken: dict[str, Argument] = {}
    for name, value in found.items():
        at = -1 if name in _KINDS else said.text.find(str(value), start, end)
        spoken[name] = value if at < 0 else said.said(at, at + len(str(value)))
    return spoken


def weather(words: str, known: FreeWords) -> dict[str, Argument]:
    """Place and day out of what stands before 天气."""
    day = re.search(known.days, words, re.IGNORECASE) if known.days else None
    args: dict[str, Argument] = {}
    place = words
    if day:
        place = words[: day.start()] + words[day.end() :]
    place = trim(place.strip(" ,，的"), known)
    if place and place.lower() not in known.here:
        args["place"] = place
    if day:
        args["date"] = day.group().strip()
    return args


def trim(words: str, known: FreeWords) -> str:
    """Free words without the idle words around them."""
    changed = True
    while changed:
        changed = False
        for idle in known.idle_begin:
            kept = words.startswith(tuple(known.kept_begin))
            if words.lower().startswith(idle) and len(words) > len(idle) and not kept:
                words, changed = words[len(idle) :].lstrip(), True
        for idle in known.idle_end:
            kept = words.endswith(tuple(known.kept_end))
            if words.lower().endswith(idle) and len(words) > len(idle) and not kept:
                words, changed = words[: -len(idle)].rstrip(), True
    return words.strip(" ,，。\"'“”《》")


def music(words: str, known: FreeWords, language: Language) -> dict[str, Argument]:
    """Title, artist, album, genre or query out of what somebody wants to hear."""
    if language == "en":
        return _english_music(words, known)
    return _chinese_music(words, known)


def station(words: str) -> dict[str, Argument]:
    """A station by its frequency, or by its name."""
    tuned = re.fullmatch(r"(?:(fm|am) ?)?(\d+(?:\.\d+)?)(?: ?mhz)?(?: ?(fm|am))?", words.lower())
    if tuned is None:
        return {"station": words}
    band = tuned[1] or tuned[3]
    return ({"band": band} if band else {}) | {"frequency": float(tuned[2])}


def songs(words: str, known: FreeWords) -> dict[str, Argument]:
    """Artist, genre or query out of what stands before "songs" or "music"."""
    found = _english_music(words, known)
    return {"query": words} if "title" in found else found


def _english_music(words: str, known: FreeWords) -> dict[str, Argument]:
    lower = words.lower()
    by = re.fullmatch(r"(?:the )?(?:(song|album|track) )?(.+?) by (.+)", words, re.IGNORECASE)
    if by:
        kind, what, artist = by.groups()
        if what.lower() in known.song_words:
            return {"artist": artist}
        return {"album" if kind and kind.lower() == "album" else "title": what, "artist": artist}
    stripped = re.sub(
        r"^(?:the |some |a |an |something |anything )+|(?: songs?| music| tracks?)$", "", lower
    )
    if stripped in known.genres:
        return {"genre": stripped}
    named = re.fullmatch(r"(?:the )?(album|song|track) (.+)", words, re.IGNORECASE)
    if named:
        return {"album" if named[1].lower() == "album" else "title": named[2]}
    if stripped in known.artists or f"the {stripped}" in known.artists:
        return {"artist": re.sub(r"(?: songs?| music| tracks?)$", "", words, flags=re.IGNORECASE)}
    return {"title": words}


def _chinese_music(words: str, known: FreeWords) -> dict[str, Argument]:
    # The longest first: 歌曲芍药信 is no 歌 called 曲芍药信.
    song = "|".join(map(re.escape, sorted(known.song_words, key=len, reverse=True)))
    bare = re.sub(rf"(?:里面|里|中|上)?的?(?:{song})$", "", words) or words
    found = _described(words, bare, known) or _genre_and_title(words, known, song)
    if found:
        return found
    album = re.fullmatch(r"(.+?)(?:这张|那张|的)?专辑", words)
    if album:
        return {"album": album[1]}
    if bare in known.artists:
        return {"artist": bare}
    found = _of_artist(words, known, song)
    if found:
        return found
    if words.endswith(tuple(f"的{word}" for word in known.song_words)):
        return {"artist": bare} if len(bare) <= 3 else {"query": bare}
    for artist in known.artists:
        if words.startswith(artist) and len(words) > len(artist) + 1:
            return {"artist": artist, "title": words[len(artist) :]}
    # One character alone is part of the word before it: 插曲, 儿歌, 长恨歌.
    return {"title": re.sub(rf"(?<=..)(?:(?!.$)(?:{song}))$", "", words)}


def _described(words: str, bare: str, known: FreeWords) -> dict[str, Argument] | None:
    """What kind of music it shall be, where no title was said."""
    praise = "|".join(map(re.escape, known.praise))
    plain = re.sub(rf"^(?:(?:{praise})的?)+(?=.)|(?<=..)一?点儿?的?$", "", bare)
    if plain in known.genres or words in known.genres:
        return {"genre": words if words in known.genres else plain}
    if any(one + other in (plain, words) for one in known.genres for other in known.genres):
        return {"query": words}
    styled = re.fullmatch(r"(.{2,4})(?:流派|风格|类型|系列)", plain)
    if styled:
        return {"genre": styled[1]}
    if bare in known.praise or any(bare.endswith(ending) for ending in known.lists):
        return {"query": bare}
    if len(words) > 2 and words.endswith(tuple(known.kinds)):
        return {"query": words}
    return None


def _genre_and_title(words: str, known: FreeWords, song: str) -> dict[str, Argument] | None:
    for genre in known.genres:
        named = "" if genre.endswith("歌") else f"(?:类)?(?:的)?(?:{song})"
        titled = re.fullmatch(rf"{re.escape(genre)}{named}(.+)", words)
        if titled:
            return {"genre": genre, "title": titled[1]}
    version = next((one for one in known.versions if words.endswith(one)), None)
    title = words.removesuffix(version or "").removesuffix("的")
    return {"title": title, "genre": version} if version and title else None


def _of_artist(words: str, known: FreeWords, song: str) -> dict[str, Argument] | None:
    """Who sings it and what: 周杰伦的晴天, 小红唱的儿歌."""
    sung = re.fullmatch(rf"(.{{2,5}}?)(?:演唱|唱)(?:的(.+)|({'|'.join(known.genres)}))", words)
    owner, of, work = (sung[1], "的", sung[2] or sung[3]) if sung else words.partition("的")
    if not of or not (sung or _is_artist(owner, known)):
        return None
    if not work or work in known.song_words:
        return {"artist": owner}
    genre = re.sub(rf"(?:{song})$", "", work)
    if genre in known.genres or work in known.genres:
        return {"artist": owner, "genre": work if work in known.genres else genre}
    named = re.fullmatch(r"(.+?)(?:这张|那张)?专辑|专辑(.+)", work)
    if named:
        return {"artist": owner, "album": named[1] or named[2]}
    return {"artist": owner, "title": re.sub(rf"^(?:{song})(?=.)", "", work)}


def _is_artist(name: str, known: FreeWords) -> bool:
    if name in known.artists:
        return True
    return 2 <= len(name) <= 3 and name[0] in known.surnames
