"""Whether this installation works: what ``fujia doctor`` looks at."""

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from fujia import __version__
from fujia.errors import FujiaError
from fujia.settings import load_settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str


def examine() -> Iterator[Check]:
    """Look at everything that a turn needs, cheapest first; never raises."""
    examinations: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("settings", _settings),
        ("data folder", lambda: _writable(load_settings().settings.data_dir)),
        ("log folder", lambda: _writable(load_settings().settings.log_file.parent)),
        ("vehicles", _vehicles),
        ("skills", _skills),
        ("student", _student),
        ("a turn", _turn),
    )
    for name, look in examinations:
        try:
            yield Check(name, True, look())
        except FujiaError as error:
            yield Check(name, False, str(error))
        except Exception as error:  # whatever breaks here is the finding
            yield Check(name, False, f"{type(error).__name__}: {error}")


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _packages() -> str:
    try:
        needed = requires("fujia") or ()
    except PackageNotFoundError:
        return f"fujia {__version__}, run from its source folder"
    names = [line.split(";")[0] for line in needed if "extra ==" not in line]
    bare = sorted(name.split("<")[0].split(">")[0].split("=")[0].strip() for name in names)
    return ", ".join([f"fujia {__version__}"] + [f"{name} {version(name)}" for name in bare])


def _settings() -> str:
    loaded = load_settings()
    if loaded.ignored:
        raise FujiaError(f"{', '.join(loaded.ignored)} set, and no such setting")
    return str(loaded.file) if loaded.file.exists() else "defaults"


def _writable(folder: Path) -> str:
    existing = folder
    while not existing.exists():
        existing = existing.parent
    if not os.access(existing, os.W_OK) or not existing.is_dir():
        raise FujiaError(f"{folder} cannot be written")
    return str(folder)


def _vehicles() -> str:
    from fujia.garage import Garage

    garage = Garage.of(load_settings().settings)
    sizes = [f"{name} ({len(garage.profile(name).signals)} signals)" for name in garage.names()]
    return ", ".join(sizes)


def _skills() -> str:
    from fujia import SKILLS

    return f"{len(SKILLS)} skills"


def _student() -> str:
    settings = load_settings().settings
    if settings.understander == "grammar":
        return "not used: the grammar understands alone"
    from fujia.understanding.student.understander import SHIPPED, load_model

    folder = settings.student_dir or SHIPPED
    load_model(folder)
    return str(folder)


def _turn() -> str:
    from fujia.garage import Garage

    settings = load_settings().settings
    garage = Garage.of(settings)
    turn = garage.cabin(garage.car(garage.profile("i5"))).say("打开主驾座椅加热")
    if turn.outcome != "done":
        raise FujiaError(f"'{turn.said}' ended as {turn.outcome}: {turn.reply}")
    return f"{turn.said} → {turn.reply} ({turn.ms:.1f} ms)"
