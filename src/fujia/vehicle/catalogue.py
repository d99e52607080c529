"""The catalogue of standard signals: VSS 6.0, and any other official release.

The package holds a table of facts (path, kind, datatype, unit, limits, allowed values), not the
specification's text. ``write_table`` makes that table from an official release file.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from fujia.errors import DataError
from fujia.vehicle.signal import Kind, Signal

_TABLE = Path(__file__).parent / "data" / "vss-6.0.csv"
_COLUMNS = ("path", "kind", "datatype", "unit", "minimum", "maximum", "allowed")
_KINDS = get_args(Kind)


@cache
def vss_6() -> Mapping[str, Signal]:
    """Every leaf of VSS 6.0 by path; read on the first call and kept."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        signals = {row[0]: _from_row(row) for row in rows}
    return MappingProxyType(signals)


def load_release(file: Path) -> Mapping[str, Signal]:
    """Read an official ``vss_release_*.json``: every leaf by path.

    Raises:
        DataError: the file is missing, is not JSON, or is not a signal tree.
    """
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(file, 0, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(file, 0, f"is not UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise DataError(file, error.lineno, f"is not JSON: {error.msg}") from None
    if not isinstance(tree, dict) or not tree:
        raise DataError(file, 0, "is not a signal tree: expected an object with a root branch")
    leaves = _leaves(file, "", cast(dict[str, Any], tree))
    return MappingProxyType({signal.path: signal for signal in leaves})


def write_table(release: Path, file: Path) -> None:
    """Write the facts of an official release as the table that the package holds.

    The packaged table is ``write_table(Path("vss_release_6.0.json"), Path("vss-6.0.csv"))``.
    Descriptions and comments are left out.
    """
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for signal in load_release(release).values():
            both = (signal.minimum, signal.maximum)
            limits = ("" if limit is None else f"{limit:g}" for limit in both)
            facts = (signal.path, signal.kind, signal.datatype, signal.unit or "")
            rows.writerow((*facts, *limits, "|".join(signal.allowed)))


def _from_row(row: list[str]) -> Signal:
    path, kind, datatype, unit, minimum, maximum, allowed = row
    return Signal(
        path,
        cast(Kind, kind),
        datatype,
        unit or None,
        float(minimum) if minimum else None,
        float(maximum) if maximum else None,
        tuple(allowed.split("|")) if allowed else (),
    )


def _leaves(file: Path, parent: str, branch: dict[str, Any]) -> Iterator[Signal]:
    for name, node in branch.items():
        path = f"{parent}.{name}" if parent else name
        if not isinstance(node, dict) or "type" not in node:
            raise DataError(file, 0, f"{path} is neither a branch nor a leaf: it has no type")
        entry = cast(dict[str, Any], node)
        if entry["type"] == "branch":
            yield from _leaves(file, path, _children(file, path, entry))
        else:
            yield _leaf(file, path, entry)


def _children(file: Path, path: str, entry: dict[str, Any]) -> dict[str, Any]:
    children = entry.get("children", {})
    if not isinstance(children, dict):
        raise DataError(file, 0, f"{path}: its children are not an object")
    return cast(dict[str, Any], children)


def _leaf(file: Path, path: str, entry: dict[str, Any]) -> Signal:
    kind, datatype = entry["type"], entry.get("datatype")
    if kind not in _KINDS or not isinstance(datatype, str):
        raise DataError(file, 0, f"{path}: type {kind!r} with datatype {datatype!r} is not a leaf")
    try:
        low, high = _limit(entry.get("min")), _limit(entry.get("max"))
        allowed = tuple(str(item) for item in entry.get("allowed", ()))
    except (TypeError, ValueError):
        raise DataError(file, 0, f"{path}: min, max or allowed cannot be used") from None
    return Signal(path, kind, datatype, entry.get("unit"), low, high, allowed)


def _limit(value: object) -> float | None:
    return None if value is None else float(cast(float, value))
