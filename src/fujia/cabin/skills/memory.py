"""Memory: what Fujia keeps of the speaker, says again, forgets, and brings about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, ValidationError

from fujia.cabin.effects import words
from fujia.cabin.memory.catalogue import What, load_catalogue
from fujia.cabin.memory.fact import Fact
from fujia.cabin.memory.memory import Memory
from fujia.cabin.memory.spoken import read_days, read_number, read_time
from fujia.cabin.skill import (
    Answer,
    AskBack,
    Effect,
    Refused,
    Scene,
    Unavailable,
    find_skill,
    skill,
)
from fujia.cabin.skills.arguments import Maybe
from fujia.errors import DataError
from fujia.understanding.plan import Argument

Kept = Annotated[
    What,
    Field(description="a 'place' has a name, a 'trip' a time and days, a 'note' is what follows I"),
]
Said = Annotated[
    float | str | None,
    Field(description="the number, the address, the destination or the text, as it was said"),
]


@dataclass(frozen=True, slots=True)
class _Remember:
    memory: Memory
    fact: Fact

    def carry_out(self) -> bool:
        self.memory.remember(self.fact)
        found = (one for one in self.memory.facts() if one.identity == self.fact.identity)
        return any(one.value == self.fact.value for one in found)


@dataclass(frozen=True, slots=True)
class _Forget:
    memory: Memory
    facts: Sequence[Fact]

    def carry_out(self) -> bool:
        receipt = self.memory.forget(*self.facts)
        return receipt is not None and self.memory.proves(receipt)


@dataclass(frozen=True, slots=True)
class _Erase:
    memory: Memory

    def carry_out(self) -> bool:
        self.memory.erase()
        return not self.memory.record().entries()


@dataclass(frozen=True, slots=True)
class _Silence:
    memory: Memory
    suggestion: str

    def carry_out(self) -> bool:
        self.memory.silence(self.suggestion)
        return self.memory.is_silenced(self.suggestion)


@skill(
    "memory.remember",
    zh="记住说话人的喜好、地点或习惯",
    en="Remember what the speaker likes, or a habit.",
)
def remember(
    scene: Scene,
    what: Kept = "note",
    value: Said = None,
    name: Maybe = None,
    time: Maybe = None,
    days: Maybe = None,
) -> Effect:
    """Only after a yes; a new one takes the place of the old. Nothing of guests and children."""
    memory = _memory(scene)
    fact = _fact(scene, what, value, name, time, days)
    if not memory.keeps:
        zh, en = "我不记访客和孩子的事", "I keep nothing of guests and children"
        raise Refused(words(scene, zh, en))
    args: dict[str, Argument] = {"what": fact.what, "value": fact.value}
    args |= {"name": fact.name} if fact.name else {}
    args |= {"time": fact.time} if fact.time else {}
    return Effect(
        (),
        args,
        change=_Remember(memory, fact),
        asks=words(scene, "这个我会一直记着", "I keep such things until you delete them"),
        about=fact.text(scene.language),
    )


@skill(
    "memory.recall", kind="read", zh="说出记住了什么", en="Say what is remembered of the speaker."
)
def recall(scene: Scene, what: Kept | None = None, name: Maybe = None) -> Answer:
    """All of it, or one kind."""
    if scene.memory is None:
        zh = "这里什么都不会记住，在聊天和座舱里才会。"
        en = "Nothing is remembered here, only in a chat and in the cockpit."
        return Answer(words(scene, zh, en))
    facts = _facts(scene, scene.memory, what, name)
    if not facts:
        zh, en = "这个我没有记。" if what else "我没有记您的事。", "I remember nothing of that."
        return Answer(words(scene, zh, en))
    said = words(scene, "；", "; ").join(fact.text(scene.language) for fact in facts)
    return Answer(words(scene, f"我记得：{said}。", f"I remember: {said}."))


@skill("memory.forget", zh="忘掉记住的事", en="Forget what is remembered of the speaker.")
def forget(scene: Scene, what: Kept | None = None, name: Maybe = None) -> Effect:
    """One kind, one place by its name, or all there is, consents too; after a yes, for good."""
    memory = _memory(scene)
    facts = _facts(scene, memory, what, name)
    is_all = not what and not name
    if not facts and not (is_all and memory.record().entries()):
        raise Refused(words(scene, "我没有记这个", "I remember nothing of that"))
    if what:
        about = load_catalogue().kinds[what].words(scene.language).name.format(name=name or "")
    else:
        about = name or words(scene, "您的全部记录", "everything about you")
    return Effect(
        (),
        change=_Erase(memory) if is_all else _Forget(memory, facts),
        asks=words(scene, "忘掉就找不回来了", "that cannot be undone"),
        about=about,
    )


@skill("memory.apply", zh="按记住的喜好调", en="Set something as the speaker likes it.")
def apply(scene: Scene, what: Kept) -> Effect:
    """What is remembered, as the command it stands for: 调到我喜欢的温度."""
    memory = _memory(scene)
    kind = load_catalogue().kinds[what]
    fact = next(reversed(_facts(scene, memory, what, None)), None)
    if fact is None or not kind.skill:
        name = kind.words(scene.language).name.format(name="")
        zh = f"我还不知道{name}，您可以告诉我吗？"
        raise AskBack(words(scene, zh, f"I don't know {name} yet. Will you tell me?"))
    effect = find_skill(kind.skill)(scene, {kind.argument: _said(fact)})
    if isinstance(effect, Answer):
        raise Unavailable(kind.words(scene.language).name)
    return Effect(effect.writes, {kind.argument: fact.value, **effect.args}, skill=kind.skill)


@skill(
    "suggestion.stop", zh="不再提醒刚才那类事", en="Never suggest again what was just suggested."
)
def stop(scene: Scene) -> Effect:
    """Of the speaker alone, for good; of a guest until they leave."""
    if not scene.suggested or scene.memory is None:
        raise Unavailable(words(scene, "刚才的提醒", "suggestion just now"))
    return Effect((), change=_Silence(scene.memory, scene.suggested))


def located(scene: Scene, spoken: str) -> str:
    """Where a place is that the speaker has a name for: 家, 公司; else the words again."""
    try:
        return scene.memory.place(spoken) if scene.memory else spoken
    except DataError:  # a damaged memory must not keep anybody from driving home
        return spoken


def _memory(scene: Scene) -> Memory:
    if scene.memory is None:
        raise Unavailable(words(scene, "记忆", "memory"))
    return scene.memory


def _facts(scene: Scene, memory: Memory, what: What | None, name: str | None) -> tuple[Fact, ...]:
    try:
        return memory.facts(what, name or "")
    except DataError:
        zh, en = "记忆文件坏了，读不出来", "the memory is damaged and cannot be read"
        raise Refused(words(scene, zh, en)) from None


def _fact(
    scene: Scene,
    what: What,
    value: float | str | None,
    name: str | None,
    time: str | None,
    days: str | None,
) -> Fact:
    """The fact that was said; raises AskBack or Refused for what is missing or makes no sense."""
    what = (load_catalogue().place(name) if what == "place" and name else None) or what
    kind = load_catalogue().kinds[what]
    if value is None or value == "":
        raise AskBack(words(scene, "要记住什么？", "What shall I remember?"))
    clock = read_time(time) if time else None
    if what == "trip" and clock is None:
        raise AskBack(words(scene, "几点出发？", "At what time do you set out?"))
    on = read_days(days) if what == "trip" else ()
    if on is None:
        raise AskBack(words(scene, "是哪几天？", "On which days?"))
    meant = read_number(value) if kind.is_number else str(value).strip()
    if meant is None:
        raise AskBack(words(scene, "是多少？", "How much is that?"))
    try:
        called = (name or "") if what == "place" else ""
        return Fact(what=what, value=meant, name=called, time=clock or "", days=on)
    except ValidationError:
        if kind.is_number:
            zh = f"只能是{kind.low:g}到{kind.high:g}"
            raise Refused(words(scene, zh, f"it goes from {kind.low:g} to {kind.high:g}")) from None
        raise AskBack(words(scene, "它叫什么名字？", "What is it called?")) from None


def _said(fact: Fact) -> Argument:
    return fact.value if isinstance(fact.value, str) or fact.value % 1 else int(fact.value)
