"""What Fujia will not do now, and why: the policy itself is asked, and nothing is carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from fujia.cabin.policy import Proposal, judge
from fujia.cabin.skill import Answer, AskBack, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.errors import InputError
from fujia.serve.cockpit.marks import mark
from fujia.serve.cockpit.texts import Texts
from fujia.serve.cockpit.world import Probe
from fujia.understanding.plan import Language
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

Kind = Literal["refuse", "confirm"]


@dataclass(frozen=True)
class Limit:
    """One reason, and the wishes that it holds back."""

    kind: Kind
    reason: str
    wishes: list[str] = field(default_factory=list[str])


def held_back(
    probes: Sequence[Probe],
    profile: Profile,
    state: Mapping[str, Value],
    seat: Seat,
    language: Language,
) -> list[Limit]:
    """The probes that the policy would refuse or ask about now, by reason, refusals first.

    What the car lacks, or what is already as wished, is no limit and is left out.
    """
    scene = Scene(profile, state, seat, language)
    found: dict[tuple[Kind, str], Limit] = {}
    for probe in probes:
        verdict = _verdict(probe, scene)
        if verdict is None:
            continue
        limit = found.setdefault(verdict, Limit(*verdict))
        limit.wishes.append(probe.name(language))
    return sorted(found.values(), key=lambda limit: (limit.kind != "refuse", -len(limit.wishes)))


def limits_html(limits: Sequence[Limit], texts: Texts) -> str:
    """The limits as a list: mark, verdict, reason, and what it is about."""
    if not limits:
        return f'<p class="quiet">{escape(texts.word("all_clear"))}</p>'
    comma = "、" if texts.language == "zh" else ", "
    return "".join(
        f'<li class="limit {limit.kind}">{mark(limit.kind)}<span>'
        f"<b>{escape(texts.word(limit.kind))}</b> {escape(comma.join(limit.wishes))}"
        f'<span class="why">{escape(limit.reason)}</span></span></li>'
        for limit in limits
    )


def _verdict(probe: Probe, scene: Scene) -> tuple[Kind, str] | None:
    try:
        effect = find_skill(probe.skill)(scene, probe.args)
    except Refused as refusal:
        return "refuse", str(refusal)
    except (Unavailable, AskBack, InputError, ValueError):
        return None
    if isinstance(effect, Answer):
        return None
    if not all(scene.profile.has(write.path) for write in effect.writes):
        return None
    verdict = judge(Proposal(effect.writes, scene.state, scene.profile, scene.seat))
    if verdict.kind not in ("refuse", "confirm"):
        return None
    return verdict.kind, verdict.why(scene.language) or ""
