"""``fujia bench``: benchmarks that need a language model of yours."""

from pathlib import Path
from typing import Annotated

import typer

bench_app = typer.Typer(
    name="bench", help="Measure an agent with a language model of yours.", no_args_is_help=True
)


@bench_app.callback()
def _main() -> None: ...  # pyright: ignore[reportUnusedFunction]


@bench_app.command("car-bench")
def car_bench(
    model: Annotated[
        str,
        typer.Option("--model", help="'scripted', or a model of llm.yaml ('fujia llm check')."),
    ] = "scripted",
    out: Annotated[Path | None, typer.Option("--out", help="Where the result goes, JSON.")] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder with tasks.jsonl of CAR-bench.")
    ] = None,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help="At most so many tasks of each kind.")
    ] = None,
) -> None:
    """CAR-bench-derived tasks (not the official score): end states, policies, what is missing.

    With 'scripted' it measures the code around a model: three tempers of a model that knows what is
    wanted and makes mistakes. With a model of yours it costs about five calls a trial.

    \b
    fujia bench car-bench
    fujia bench car-bench --model deepseek-chat --most 3 --out result.json
    """
    import json

    from fujia.foundry.car_bench.play import by_temper, evaluate
    from fujia.foundry.car_bench.real import real_models
    from fujia.foundry.car_bench.tasks import load_tasks, of_each
    from fujia.foundry.costs import machine
    from fujia.logs import start
    from fujia.terminal import Terminal

    settings = start()
    tasks, total = load_tasks(data)
    tasks = of_each(tasks, most) if most else tasks
    is_scripted = model == "scripted"
    models = by_temper if is_scripted else real_models(settings, model)
    figures = evaluate(models, tasks, talks=not is_scripted)
    rows = [
        (kind, str(one["tasks"]), f"{one['pass^1']:.2f}", f"{one['pass^3']:.2f}")
        for kind, one in figures["kinds"].items()
    ]
    Terminal().table(("kind", "tasks", "pass^1", "pass^3"), rows)
    typer.echo(
        f"{figures['covered']} of {total} tasks, {figures['policy_violations']} policy violations;"
        " CAR-bench-derived, not its official score",
        err=True,
    )
    if out is not None:
        result = {"model": model, "machine": machine(), **figures, "tasks_in_all": total}
        out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
