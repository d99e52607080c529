"""The Containerfile: read, and its steps carried out without a container engine.

Paths of the container become paths below a folder; ``RUN`` runs in a shell there.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fujia.serve.cli import PORT
from fujia.settings import PREFIX, Preferences

ROOT = Path(__file__).parents[1]
FILE = ROOT / "Containerfile"


@dataclass
class Stage:
    """One stage, as far as its instructions were carried out."""

    name: str
    root: Path
    workdir: str = "/"
    env: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """Instructions that only say something: CMD, USER, EXPOSE, VOLUME, HEALTHCHECK."""

    def path(self, path: str) -> Path:
        """A path of the container, here."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.here / path

    @property
    def here(self) -> Path:
        folder = self.root / self.workdir.lstrip("/")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def moved(self, text: str) -> str:
        """Text with the container's own folders as they are here."""
        return re.sub(r"(?<![\w./-])/(?=(opt|data|src)\b)", f"{self.root}/", text)

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FUJIA_")}
        own = {name: self.moved(value) for name, value in self.env.items()}
        own["PATH"] = own.get("PATH", "$PATH").replace("$PATH", os.environ["PATH"])
        return kept | own

    def run(self, command: str) -> None:
        """Run a shell command as RUN does."""
        shell = ["sh", "-ec", self.moved(command)]
        subprocess.run(shell, cwd=self.here, env=self.environment(), check=True)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Name and rest of each instruction; comments and continued lines are joined away."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, _, rest = line.partition(" ")
        yield name.upper(), rest.strip()


def build(folder: Path, run: Callable[[Stage, str], None]) -> Stage:
    """Carry out every instruction; returns the last stage. ``run`` gets each RUN."""
    stages: dict[str, Stage] = {}
    stage = Stage("", folder)
    for name, rest in instructions(FILE.read_text(encoding="utf-8")):
        if name == "FROM":
            image, _, alias = rest.partition(" AS ")
            assert "/" in image, "images are named in full"
            stage = stages[alias] = Stage(alias, folder / (alias or "last"))
            stage.root.mkdir(parents=True)
        elif name == "WORKDIR":
            stage.workdir = rest
        elif name == "ENV":
            stage.env |= dict(word.split("=", 1) for word in shlex.split(rest))
        elif name == "COPY":
            copy(stage, stages, shlex.split(rest))
        elif name == "RUN":
            run(stage, rest)
        else:
            assert name in ("CMD", "USER", "EXPOSE", "VOLUME", "HEALTHCHECK"), name
            stage.said[name] = rest
    return stage


def copy(stage: Stage, stages: dict[str, Stage], words: list[str]) -> None:
    """COPY, from the repository or from an earlier stage."""
    *sources, target = words
    source_of: Callable[[str], Path] = ROOT.joinpath
    if sources[0].startswith("--from="):
        source_of = stages[sources.pop(0).removeprefix("--from=")].path
    for source in map(source_of, sources):
        into = stage.path(target)
        if source.is_dir():
            shutil.copytree(source, into, symlinks=True, dirs_exist_ok=True)
        else:
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, into)


def command(said: str) -> list[str]:
    """The words of an instruction in its JSON form."""
    return json.loads(said[said.index("[") :])


def serves(stage: Stage) -> None:
    """The container's own command answers its own health check, and ends when it is told to."""
    environment = stage.environment()
    fujia = [str(stage.path("/opt/fujia/bin/fujia"))]
    token = [*fujia, "serve", "token", "me", "--role", "reader"]
    made = subprocess.run(token, env=environment, capture_output=True, text=True, check=True)
    assert made.stdout.startswith("fujia_")
    words = command(stage.said["CMD"])
    assert words[0] == "fujia"
    served = [*fujia, *words[1:], "--port", "0", "--no-cockpit"]
    with subprocess.Popen(served, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"localhost:(\d+)/", process.stdout.readline())
            assert found
            _, flag, check = command(stage.said["HEALTHCHECK"])
            here = check.replace(f":{PORT}/", f":{found[1]}/")
            assert here != check
            python = str(stage.path("/opt/fujia/bin/python"))
            subprocess.run([python, flag, here], env=environment, check=True, timeout=60)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert (stage.path("/data") / "turns.db").exists()


def test_it_is_not_root_and_says_what_it_needs(tmp_path: Path):
    last = build(
        tmp_path, lambda stage, _: stage.path("/opt/fujia").mkdir(parents=True, exist_ok=True)
    )
    user, _, group = last.said["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert last.said["EXPOSE"] == str(PORT)
    assert last.said["VOLUME"] == last.env["FUJIA_DATA_DIR"] == "/data"
    assert command(last.said["CMD"])[:2] == ["fujia", "serve"]
    _, flag, check = command(last.said["HEALTHCHECK"])
    assert flag == "-c"
    compile(check, "HEALTHCHECK", "exec")
    settings = [name for name in last.env if name.startswith(PREFIX)]
    assert {name.removeprefix(PREFIX).lower() for name in settings} <= set(Preferences.model_fields)


def test_what_is_copied_is_there_and_is_not_ignored():
    allowed = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert allowed[0] == "*"
    for name, rest in instructions(FILE.read_text(encoding="utf-8")):
        words = shlex.split(rest)
        if name == "COPY" and not words[0].startswith("--from="):
            for source in words[:-1]:
                assert (ROOT / source).exists()
                assert f"!{source}" in allowed


def test_its_last_stage_serves(tmp_path: Path):
    """Everything but the installation, which needs a package index: this one is run instead."""

    def run(stage: Stage, step: str) -> None:
        if stage.name != "build":
            stage.run(step)
            return
        folder = stage.path("/opt/fujia/bin")
        folder.mkdir(parents=True, exist_ok=True)
        source = f"PYTHONPATH={ROOT / 'src'} exec {sys.executable}"
        for name, words in (("fujia", "-m fujia"), ("python", "")):
            (folder / name).write_text(f'#!/bin/sh\n{source} {words} "$@"\n')
            (folder / name).chmod(0o755)

    last = build(tmp_path, run)
    assert last.path("/data").stat().st_mode & 0o7777 == 0o1777
    serves(last)


@pytest.mark.package
def test_every_step_can_be_carried_out(tmp_path: Path):
    last = build(tmp_path, Stage.run)
    serves(last)
    installed = last.path("/opt/fujia")
    assert not list(installed.rglob("__pycache__"))
    assert not list(installed.glob("lib/*/site-packages/torch"))
