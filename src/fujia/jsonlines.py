"""One line of a JSON Lines file from outside: an object, or an error that says why it is none."""

import json
from typing import Any, NoReturn, cast

from fujia.errors import CaseError


def parse_object(line: bytes, what: str) -> dict[str, Any]:
    """The object that a line holds; raises CaseError, with ``what`` it should be."""
    try:
        content: object = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise CaseError(f"not UTF-8 text (byte {error.start + 1} of the line)") from None
    except (ValueError, RecursionError) as error:
        raise CaseError(f"not JSON: {error}") from None
    if not isinstance(content, dict):
        raise CaseError(what)
    return cast(dict[str, Any], content)


def failure(identity: object, number: int, problem: str) -> dict[str, Any]:
    """What becomes of a line that could not be used: its id, else its number, and the problem."""
    if not isinstance(identity, (str, int)) or isinstance(identity, bool):
        return {"id": None, "error": f"line {number}: {problem}"}
    return {"id": identity, "error": problem}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")
