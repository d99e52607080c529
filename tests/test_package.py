"""The public interface, and the two packages as a user installs them."""

import json
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import fujia

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_public_name_can_be_had():
    assert fujia.__all__ == sorted(fujia.__all__, key=lambda name: (not name.isupper(), name))
    for name in fujia.__all__:
        assert getattr(fujia, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'fujia' has no attribute 'Cabbin'"):
        fujia.Cabbin  # noqa: B018


def test_the_example_of_the_interface_runs():
    turn = fujia.Cabin(vehicle="i5").say("打开主驾座椅加热")
    assert turn.outcome == "done"


def test_importing_the_package_loads_nothing_else():
    code = "import sys, fujia; print([name for name in sys.modules if name.startswith('fujia.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_changelog_knows_this_version():
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist; the wheel is built from the sdist."""
    folder = tmp_path_factory.mktemp("packages")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], check=True)
    return folder


def data_files() -> set[str]:
    kinds = {".yaml", ".csv"}
    files = (ROOT / "src" / "fujia").rglob("*")
    return {str(file.relative_to(ROOT / "src")) for file in files if file.suffix in kinds}


@pytest.mark.package
def test_the_wheel_holds_data_licence_and_nothing_foreign(packages: Path):
    (wheel,) = packages.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    info = f"fujia-{PROJECT['version']}.dist-info"
    assert data_files() <= names
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= names
    assert {name.split("/")[0] for name in names} == {"fujia", info}


@pytest.mark.package
def test_the_sdist_holds_what_a_build_and_a_test_need(packages: Path):
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    needed = {"pyproject.toml", "LICENSE", "NOTICE", "README.md", "constraints.txt", "Makefile"}
    assert needed | {f"src/{name}" for name in data_files()} <= names


@pytest.mark.package
@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_an_installed_package_works(packages: Path, tmp_path: Path, kind: str):
    (package,) = packages.glob(kind)
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    binaries = tmp_path / "venv" / "bin"
    install = [binaries / "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", package]
    subprocess.run(install, check=True)
    command = [binaries / "fujia", "say", "把空调调到23度，再打开主驾座椅加热", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    result = json.loads(done.stdout)
    assert [turn["outcome"] for turn in result["turns"]] == ["done"]
    assert result["signals"]["Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"] == 33
