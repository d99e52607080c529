"""The tutorial works: its commands are run, and its model is put into a car."""

import re
import shlex
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.foundry.manifest import read_manifest

PAGE = (Path(__file__).parents[2] / "docs" / "foundry.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_six_commands_and_the_cabin(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    torch = pytest.importorskip("torch", reason="comes with the extra foundry")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # where tests run side by side, a second thread waits and works not
    monkeypatch.chdir(clean_environment)
    commands = "".join(blocks("sh")).splitlines()
    assert len(commands) == 6
    try:
        for command in commands:
            assert run(shlex.split(command)[1:]) == 0, command
    finally:
        torch.set_num_threads(threads)
    said = capsys.readouterr().out
    shown = blocks("text")[1]
    told = r"^(.*: \d+ examples|run.*: \d+ steps|model: .* MB)$"
    assert re.findall(told, said, re.MULTILINE) == re.findall(told, shown, re.MULTILINE)
    for artefact in ("train.jsonl", "dev.jsonl", "run", "run-rl"):
        manifest = read_manifest(clean_environment / artefact)
        assert manifest is not None
        assert manifest.complete
    (python,) = blocks("python")
    exec(compile(python, "foundry.md", "exec"), {})  # the page's own code
    assert capsys.readouterr().out.strip()


def test_every_option_it_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for block in blocks("(?:sh|text)") for line in block.splitlines()]
    named = [shlex.split(line) for line in lines if line.startswith("fujia foundry")]
    assert len(named) > 10
    for command in named:
        assert run([*command[1:3], "--help"]) == 0
        shown = capsys.readouterr().out
        for option in (part for part in command if part.startswith("--")):
            assert option in shown, (command[2], option)
