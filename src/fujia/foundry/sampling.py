"""Drawing plans from a torch student, several for each utterance, valid by construction."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from fujia.foundry.batches import Encoded, collate
from fujia.foundry.examples import Example
from fujia.foundry.network import StudentNetwork
from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Plan
from fujia.understanding.student.automaton import Automaton, Step, Utterance
from fujia.understanding.student.code import decode
from fujia.understanding.student.model import LONGEST_PLAN
from fujia.understanding.student.schema import Schema
from fujia.understanding.student.tokens import Tokenizer, context_tokens
from fujia.understanding.words import load_words


@dataclass(frozen=True)
class Asked:
    """An example as the network sees it."""

    example: Example
    ids: tuple[int, ...]
    utterance: Utterance


@dataclass(frozen=True)
class Drawn:
    """One plan that was drawn: its steps, and what else was allowed at each."""

    asked: Asked
    steps: tuple[Step, ...]
    allowed: tuple[tuple[int, ...], ...]
    """Symbols or input positions, whichever was due."""
    plan: Plan | None
    """None if it was not complete in time."""

    @property
    def encoded(self) -> Encoded:
        """The plan as a training example."""
        return Encoded(self.asked.ids, self.steps)


def ask(example: Example, tokenizer: Tokenizer) -> Asked:
    """Tokens of an example."""
    said = normalise(example.text, load_words(example.language).rewrites)
    tokens = tokenizer.encode(said.text, context_tokens(example.context))
    return Asked(example, tokens.ids, Utterance(said, tokens.spans))


@torch.no_grad()
def draw(
    network: StudentNetwork,
    schema: Schema,
    asked: Sequence[Asked],
    temperature: float,
    chance: torch.Generator,
) -> list[Drawn]:
    """One plan for each of ``asked``; the best one if ``temperature`` is 0."""
    network.eval()
    empty = [Encoded(one.ids, (Step(symbol=0),)) for one in asked]
    inputs = collate(empty, network.shape.symbols)
    memory = network.encode(inputs.ids, inputs.mask)
    automata = [Automaton(schema, one.utterance, one.example.context) for one in asked]
    allowed: list[list[tuple[int, ...]]] = [[] for _ in asked]
    start, pointed = len(schema.symbols), len(schema.symbols) + 1
    symbols = torch.full((len(asked), 1), start)
    pointers = torch.zeros_like(symbols)
    for _ in range(LONGEST_PLAN - 1):
        if all(automaton.done for automaton in automata):
            break
        symbol_scores, pointer_scores = network.decode(memory, inputs.mask, symbols, pointers)
        next_symbols = torch.zeros(len(asked), 1, dtype=torch.long)
        next_pointers = torch.zeros_like(next_symbols)
        for row, automaton in enumerate(automata):
            if automaton.done:
                continue
            places = automaton.pointers()
            options = tuple(places or automaton.symbols())
            scores = (pointer_scores if places else symbol_scores)[row, -1]
            choice = options[_choose(scores[list(options)], temperature, chance)]
            automaton.take(Step(pointer=choice) if places else Step(symbol=choice))
            allowed[row].append(options)
            next_symbols[row] = pointed if places else choice
            next_pointers[row] = choice if places else 0
        symbols = torch.cat([symbols, next_symbols], dim=1)
        pointers = torch.cat([pointers, next_pointers], dim=1)
    return [
        Drawn(one, tuple(automaton.steps), tuple(options), _plan(automaton, one, schema))
        for one, automaton, options in zip(asked, automata, allowed, strict=True)
    ]


def _choose(scores: Tensor, temperature: float, chance: torch.Generator) -> int:
    if temperature == 0.0:
        return int(scores.argmax())
    shares = torch.softmax(scores.float() / temperature, dim=0)
    return int(torch.multinomial(shares, 1, generator=chance))


def _plan(automaton: Automaton, asked: Asked, schema: Schema) -> Plan | None:
    if not automaton.done:
        return None
    return decode(automaton.steps, asked.utterance, asked.example.context, schema)


def log_chances(network: StudentNetwork, drawn: Sequence[Drawn]) -> tuple[Tensor, Tensor]:
    """Log chances of the steps among what was allowed there [B, T], and where there are steps."""
    batch = collate([one.encoded for one in drawn], network.shape.symbols)
    symbol_scores, pointer_scores = network(batch.ids, batch.mask, batch.symbols, batch.pointers)
    rows: list[Tensor] = []
    length = batch.symbols.shape[1]
    for row, one in enumerate(drawn):
        chances: list[Tensor] = []
        for turn, (step, options) in enumerate(zip(one.steps, one.allowed, strict=True)):
            scores = (symbol_scores if step.pointer is None else pointer_scores)[row, turn]
            taken = step.symbol if step.pointer is None else step.pointer
            among = scores[list(options)].float().log_softmax(dim=0)
            chances.append(among[options.index(taken if taken is not None else -1)])
        padding = torch.zeros(length - len(chances))
        rows.append(torch.cat([torch.stack(chances), padding]))
    lengths = torch.tensor([len(one.steps) for one in drawn])
    present = torch.arange(length)[None, :] < lengths[:, None]
    return torch.stack(rows), present
