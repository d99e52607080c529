"""``fujia foundry``: the stations of the line, as commands."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from fujia.foundry.evaluate_cli import card, compare, evaluate
from fujia.foundry.label_cli import label, learning_curve, review
from fujia.foundry.progress import counting
from fujia.foundry.train_cli import export, reinforce, train

if TYPE_CHECKING:
    from fujia.understanding.plan import Language

foundry_app = typer.Typer(
    name="foundry",
    help="Make a student of your own: generate, label, train, reinforce, export, evaluate.",
    no_args_is_help=True,
)


@foundry_app.callback()
def _main() -> None: ...  # pyright: ignore[reportUnusedFunction]


def generate(
    out: Annotated[Path, typer.Option("--out", help="Where the examples go, JSON Lines.")],
    count: Annotated[int, typer.Option("--count", min=1, help="How many.")] = 200_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same file.")] = 1,
    split: Annotated[str, typer.Option("--split", help="train, dev or test.")] = "train",
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes.")] = 2,
    language: Annotated[str, typer.Option("--language", help="zh, en or zh,en.")] = "zh,en",
    finish: Annotated[
        str, typer.Option("--finish", help="mixed, clean, spoken, dialect:REGION, accent:REGION.")
    ] = "mixed",
) -> None:
    """Sample utterances with their plans.

    A run that was stopped goes on where it stopped. The test split uses sentence patterns and free
    words that train and dev never use.

    \b
    fujia foundry generate --out train.jsonl --count 200000 --seed 1
    fujia foundry generate --out dev.jsonl --count 4000 --split dev --seed 2
    """
    from fujia.foundry.generate import GenerateSettings
    from fujia.foundry.generate import generate as run
    from fujia.terminal import Terminal

    if split not in ("train", "dev", "test"):
        raise typer.BadParameter(f"{split} is not train, dev or test", param_hint="--split")
    languages = tuple(dict.fromkeys(each.strip() for each in language.split(",")))
    if not set(languages) <= {"zh", "en"}:
        raise typer.BadParameter(f"{language} is not zh, en or zh,en", param_hint="--language")
    settings = GenerateSettings(
        count=count, seed=seed, split=split,
        languages=cast("tuple[Language, ...]", languages),
        finish=finish,
    )  # fmt: skip
    with counting("examples", count) as advance:
        manifest = run(out, settings, workers, advance)
    Terminal().line(f"{out}: {int(manifest.counts['examples'])} examples")


def testset(
    out: Annotated[Path | None, typer.Option("--out", help="Unpack it there.")] = None,
    renew: Annotated[bool, typer.Option("--renew", help="Make and freeze it anew.")] = False,
) -> None:
    """The frozen test set: what is in it, and its hash.

    It has sentence patterns and free words that training never sees, clean and in versions by
    accent and dialect.
    """
    from collections import Counter

    from fujia.foundry import testset as frozen
    from fujia.foundry.manifest import write_atomically
    from fujia.terminal import Terminal

    if renew:
        frozen.renew()
    examples = frozen.load_testset()
    counts = Counter((each.language, frozen.finish_of(each)) for each in examples)
    rows = [(language, finish, str(count)) for (language, finish), count in counts.items()]
    Terminal().table(("language", "finish", "utterances"), rows)
    Terminal().line(f"sha256 {frozen.load_spec().sha256}")
    if out is not None:
        write_atomically(out, "".join(each.as_line() + "\n" for each in examples))


# In the order of the line, as the help lists them.
for _station in (
    generate, label, review, train, reinforce, export, evaluate, compare, card, testset,
    learning_curve,
):  # fmt: skip
    foundry_app.command(_station.__name__.replace("_", "-"))(_station)
