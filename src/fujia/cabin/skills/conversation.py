"""Talk: what is not a thing to do in the car, and what nothing here can do."""

from fujia.cabin.effects import words
from fujia.cabin.skill import Answer, Effect, Scene, Unavailable, skill
from fujia.cabin.skills.arguments import Maybe, Spoken
from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Argument
from fujia.understanding.times import find_later


@skill("chat.reply", kind="read", zh="闲聊", en="Small talk.")
def chat(scene: Scene) -> Answer:
    """A friendly line that says what Fujia is there for."""
    zh = "我在。空调、座椅、车窗、灯光、音乐和导航，都可以交给我。"
    en = "I'm here. Climate, seats, windows, lights, music and navigation: just tell me."
    return Answer(words(scene, zh, en))


@skill("manual.ask", kind="read", zh="询问车主手册", en="Ask the owner's manual.")
def manual(scene: Scene, question: Spoken) -> Answer:
    """What it says, in few words while the car moves, with an offer to do what was asked about."""
    from fujia.cabin.manual import ask_manual  # only here: few turns need what it brings

    return ask_manual(scene, question)


@skill("travel.plan", kind="read", zh="规划旅行", en="Plan a trip.")
def travel(
    scene: Scene,
    destination: Spoken,
    days: int | None = None,
    date: Maybe = None,
    wishes: Maybe = None,
) -> Answer:
    """Trips cannot be planned yet; the way there can be navigated."""
    zh = f"我还不会规划行程，不过可以直接导航去{destination}。"
    en = f"I cannot plan trips yet, but I can navigate to {destination}."
    given = (("destination", destination), ("days", days), ("date", date), ("wishes", wishes))
    args: dict[str, Argument] = {name: value for name, value in given if value is not None}
    return Answer(words(scene, zh, en), args)


@skill("unknown.function", zh="没有技能的车辆功能", en="A function that no skill covers.")
def unknown(scene: Scene, text: Maybe = None) -> Effect:
    """Always raises Unavailable; ``text`` keeps the speaker's own words for the record."""
    if text and find_later(normalise(text, language=scene.language)):
        raise Unavailable(words(scene, "到点再做这件事的功能", "way to do that at another time"))
    raise Unavailable(words(scene, "这个功能", "such function"))
