"""``fujia foundry train``, ``reinforce`` and ``export``: from examples to a model folder."""

from pathlib import Path
from typing import Annotated

import typer

from fujia.errors import MissingExtra

Data = Annotated[list[Path], typer.Option("--in", help="Examples, JSON Lines; may be repeated.")]
Out = Annotated[Path, typer.Option("--out", help="Where the result goes: a folder.")]
Minutes = Annotated[float | None, typer.Option("--minutes", help="Bound on the wall time.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same result.")]


def train(
    data: Data,
    out: Out,
    preset: Annotated[str, typer.Option("--preset", help="tiny or car.")] = "car",
    start: Annotated[
        str,
        typer.Option("--start", help="e5, scratch, an earlier run, or an e5 checkpoint."),
    ] = "e5",
    held_out: Annotated[Path | None, typer.Option("--dev", help="Examples to watch.")] = None,
    minutes: Minutes = None,
    seed: Seed = 1,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad lines out.")] = False,
) -> None:
    """Cold start: train a student on examples.

    A run that was stopped goes on from its last checkpoint.

    \b
    fujia foundry train --in train.jsonl --dev dev.jsonl --out run --minutes 45
    """
    need_torch()
    from fujia.foundry.manifest import read_manifest
    from fujia.foundry.runs import run_training
    from fujia.terminal import Terminal

    terminal = Terminal()

    def report(step: int, steps: int, loss: float, exact: float | None) -> None:
        share = "" if exact is None else f", exact plans {exact:.3f}"
        terminal.line(f"step {step} of {steps}: loss {loss:.4f}{share}")

    done = run_training(data, out, preset, start, report, held_out, minutes, seed, skip_bad)
    manifest = read_manifest(out)
    bad = manifest.counts.get("bad_lines", 0) if manifest else 0
    terminal.line(f"{out}: {done} steps" + (f", {bad} bad lines left out" if bad else ""))


def reinforce(
    run: Annotated[Path, typer.Option("--run", help="The run folder to start from.")],
    data: Annotated[Path, typer.Option("--in", help="Examples, JSON Lines.")],
    out: Out,
    steps: Annotated[int, typer.Option("--steps", min=1)] = 100,
    minutes: Minutes = None,
    seed: Seed = 1,
) -> None:
    """Reinforcement learning: draw plans, carry them out on simulated cars, keep what works.

    \b
    fujia foundry reinforce --run run --in train.jsonl --out run-rl --minutes 10
    """
    need_torch()
    from fujia.foundry.reinforce import Reinforcement
    from fujia.foundry.runs import run_reinforcement
    from fujia.terminal import Terminal

    terminal = Terminal()

    def report(step: int, reward: float, divergence: float) -> None:
        if step % 5 == 0:
            terminal.line(f"step {step}: reward {reward:.3f}, divergence {divergence:.5f}")

    how = Reinforcement(steps=steps, seed=seed)
    done = run_reinforcement(run, data, out, how, report, minutes)
    terminal.line(f"{out}: {done} steps")


def export(
    run: Annotated[Path, typer.Option("--run", help="The run folder.")],
    out: Out,
    held_out: Annotated[
        Path | None, typer.Option("--dev", help="Examples to calibrate the confidence on.")
    ] = None,
) -> None:
    """Write a model folder: ONNX with 8-bit weights, vocabulary, schema, calibration.

    \b
    fujia foundry export --run run --dev dev.jsonl --out model
    """
    need_torch()
    from fujia.foundry.calibrate import calibrate
    from fujia.foundry.runs import run_export
    from fujia.terminal import Terminal

    run_export(run, out, {})
    if held_out is not None:
        calibrate(out, held_out)
    size = sum(file.stat().st_size for file in out.iterdir()) / 1e6
    Terminal().line(f"{out}: {size:.1f} MB")


def need_torch() -> None:
    """Say which extra to install where torch is absent; raises MissingExtra."""
    import importlib.util

    if importlib.util.find_spec("torch") is None:
        raise MissingExtra("foundry")
