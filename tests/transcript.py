"""The conversations in the READMEs: held again, and written back by ``python -m tests.transcript``.

In a ``text`` block, lines that begin with ``> `` are what is said; all else is what came of it.
"""

import io
import re
import sys
from pathlib import Path
from unittest.mock import patch

from fujia.chat import Chat
from fujia.garage import Garage
from fujia.terminal import Terminal

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
_BLOCK = re.compile(r"(?<=^```text\n)(> .*?)(?=^```)", re.MULTILINE | re.DOTALL)


def conversations(readme: Path) -> list[str]:
    """The conversations as they stand in a README."""
    return _BLOCK.findall(readme.read_text(encoding="utf-8"))


def hold(conversation: str) -> str:
    """The same things said again to a fresh car, with what comes of them now."""
    lines = [line for line in conversation.splitlines() if line.startswith("> ")]
    said = io.StringIO("\n".join(line.removeprefix("> ") for line in lines))
    out = io.StringIO()
    garage = Garage()
    car = garage.car(garage.profile("i5"))
    with patch.object(sys, "stdin", said):
        Chat(garage.cabin(car), car, "driver", Terminal(out), trace=False).run()
    return out.getvalue()


def main() -> None:
    """Write every conversation anew."""
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        readme.write_text(_BLOCK.sub(lambda block: hold(block[0]), text), encoding="utf-8")


if __name__ == "__main__":
    main()
