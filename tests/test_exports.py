import subprocess
import sys
import tomllib
from pathlib import Path

import fujia

ROOT = Path(fujia.__file__).parents[2]

PUBLIC = {
    "SKILLS", "Action", "Cabin", "Car", "CarError", "Command", "Condition", "Context", "Fault",
    "FujiaError", "InputError", "Outcome", "Plan", "Profile", "ScriptedUnderstander", "Seat",
    "Signal", "SimulatedCar", "Skill", "Step", "Turn", "Understander", "Value", "Write", "Zone",
    "__version__", "find_skill", "list_profiles", "load_profile", "mismatches",
}  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert set(fujia.__all__) == PUBLIC
    assert dir(fujia) == sorted(PUBLIC)


def test_every_public_name_is_there() -> None:
    for name in fujia.__all__:
        assert getattr(fujia, name) is not None, name


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(fujia, "Spaceship")


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == fujia.__version__


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, fujia; print(any(m.startswith(('pydantic', 'yaml')) for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    assert done.stdout.strip() == "False"
