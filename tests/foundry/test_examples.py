"""Examples in files: what is written comes back, and bad lines are named."""

import io
from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.foundry.examples import Example, Reading, read_examples, write_examples
from fujia.understanding.plan import Command, Condition, Plan

EXAMPLE = Example(
    id="x1",
    text="副驾也一样",
    seat="passenger",
    last=(Command(skill="seat.heating", args={"zone": "driver", "level": 2}),),
    waiting=True,
    plan=Plan(
        commands=(
            Command(
                skill="seat.heating",
                args={"zone": "passenger", "level": 2},
                condition=Condition(fact="speed", comparison="above", value=80),
            ),
        )
    ),
    language="zh",
    region="wu",
    source="follow-up",
    family="follow.same:3f2a91",
)
ENGLISH = EXAMPLE.model_copy(
    update={"id": "x2", "language": "en", "plan": Plan(language="en", act="undo")}
)


def written(tmp_path: Path, extra: str = "") -> Path:
    file = tmp_path / "examples.jsonl"
    stream = io.StringIO()
    assert write_examples(stream, [EXAMPLE, ENGLISH]) == 2
    first, second = stream.getvalue().splitlines(keepends=True)
    file.write_text(first + extra + second, encoding="utf-8")
    return file


def test_examples_come_back_as_they_were_written(tmp_path: Path) -> None:
    assert list(read_examples(written(tmp_path, "\n"))) == [EXAMPLE, ENGLISH]


def test_the_context_is_the_one_of_the_example() -> None:
    context = EXAMPLE.context
    assert (context.seat, context.last, context.waiting) == ("passenger", EXAMPLE.last, True)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{not json}", "JSON"),
        ('{"id": "x"}', "text"),
        ('{"id":"x","text":"t","plan":{},"language":"fr","source":"s","family":"f"}', "language"),
        ("\x00\x01", "JSON"),
    ],
)
def test_a_bad_line_stops_the_reading_and_is_named(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        list(read_examples(written(tmp_path, line + "\n")))
    assert caught.value.line == 2


def test_bad_lines_are_skipped_and_counted_when_asked(tmp_path: Path) -> None:
    reading = Reading()
    file = written(tmp_path, "{}\nnonsense\n")
    examples = list(read_examples(file, skip_bad=True, reading=reading))
    assert examples == [EXAMPLE, ENGLISH]
    assert reading.examples == 2
    assert [error.line for error in reading.bad] == [2, 3]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.jsonl: cannot be read"):
        list(read_examples(tmp_path / "none.jsonl"))
