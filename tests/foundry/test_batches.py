"""Examples as numbers, and batches of them."""

import random

import pytest

from fujia.foundry.batches import Encoded, batches, collate, encode_example
from fujia.foundry.examples import Example
from fujia.foundry.schema import build_schema
from fujia.understanding.plan import Command, Plan
from fujia.understanding.student.automaton import Step
from fujia.understanding.student.tokens import SPECIALS, Tokenizer

SCHEMA = build_schema()
TOKENS = Tokenizer([*SPECIALS, *"打开车窗调到度"])
SYMBOLS = 50


def example(text: str, *commands: Command) -> Example:
    return Example(id="1", text=text, plan=Plan(commands=commands), language="zh",
                   source="frames", family="x")  # fmt: skip


def encoded(length: int, steps: int) -> Encoded:
    return Encoded((2, *[4] * length), tuple(Step(symbol=at) for at in range(steps)))


def test_an_example_becomes_ids_and_steps() -> None:
    found = encode_example(example("打开车窗", Command(skill="window.position")), TOKENS, SCHEMA)
    assert found is not None
    names = [SCHEMA.symbols[step.symbol] for step in found.steps if step.symbol is not None]
    assert names == ["act:do", "skill:window.position", "end"]
    assert len(found.ids) == len("打开车窗") + 4, "begin, seat, and a mark before and behind"


@pytest.mark.parametrize(
    "wrong",
    [
        example("打开车窗", Command(skill="window.position", args={"position": 33.5})),
        example("打开车窗" * 60, Command(skill="window.position")),
        example("打开车窗", *[Command(skill="window.position", args={"zone": "driver"})] * 60),
    ],
)
def test_what_cannot_be_written_or_is_too_long_is_left_out(wrong: Example) -> None:
    assert encode_example(wrong, TOKENS, SCHEMA) is None


def test_a_batch_shifts_steps_by_one() -> None:
    two = Encoded((2, 4, 3), (Step(symbol=7), Step(pointer=1), Step(symbol=0)))
    batch = collate([two, encoded(4, 1)], SYMBOLS)
    assert batch.ids.shape == (2, 5)
    assert batch.mask.sum(dim=1).tolist() == [3, 5]
    start, pointed = SYMBOLS, SYMBOLS + 1
    assert batch.symbols[0].tolist() == [start, 7, pointed]
    assert batch.pointers[0].tolist() == [0, 0, 1]
    assert batch.next_symbols[0].tolist() == [7, -100, 0]
    assert batch.next_pointers[0].tolist() == [-100, 1, -100]
    assert batch.next_symbols[1].tolist() == [0, -100, -100], "nothing is due behind the end"


def test_every_example_comes_once_among_its_like() -> None:
    examples = [encoded(1 + at % 40, 2) for at in range(100)]
    made = list(batches(examples, 8, SYMBOLS, random.Random(1)))
    assert sum(len(batch.ids) for batch in made) == 100
    assert max(len(batch.ids) for batch in made) == 8
    gaps = [int(batch.mask.sum(1).max() - batch.mask.sum(1).min()) for batch in made]
    assert sum(gaps) / len(gaps) < 10


def test_order_follows_chance_alone() -> None:
    examples = [encoded(at % 9 + 1, 2) for at in range(60)]

    def lengths(seed: int) -> list[int]:
        return [batch.ids.shape[1] for batch in batches(examples, 8, SYMBOLS, random.Random(seed))]

    assert lengths(1) == lengths(1) != lengths(2)
