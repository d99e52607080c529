"""``fujia foundry evaluate``, ``compare`` and ``card``: scores, side by side, and on paper."""

from pathlib import Path
from typing import Annotated

import typer

from fujia.errors import InputError

SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave bad lines out; counts them.")]
Every = Annotated[bool, typer.Option("--all", help="Every figure, not only the table's.")]


def evaluate(
    model: Annotated[
        list[str],
        typer.Option(
            "--model", help="A model folder, grammar, default or gguf:FILE; NAME= names it."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Where the result goes, JSON.")],
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", help="Examples; without it, the frozen test set."),
    ] = None,
    mac_slu: Annotated[
        bool,
        typer.Option("--mac-slu", help="MAC-SLU dev too; FUJIA_BENCH_DATA names its folder."),
    ] = False,
    against: Annotated[
        list[str] | None, typer.Option("--against", help="Whom to stand it beside.")
    ] = None,
    clean: Annotated[
        bool, typer.Option("--clean", help="Leave the accents and dialects out.")
    ] = False,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help="At most about so many of each set.")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=0, help="Fresh processes to time.")] = 3,
    skip_bad: SkipBad = False,
) -> None:
    """Every score in one run: plans, accents, dialects, negatives, confidence, time, memory.

    \b
    fujia foundry evaluate --model model --against grammar --out result.json
    fujia foundry evaluate --model cold=a --model rl=b --model grammar --mac-slu --out result.json
    fujia foundry evaluate --model gguf:qwen.gguf --clean --most 60 --runs 0 --out result.json
    """
    import shlex
    import sys

    from fujia.foundry.compare import table
    from fujia.foundry.contestants import contestants
    from fujia.foundry.evaluate import evaluate as run
    from fujia.foundry.evaluate import load_sets, write_result
    from fujia.foundry.progress import counting
    from fujia.terminal import Terminal

    _check_files(data or [], out, mac_slu)
    who = contestants([*model, *(against or [])])
    for one in who:
        one.understander()  # a bad folder is told before the sets are made
    sets = load_sets(data or [], mac_slu, most, skip_bad)
    sets = sets.clean() if clean else sets
    with counting("utterances", sets.size * len(who)) as advance:
        result = run(who, sets, runs, advance)
    write_result({"command": shlex.join(["fujia", *sys.argv[1:]])} | result, out)
    Terminal().table(*table(result["models"]))
    if bad := sets.facts["generated"]["bad_lines"]:
        Terminal().line(f"{bad} bad lines left out", "yellow")


def _check_files(data: list[Path], out: Path, mac_slu: bool) -> None:
    """Raise InputError for a set that is not there, or one that the result would replace."""
    from fujia.foundry.scoring.mac_slu import data_file

    if mac_slu and not data_file().exists():
        raise InputError(
            f"{data_file()} is not there; FUJIA_BENCH_DATA names the folder of mac-slu"
        )
    if any(out.exists() and file.exists() and out.samefile(file) for file in data):
        raise InputError(f"{out} is read, so it cannot be written; choose another --out")


def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="A result, or FILE:NAME of its model.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The result to compare it with.")],
    every: Every = False,
) -> None:
    """Two results side by side, with what changed from A to B.

    \b
    fujia foundry compare before.json after.json
    fujia foundry compare result.json:cold result.json:rl
    """
    from fujia.foundry.compare import differences, model_of
    from fujia.terminal import Terminal

    Terminal().table(*differences(model_of(one), model_of(other), every))


def card(
    model: Annotated[Path, typer.Option("--model", help="The model folder.")],
    result: Annotated[Path, typer.Option("--result", help="The result of its evaluation.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Its name there; the folder's by default.")
    ] = None,
) -> None:
    """Write MODEL_CARD.md into a model folder, from its manifest and its evaluation.

    \b
    fujia foundry card --model model --result result.json
    """
    from fujia.foundry.card import write_card
    from fujia.foundry.compare import read_result
    from fujia.terminal import Terminal

    Terminal().line(f"{write_card(model, read_result(result), name or model.name)}: written")
