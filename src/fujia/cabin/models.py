"""Which language models the turns of this process may ask: none, unless somebody said which.

The gateway asks for the consent of whoever speaks; see ``fujia.cabin.fusion.speaker``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway

_find: list["Callable[[], Gateway | None]"] = []


def use_models(find: "Callable[[], Gateway | None] | None") -> None:
    """Ask the models of the gateway that ``find`` gives from now on, where it gives any."""
    _find[:] = [find] if find else []


def find_models() -> "Gateway | None":
    """The gateway in use, or None; raises DataError for a broken configuration."""
    return _find[0]() if _find else None
