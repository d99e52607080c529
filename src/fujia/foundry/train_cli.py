"""``fujia foundry train``, ``reinforce`` and ``export``: from examples to a model folder."""

from pathlib import Path
from typing import Annotated

import typer

from fujia.errors import MissingExtra

Data = Annotated[list[Path], typer.Option("--in", help="Examples, JSON Lines; may be repeated.")]
Out = Annotated[Path, typer.Option("--out", help="Where the result goes: a folder.")]
Minutes = Annotated[
    float | None, typer.Option("--minutes", min=0.01, help="Bound on the wall time.")
]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave bad lines out; counts them.")]
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
    skip_bad: SkipBad = False,
) -> None:
    """Cold start: train a student on examples.

    A run that was stopped goes on from its last checkpoint.

    \b
    fujia foundry train --in train.jsonl --dev dev.jsonl --out run --minutes 45
    """
    need_torch()
    from fujia.foundry.runs import run_training
    from fujia.terminal import Terminal

    terminal = Terminal()

    def report(step: int, steps: int, loss: float, exact: float | None) -> None:
        share = "" if exact is None else f", exact plans {exact:.3f}"
        terminal.line(f"step {step} of {steps}: loss {loss:.4f}{share}")

    done = run_training(data, out, preset, start, report, held_out, minutes, seed, skip_bad)
    terminal.line(f"{out}: {done} steps{_left_out(out)}")


def reinforce(
    run: Annotated[Path, typer.Option("--run", help="The run folder to start from.")],
    data: Annotated[Path, typer.Option("--in", help="Examples, JSON Lines.")],
    out: Out,
    steps: Annotated[int, typer.Option("--steps", min=1, help="How many.")] = 100,
    minutes: Minutes = None,
    seed: Seed = 1,
    skip_bad: SkipBad = False,
) -> None:
    """Reinforcement learning: draw plans, carry them out on simulated cars, keep what works.

    A run that was stopped goes on from its last checkpoint.

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
    done = run_reinforcement(run, data, out, how, report, minutes, skip_bad)
    terminal.line(f"{out}: {done} steps{_left_out(out)}")


def export(
    run: Annotated[Path, typer.Option("--run", help="The run folder.")],
    out: Out,
    held_out: Annotated[
        Path | None, typer.Option("--dev", help="Examples to calibrate the confidence on.")
    ] = None,
    skip_bad: SkipBad = False,
) -> None:
    """Write a model folder: ONNX with 8-bit weights, vocabulary, schema, calibration.

    \b
    fujia foundry export --run run --dev dev.jsonl --out model
    """
    need_torch()
    from fujia.foundry.calibrate import calibrate
    from fujia.foundry.examples import Reading, read_files
    from fujia.foundry.runs import run_export
    from fujia.terminal import Terminal

    # Before the work, which a bad line would leave half done.
    reading = Reading()
    examples = list(read_files([held_out], skip_bad=skip_bad, reading=reading)) if held_out else []
    run_export(run, out, {})
    if examples:
        calibrate(out, examples)
    size = sum(file.stat().st_size for file in out.iterdir()) / 1e6
    bad = f", {len(reading.bad)} bad lines left out" if reading.bad else ""
    Terminal().line(f"{out}: {size:.1f} MB{bad}")


def _left_out(out: Path) -> str:
    """What the manifest of a run says about bad lines, in words."""
    from fujia.foundry.manifest import read_manifest

    manifest = read_manifest(out)
    bad = manifest.counts.get("bad_lines", 0) if manifest else 0
    return f", {bad:g} bad lines left out" if bad else ""


def need_torch() -> None:
    """Say which extra to install where what trains is absent; raises MissingExtra."""
    import importlib.util

    if any(importlib.util.find_spec(package) is None for package in ("torch", "onnx")):
        raise MissingExtra("foundry")
