import io

from fujia import Action, Step, Turn
from fujia.terminal import Terminal, argument_row, show

TURN = Turn(
    said="打开天窗和车窗",
    seat="driver",
    language="zh",
    actions=(
        Action("sunroof.shade", {"position": 100}, "done", companion=True),
        Action("sunroof.position", {"position": "max"}, "failed", "天窗卡住了"),
    ),
    reply="遮阳帘已打开，天窗没有打开。",
    route="device",
    ms=2.5,
    trace=(Step("understand", 1.25, {"act": "do"}), Step("reply", 0.5)),
)


class FakeTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(*, trace: bool = False) -> str:
    out = io.StringIO()
    Terminal(out).turn(TURN, trace=trace)
    return out.getvalue()


def test_a_turn_shows_its_reply_and_each_action():
    assert printed().splitlines() == [
        "遮阳帘已打开，天窗没有打开。",
        "  ✓ sunroof.shade position=100 done (companion)",
        "  ! sunroof.position position=max failed — 天窗卡住了",
    ]


def test_a_trace_shows_each_step_with_its_time():
    assert printed(trace=True).splitlines()[3:] == [
        "  2.50 ms, route device",
        '     1.25 ms  understand  {"act": "do"}',
        "     0.50 ms  reply",
    ]


def test_control_characters_never_reach_the_terminal():
    for out in (io.StringIO(), FakeTerminal()):
        Terminal(out).line("a\x1b]0;title\x07b\rc")
        assert "\x1b]" not in out.getvalue()
        assert "\x07" not in out.getvalue()
        assert "\r" not in out.getvalue()


def test_what_was_said_is_never_read_as_markup():
    out = FakeTerminal()
    terminal = Terminal(out)
    terminal.line("[red]x[/red]")
    terminal.table(("a",), [("[bold]y",)])
    assert "[red]x[/red]" in out.getvalue()
    assert "[bold]y" in out.getvalue()


def test_a_table_in_a_pipe_is_rows_with_tabs():
    out = io.StringIO()
    Terminal(out).table(("head", "more"), [("a", "b"), ("c", "d")])
    assert out.getvalue() == "a\tb\nc\td\n"


def test_a_table_on_a_terminal_has_a_head():
    out = FakeTerminal()
    Terminal(out).table(("head", "more"), [("a", "b")])
    assert "head" in out.getvalue()


def test_values_are_shown_as_they_are_typed():
    assert [show(value) for value in ("AUTO", True, 22.5, ["a"])] == [
        "AUTO",
        "true",
        "22.5",
        '["a"]',
    ]


def test_an_argument_is_described_by_its_schema():
    schema = {"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}], "description": "which"}
    assert argument_row(("kind", schema)) == ("kind", "a|b", "which")
