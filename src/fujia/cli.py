"""The command line: thin, and on the public Python interface alone."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from fujia import SKILLS, __version__, find_skill
from fujia.arguments import parse_seat, parse_state
from fujia.expert.cli import manual_app
from fujia.foundry.bench_cli import bench_app
from fujia.foundry.cli import foundry_app
from fujia.garage import Garage
from fujia.llm.cli import llm_app
from fujia.logs import start
from fujia.memory_cli import memory_app
from fujia.serve.cli import serve_app
from fujia.settings import Preferences, load_settings
from fujia.signals_cli import signals_app
from fujia.terminal import Terminal, argument_row

HELP = """Fujia 副驾, the co-driver: say several things at once, and the car does them.

\b
Examples:
  fujia say "把空调调到22度，再放点周杰伦"
  fujia say "open my window halfway and warm my seat" --trace
  fujia say "打开后备箱" --state Vehicle.Speed=80
  fujia chat                                    a conversation with one car
  fujia batch CASES.jsonl --out RESULTS.jsonl   many cases in one process
  fujia signals list window                     what this car has

Nothing that is said leaves this machine, unless you set up a language model and agree to it.
"""

_TALK, _LOOK, _SET = "Talk to the car", "Look around", "Set up"

# Boxes and colours are for people at a terminal; a pipe gets plain help.
app = typer.Typer(
    name="fujia",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(serve_app, name="serve", rich_help_panel=_TALK)
app.add_typer(signals_app, name="signals", rich_help_panel=_LOOK)
app.add_typer(manual_app, name="manual", rich_help_panel=_TALK)
app.add_typer(foundry_app, name="foundry", rich_help_panel=_SET)
app.add_typer(bench_app, name="bench", rich_help_panel=_SET)
app.add_typer(llm_app, name="llm", rich_help_panel=_SET)
app.add_typer(memory_app, name="memory", rich_help_panel=_SET)

VehicleOption = Annotated[
    str | None, typer.Option("--vehicle", metavar="NAME", help="Profile; see 'fujia vehicles'.")
]
SeatOption = Annotated[
    str | None,
    typer.Option("--seat", help="The speaker's: driver, passenger, rear_left or rear_right."),
]
BrokerOption = Annotated[
    str | None,
    typer.Option(
        "--kuksa-broker", metavar="HOST:PORT", help="Drive the car behind a KUKSA databroker."
    ),
]
TraceOption = Annotated[bool, typer.Option("--trace", help="Show each step with its time.")]
StateOption = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="PATH=VALUE", help="A start value; may be repeated."),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fujia {__version__}")
        raise typer.Exit


@app.callback()
def _main(  # pyright: ignore[reportUnusedFunction]
    _: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None: ...


@app.command(rich_help_panel=_TALK)
def say(
    text: Annotated[str, typer.Argument(help="What is said, in Chinese or English.")],
    as_json: Annotated[bool, typer.Option("--json", help="Show one JSON object.")] = False,
    vehicle: VehicleOption = None,
    seat: SeatOption = None,
    trace: TraceOption = False,
    state: StateOption = None,
    kuksa_broker: BrokerOption = None,
) -> None:
    """Say one thing to a fresh simulated car, and see what it did.

    \b
    fujia say "主副驾座椅加热都开二档"
    fujia say "close everything" --seat rear_left --vehicle generic-ev --json
    """
    from fujia.batch import Case, dump, run_case, run_open

    settings = start()
    garage, name = Garage.of(settings, kuksa_broker), vehicle or settings.vehicle
    given = parse_state(garage.profile(name), state or [])
    speaker = parse_seat(seat or settings.seat)
    case = Case(id="say", turns=[text], vehicle=name, seat=speaker, state=given)
    result = run_open(case, garage) if garage.broker else run_case(case, garage)
    if as_json:
        typer.echo(dump(result.as_json()))
        return
    for turn in result.turns:
        Terminal().turn(turn, trace=trace)


@app.command(rich_help_panel=_TALK)
def chat(
    vehicle: VehicleOption = None,
    seat: SeatOption = None,
    trace: TraceOption = False,
    state: StateOption = None,
    kuksa_broker: BrokerOption = None,
) -> None:
    """Talk with one car. Type /help for what else you can do there, /quit to leave.

    Where standard input is not a terminal, every line of it is one thing said. With a language
    model (see 'fujia llm check') it also talks, once you agreed: /consent language_model.
    """
    from fujia.chat import Chat, Voice

    settings = start()
    garage = Garage.of(settings, kuksa_broker)
    profile = garage.profile(vehicle or settings.vehicle)
    speaker = parse_seat(seat or settings.seat)
    with closing(garage.open_car(profile, parse_state(profile, state or []))) as car:
        terminal = Terminal()
        voice = Voice(terminal)
        cabin = garage.cabin(car, remembers=True, observer=voice)
        Chat(cabin, car, speaker, terminal, trace=trace, voice=voice).run()


@app.command(rich_help_panel=_TALK)
def batch(
    cases: Annotated[Path, typer.Argument(help="JSON Lines, one case a line.")],
    out: Annotated[Path, typer.Option("--out", help="Where the results go, one a line.")],
) -> None:
    """Run many independent cases in one process.

    A line that cannot be used becomes {"id": ..., "error": ...}, the rest still run, and the exit
    status is 1.

    \b
    {"id": "x1", "state": {"Vehicle.Speed": 80}, "turns": ["打开主驾座椅加热", "副驾也一样"]}
    """
    from fujia.batch import Tally, run_file

    garage = Garage.of(start())

    def show_progress(tally: Tally) -> None:
        print(f"\r{tally.cases} cases, {tally.errors} errors", end="", file=sys.stderr, flush=True)

    watched = sys.stderr.isatty()
    tally = run_file(cases, out, garage, show_progress if watched else None)
    if watched:
        print(file=sys.stderr)
    if tally.errors:
        typer.echo(f"fujia: {tally.errors} of {tally.cases} cases could not be used", err=True)
        raise typer.Exit(1)


@app.command(rich_help_panel=_LOOK)
def vehicles() -> None:
    """The vehicle profiles: name, drive, number of signals."""
    garage = Garage.of(start())
    profiles = [garage.profile(name) for name in garage.names()]
    Terminal().table(
        ("name", "vehicle", "车型", "drive", "signals"),
        [(each.id, each.en, each.zh, each.energy, str(len(each.signals))) for each in profiles],
    )


@app.command(rich_help_panel=_LOOK)
def skills(
    name: Annotated[str | None, typer.Argument(help="One skill, with its arguments.")] = None,
) -> None:
    """What Fujia can do: every skill, or one with its arguments."""
    start()
    terminal = Terminal()
    if name is None:
        rows = [(each.name, each.kind, each.en, each.zh) for each in SKILLS.values()]
        terminal.table(("skill", "kind", "what it does", "做什么"), sorted(rows))
        return
    skill = find_skill(name)
    terminal.line(f"{skill.name} ({skill.kind})", "bold")
    terminal.line(skill.en)
    terminal.line(skill.zh)
    properties = skill.schema()["parameters"].get("properties", {})
    terminal.table(("argument", "values", "meaning"), map(argument_row, properties.items()))


@app.command(rich_help_panel=_SET)
def config() -> None:
    """Every setting, its value, and where it came from."""
    loaded = load_settings()
    terminal = Terminal()
    rows = [
        (name, str(getattr(loaded.settings, name)), loaded.origins[name], field.description or "")
        for name, field in Preferences.model_fields.items()
    ]
    terminal.table(("setting", "value", "from", "meaning"), rows)
    typer.echo(f"settings file: {loaded.file}", err=True)
    for variable in loaded.ignored:
        typer.echo(f"{variable} is set, and names no setting", err=True)


@app.command(rich_help_panel=_SET)
def doctor() -> None:
    """Check this installation; exit status 1 if something is wrong."""
    from fujia.doctor import examine

    checks = list(examine())
    Terminal().table(
        ("check", "", "found"),
        [(check.name, "ok" if check.ok else "WRONG", check.found) for check in checks],
    )
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
