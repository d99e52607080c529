"""The door of the car: what is private stays, and a stand-in goes out in its place.

``[contact 1]`` stands for a name on the way out and becomes the name again in the answer, so that
"call [contact 1]" still reaches the right person, whom the model never heard of.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, cast

from fujia.llm.model import Message, Need, Request, Tool
from fujia.llm.private import Kind, Known, find_private, fold

_NEEDED: Mapping[Kind, Need] = {
    "position": "position", "address": "position",
    "contact": "contacts", "phone": "contacts", "email": "contacts",
}  # fmt: skip
"""What each kind is called among the needs of a request; the others never leave."""
_STAND_IN = re.compile(r"\[[a-z]+ \d+\]")
LONGEST_STAND_IN = 16


class Consent(Protocol):
    """Says what a person has allowed, for now."""

    def allows(self, purpose: str) -> bool:
        """Whether consent for that purpose is given and has not run out."""
        ...


class NoConsent:
    """Nothing was allowed."""

    def allows(self, purpose: str) -> bool:
        """Never."""
        return False


class Withheld:
    """What one request keeps back, and what stands for it."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self.counts: Counter[Kind] = Counter()
        """How many different things of each kind were kept back."""
        self._stand_ins: dict[tuple[Kind, str], str] = {}
        self._originals: dict[str, str] = {}
        self._taken = taken

    def stand_in(self, kind: Kind, original: str) -> str:
        """The stand-in for something private; the same one each time."""
        known = self._stand_ins.get((kind, original))
        if known is None:
            number = 1
            while (known := f"[{kind} {number}]") in self._originals or known in self._taken:
                number += 1
            self._stand_ins[kind, original] = known
            self._originals[known] = original
            self.counts[kind] += 1
        return known

    def restore(self, text: str) -> str:
        """A text with what its stand-ins stand for."""
        return _STAND_IN.sub(lambda match: self._originals.get(match[0], match[0]), text)

    def restore_json(self, text: str) -> str:
        """The same for JSON text: what is put back is written as JSON asks for."""
        try:
            content: Any = json.loads(text)
        except ValueError:
            return self.restore(text)
        return json.dumps(walk(content, self.restore), ensure_ascii=False)


class PrivacyFilter:
    """Takes out of requests what may not leave.

    A VIN, a plate and other numbers that name a person never leave. Positions and contacts leave
    where a request needs them and consent for that purpose holds.
    """

    def __init__(
        self,
        consent: Consent | None = None,
        known: Callable[[], Known] = Known,
    ) -> None:
        self._consent, self._known = consent or NoConsent(), known

    def apply(self, request: Request) -> tuple[Request, Withheld]:
        """The request as it may leave, and what it keeps back."""
        allowed: set[Need] = {need for need in request.needs if self._consent.allows(need)}
        known = self._known()
        texts: list[str] = []
        walk([dict(message) for message in request.messages], lambda text: texts.append(text) or "")
        withheld = Withheld(frozenset(_STAND_IN.findall(" ".join(texts))))

        def clean(text: str) -> str:
            return _clean(text, known, allowed, withheld)

        messages = [cast("Message", walk(dict(each), clean)) for each in request.messages]
        tools = [
            Tool(tool.name, clean(tool.description), walk(dict(tool.parameters), clean))
            for tool in request.tools
        ]
        schema = None if request.schema is None else walk(dict(request.schema), clean)
        return replace(request, messages=messages, tools=tools, schema=schema), withheld


def _clean(text: str, known: Known, allowed: set[Need], withheld: Withheld) -> str:
    text = fold(text)
    parts: list[str] = []
    done = 0
    for found in find_private(text, known):
        if _NEEDED.get(found.kind) in allowed:
            continue
        original = text[found.start : found.end]
        parts += [text[done : found.start], withheld.stand_in(found.kind, original)]
        done = found.end
    return "".join([*parts, text[done:]])


def walk(content: Any, change: Callable[[str], str]) -> Any:
    """JSON content with every text in it changed, keys included."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, Mapping):
        items = cast("Mapping[Any, Any]", content).items()
        return {walk(key, change): walk(value, change) for key, value in items}
    if isinstance(content, (list, tuple)):
        return [walk(each, change) for each in cast("list[Any]", content)]
    return content
