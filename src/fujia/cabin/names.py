"""What people call the values of a signal: "ice blue", "花香", "lower back"."""

from functools import cache
from pathlib import Path

from pydantic import RootModel

from fujia.datafile import load_yaml


class Names(RootModel[dict[str, dict[str, list[str]]]]):
    """Group to value to the names of that value."""


@cache
def _values(group: str) -> dict[str, str]:
    names = load_yaml(Path(__file__).parent / "data" / "names.yaml", Names).root[group]
    values = {value.casefold(): value for value in names}
    return values | {_key(name): value for value, named in names.items() for name in named}


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def value_of(group: str, spoken: str) -> str | None:
    """The value that a spoken name stands for, or None; letter case does not matter."""
    values = _values(group)
    return values.get(spoken.strip().casefold()) or values.get(_key(spoken))
