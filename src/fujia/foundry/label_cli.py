"""``fujia foundry label``, ``review`` and ``learning-curve``."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fujia.errors import InputError
from fujia.foundry.progress import counting

if TYPE_CHECKING:
    from fujia.foundry.manifest import Manifest
    from fujia.foundry.utterances import Source
    from fujia.foundry.verify import ProvingGround
    from fujia.llm.cached import Cached
    from fujia.llm.ledger import Ledger
    from fujia.llm.prices import Price

VehicleOption = Annotated[
    list[str] | None,
    typer.Option("--vehicle", help="Try plans on this profile only; may be repeated."),
]


def label(
    source: Annotated[Path, typer.Option("--in", help="Utterances: text lines, or JSON Lines.")],
    out: Annotated[Path, typer.Option("--out", help="Where the verified examples go.")],
    paraphrase: Annotated[
        int, typer.Option("--paraphrase", min=0, max=20, help="Paraphrases of each example.")
    ] = 0,
    model: Annotated[str, typer.Option("--model", help="The teacher.")] = "deepseek-chat",
    base_url: Annotated[
        str, typer.Option("--base-url", help="Any server that speaks the OpenAI protocol.")
    ] = "https://api.deepseek.com",
    key_variable: Annotated[
        str, typer.Option("--key-variable", help="The variable that holds the key.")
    ] = "DEEPSEEK_API_KEY",
    mode: Annotated[
        str, typer.Option("--mode", help="json_object, or json_schema where the server knows it.")
    ] = "json_object",
    budget: Annotated[
        float | None, typer.Option("--budget", min=0, help="The most that this run may cost.")
    ] = None,
    prices: Annotated[
        Path | None, typer.Option("--prices", help="Your own table of prices, YAML.")
    ] = None,
    threads: Annotated[
        int, typer.Option("--threads", min=1, max=64, help="Utterances at a time.")
    ] = 4,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out lines that cannot be read.")
    ] = False,
    vehicle: VehicleOption = None,
) -> None:
    """Let a large model label utterances, and verify every label on simulated cars.

    What cannot be verified goes into OUT.review.jsonl, for 'fujia foundry review'. A run that was
    stopped, by its budget or by Ctrl-C, goes on where it was; what was answered before is free.
    The exit status is 1 while something is left.

    \b
    fujia foundry label --in said.txt --out labelled.jsonl --budget 2
    fujia foundry label --in train.jsonl --out more.jsonl --paraphrase 3
    """
    from fujia.foundry.manifest import claim
    from fujia.foundry.utterances import read_utterances
    from fujia.llm.openai_model import OpenAIModel
    from fujia.llm.prices import PRICES

    if mode not in ("json_object", "json_schema"):
        raise typer.BadParameter(f"{mode} is not json_object or json_schema", param_hint="--mode")
    read = read_utterances(source, skip_bad=skip_bad)
    if paraphrase and any(utterance.plan is None for utterance in read.utterances):
        raise InputError(f"{source}: only examples that have a plan can be paraphrased")
    claim(out, "label", [source])
    price = _price(model, prices or PRICES, needed=budget is not None)
    teacher = OpenAIModel(model, base_url, mode, key_variable=key_variable)
    settings: dict[str, Any] = {"model": model, "base_url": base_url, "mode": mode}
    settings |= {"paraphrase": paraphrase, "vehicles": vehicle or []}
    manifest, stopped = _run(source, out, read, settings, _purse(teacher, price, budget), threads)
    _report(out, manifest.counts, price.currency if price else "", stopped)
    if stopped == "interrupt":
        raise KeyboardInterrupt
    if not manifest.complete:
        raise typer.Exit(1)


def _run(
    source: Path,
    out: Path,
    read: "Source",
    settings: dict[str, Any],
    purse: "tuple[Ledger, Cached]",
    threads: int,
) -> "tuple[Manifest, str | None]":
    """Label what was read, write what came out; why it stopped before its end, if it did."""
    from fujia.foundry.label import Labeller
    from fujia.foundry.labelling import describe_run, run, write_run
    from fujia.foundry.manifest import write_manifest

    ledger, cached = purse
    labeller = Labeller(cached, _ground(settings["vehicles"]))
    manifest = describe_run(source, settings)
    write_manifest(out, manifest)
    with counting("utterances", len(read.utterances)) as advance:
        outcome = run(
            labeller,
            read.utterances,
            paraphrases=settings["paraphrase"],
            threads=threads,
            progress=advance,
        )
    cached.close()
    used = {
        **asdict(ledger.spent()),
        "cache_hits": cached.hits,
        "saved_tokens": cached.saved_tokens,
    }
    return write_run(out, manifest, read, outcome, used), outcome.stopped


def review(
    queue: Annotated[Path, typer.Argument(help="A queue that 'label' left: X.review.jsonl.")],
    out: Annotated[Path, typer.Option("--out", help="Where the examples go that you accept.")],
    vehicle: VehicleOption = None,
) -> None:
    """Decide what could not be verified, the most useful first.

    Every utterance is shown with the plans that were proposed and what they would do. A number
    accepts that plan, e edits it in $EDITOR, r rejects the utterance, s skips it, q quits; come
    back with the same command. Lines from a pipe are read as keys, and after e as the plan.
    """
    from fujia.foundry.review import Review
    from fujia.terminal import Terminal

    tally = Review(queue, _ground(vehicle), Terminal()).run(out)
    Terminal().line(
        f"{out}: {tally.accepted} accepted, {tally.rejected} rejected, {tally.left} left"
    )


def learning_curve(
    out: Annotated[Path, typer.Option("--out", help="Where the report goes, JSON.")],
    source: Annotated[
        Path | None, typer.Option("--in", help="Labelled examples; generated if left out.")
    ] = None,
    count: Annotated[int, typer.Option("--count", min=200, help="Examples.")] = 4000,
    seed: Annotated[int, typer.Option("--seed", help="Of the first run; others follow.")] = 1,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Simulated reviews.")] = 5,
    most: Annotated[int, typer.Option("--most", min=100, help="Labels given in each.")] = 1500,
    goal: Annotated[
        list[float] | None, typer.Option("--goal", help="A score to reach; may be repeated.")
    ] = None,
    commands: Annotated[
        int, typer.Option("--commands", min=1, help="Most commands of a generated utterance.")
    ] = 1,
) -> None:
    """Labels that a human must give for a score: chosen by usefulness, against random.

    \b
    fujia foundry learning-curve --out report.json
    fujia foundry learning-curve --in labelled.jsonl --out report.json --goal 0.8
    """
    from fujia.foundry.learning import Setup, machine, measure, sample
    from fujia.foundry.manifest import hash_file, write_atomically
    from fujia.terminal import Terminal

    examples = sample(source, count, seed, commands)
    seeds = tuple(range(seed, seed + runs))
    setup = Setup(most=most, seeds=seeds, goals=tuple(goal) if goal else Setup().goals)
    begun = time.monotonic()
    with counting("reviews", 2 * runs) as advance:
        report = measure(examples, setup, advance)
    command = f"fujia foundry learning-curve --count {count} --seed {seed} --runs {runs}"
    command += f" --most {most} --commands {commands}"
    command += "".join(f" --goal {each:g}" for each in goal or ())
    command += f" --in {source}" if source else ""
    inputs = {source.name: hash_file(source)} if source else {}
    header = {
        "command": command,
        "inputs": inputs,
        "machine": machine(),
        "seconds": round(time.monotonic() - begun, 1),
    }
    text = json.dumps({**header, **report}, ensure_ascii=False, indent=2)
    write_atomically(out, text + "\n")
    columns = ("score", "random: labels", "useful: labels", "random: commands", "useful: commands")
    Terminal().table(columns, [_row(each) for each in report["goals"]])


def _row(goal: Mapping[str, Any]) -> tuple[str, ...]:
    figures = [goal[way][what] for what in ("labels", "commands") for way in ("random", "useful")]
    return (f"{goal['score']:g}", *("not reached" if f is None else f"{f:g}" for f in figures))


def _price(model: str, file: Path, *, needed: bool) -> "Price | None":
    from fujia.llm.prices import load_price, need_price

    return need_price(model, file) if needed else load_price(model, file)


def _purse(teacher: Any, price: "Price | None", budget: float | None) -> "tuple[Ledger, Cached]":
    from fujia.llm.cached import Cached
    from fujia.llm.ledger import Ledger, Limits
    from fujia.llm.metered import Metered
    from fujia.llm.patient import Patient
    from fujia.logs import start

    ledger = Ledger(limits=Limits(total=budget))
    metered = Metered(teacher, price, ledger)
    return ledger, Cached(Patient(metered), start().data_dir / "teacher" / "answers.sqlite")


def _ground(vehicles: list[str] | None) -> "ProvingGround":
    from fujia.foundry.verify import ProvingGround
    from fujia.garage import Garage
    from fujia.logs import start

    garage = Garage.of(start())
    return ProvingGround([garage.profile(name) for name in vehicles or garage.names()])


def _report(out: Path, counts: Mapping[str, float], currency: str, stopped: str | None) -> None:
    from fujia.foundry.labelling import review_path
    from fujia.terminal import Terminal

    terminal = Terminal()
    terminal.line(f"{out}: {counts['accepted']:g} examples")
    terminal.line(f"{review_path(out)}: {counts['review']:g} to review")
    cost = f", {counts['cost']:.4f} {currency}" if currency else ""
    tokens = counts["prompt_tokens"] + counts["completion_tokens"]
    free = f"{counts['cache_hits']:g} answers from the cache"
    terminal.line(f"{counts['calls']:g} calls, {free}, {tokens:g} tokens{cost}")
    if counts["bad_lines"]:
        terminal.line(f"{counts['bad_lines']:g} lines could not be read", "yellow")
    if counts["left"]:
        why = {"budget": "the budget is spent", "access": "the teacher refuses"}.get(stopped or "")
        reasons = [name for name in counts if name.startswith("left: ")]
        told = "; ".join(filter(None, [why, *reasons])) or "stopped"
        terminal.line(f"{counts['left']:g} left ({told}); run it again to go on", "yellow")
