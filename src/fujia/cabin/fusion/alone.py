"""What a conversation without a language model says about that, once."""

from fujia.cabin.fusion.texts import load_texts
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Plan
from fujia.understanding.router import load_rules, wanted


class Alone:
    """Notices what a language model would have had a part in, and says once how to get one."""

    def __init__(self) -> None:
        self._said = False
        self._writes = frozenset(name for name, one in SKILLS.items() if one.kind == "write")

    def hint(self, said: str, plan: Plan, *, unknown: bool = False) -> str:
        """What to add to the reply: how to set a model up, or nothing.

        ``unknown``: whether it was a question whose answer stands nowhere on the car.
        """
        if self._said or load_texts().is_greeting(said, plan.language):
            return ""
        work = wanted(plan, said, self._writes, load_rules()).work
        if work not in ("talk", "agent") and not (work == "lookup" and unknown):
            return ""  # the car does it, or lacks it
        self._said = True
        return load_texts().alone.text(plan.language)
