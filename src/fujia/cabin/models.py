"""Which language models the turns of this process may ask: none, unless somebody said which."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway
    from fujia.llm.privacy import Consent

    MakeGateway = Callable[[Consent | None], Gateway]

_PEOPLE = 16
"""For how many people a gateway is kept: each has a consent of their own."""
_make: list["MakeGateway"] = []


def use_models(make: "MakeGateway | None") -> None:
    """Ask the models of these gateways from now on; ``make`` gets the consent of who speaks.

    That consent is None where nobody is remembered, and so nobody could be asked.
    """
    _make[:] = [make] if make else []
    gateway_for.cache_clear()


@lru_cache(maxsize=_PEOPLE)
def gateway_for(consent: "Consent | None") -> "Gateway | None":
    """The gateway for somebody with that consent, or None; raises DataError."""
    return _make[0](consent) if _make else None
