"""How well Car Expert finds and answers: ``python -m tests.bench.manual [--out FIGURES]``.

``--held-out`` asks the half that is set aside, ``--near`` what is beside the handbook.
Side by side: BM25 alone, vectors alone, their plain fusion, and the order that is used, by words
only and with vectors. ``hit`` is the share of questions whose section is among the first passages,
``keywords`` the share of the words of a right answer that they hold. Citations are checked letter
by letter; ``beside`` is the share of the answers given that cite no right section. Vectors need the
extra ``embed``; without it their columns are left out.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from rich.table import Table

from fujia.expert.answers.answer import Answer
from fujia.expert.answers.expert import Expert
from fujia.expert.reading import Hit, Scope
from fujia.expert.retrieval.corpus import Corpus
from fujia.expert.retrieval.embed import Embedder, find_embedder
from fujia.expert.retrieval.question import parse_question
from fujia.expert.retrieval.rank import fuse, reorder, search
from fujia.expert.segment import normalise
from fujia.foundry.costs import machine
from tests.bench.latency import Times
from tests.bench.manual_questions import Part
from tests.bench.manual_sets import Asked, ManualSet, experts, load_sets
from tests.bench.record import show, write

FIRST = 3


@dataclass
class Tally:
    """What one way of searching or answering got right; each list has one entry a question."""

    hit_1: list[float] = field(default_factory=list[float])
    hit_3: list[float] = field(default_factory=list[float])
    keywords_1: list[float] = field(default_factory=list[float])
    keywords_3: list[float] = field(default_factory=list[float])

    def add(self, asked: Asked, hits: Sequence[Hit]) -> None:
        """Judge the first passages of one question."""
        if asked.sections:
            right = [
                not {hit.section.id, hit.section.title}.isdisjoint(asked.sections) for hit in hits
            ]
            self.hit_1.append(float(any(right[:1])))
            self.hit_3.append(float(any(right[:FIRST])))
        if asked.keywords:
            texts = [f"{hit.section.title}\n{hit.text}" for hit in hits]
            self.keywords_1.append(share(asked.keywords, "\n".join(texts[:1])))
            self.keywords_3.append(share(asked.keywords, "\n".join(texts[:FIRST])))

    def as_json(self) -> dict[str, float | None]:
        """The means; None where nothing was asked."""
        return {name: _mean(values) for name, values in vars(self).items()}


@dataclass
class Answers:
    """What came of whole answers."""

    keywords: list[float] = field(default_factory=list[float])
    passages: list[float] = field(default_factory=list[float])
    refused_rightly: list[float] = field(default_factory=list[float])
    refused_wrongly: list[float] = field(default_factory=list[float])
    cited_rightly: list[float] = field(default_factory=list[float])
    beside: list[float] = field(default_factory=list[float])
    ms: list[float] = field(default_factory=list[float])

    def add(self, asked: Asked, answer: Answer, expert: Expert) -> None:
        """Judge one answer."""
        self.ms.append(answer.ms)
        refused = float(not answer.answerable)
        (self.refused_wrongly if asked.answerable else self.refused_rightly).append(refused)
        self.cited_rightly += [float(is_there(expert, cited)) for cited in answer.citations]
        if answer.answerable and (asked.sections or not asked.answerable):
            self.beside.append(float(not cites(expert, answer, asked.sections)))
        if asked.keywords:
            text = answer.text if answer.answerable else ""
            self.keywords.append(share(asked.keywords, text))
            self.passages.append(share(asked.keywords, "\n".join(answer.passages[:FIRST])))

    def as_json(self) -> dict[str, Any]:
        """The means, and the distribution of times."""
        times = Times.of(self.ms)
        means = {name: _mean(values) for name, values in vars(self).items() if name != "ms"}
        return means | {"questions": times.count, "p50_ms": times.p50, "p95_ms": times.p95}


def share(keywords: Sequence[str], text: str) -> float:
    """The share of ``keywords`` that stand in ``text``."""
    plain = normalise(text)
    return mean(float(normalise(word) in plain) for word in keywords)


def is_there(expert: Expert, cited: Any) -> bool:
    """Whether a quote stands letter by letter in the section that is cited."""
    with expert.store.reading() as reading:
        return cited.quote in reading.section(cited.manual, cited.section).text


def cites(expert: Expert, answer: Answer, sections: Sequence[str]) -> bool:
    """Whether an answer cites one of these sections, by id or heading."""
    with expert.store.reading() as reading:
        cited = [reading.section(each.manual, each.section) for each in answer.citations]
    return any(not {each.id, each.title}.isdisjoint(sections) for each in cited)


def judge(
    one: ManualSet, expert: Expert, embedder: Embedder | None, ways: dict[str, Tally], all_: Answers
) -> None:
    """Ask all questions of one manual."""
    expert.ask(one.questions[0].question)  # the first one reads the manual into memory
    with expert.store.reading() as reading:
        corpus = Corpus.read(reading, Scope(), embedder.name if embedder else None)
        for asked in one.questions:
            all_.add(asked, expert.ask(asked.question), expert)
            if not asked.answerable:
                continue
            question = parse_question(asked.question)
            vector = embedder.query(question.text) if embedder else None
            found = search(question, reading, Scope(), corpus, vector)
            plain = fuse(found.literal, found.meaning)
            orders = {
                "BM25 of the question": list(found.literal),
                "BM25 with synonyms": list(found.words),
                "vectors": list(found.meaning),
                "plain fusion": sorted(plain, key=lambda passage: -plain[passage]),
                "as used": [each.hit.passage for each in reorder(question, found, corpus)],
            }
            for name, order in orders.items():
                if embedder or name != "vectors":
                    ways[name].add(asked, reading.passages(order[:FIRST]))


def measure(part: Part = "worked with") -> dict[str, Any]:
    """Every figure of this benchmark as plain data."""
    figures: dict[str, Any] = {"machine": machine(), "part": part}
    embedder = find_embedder()
    kinds = {"by words only": None} | ({"with vectors": embedder} if embedder else {})
    for kind, used in kinds.items():
        names = ("BM25 of the question", "BM25 with synonyms", "vectors", "plain fusion", "as used")
        ways = {name: Tally() for name in names if used or name != "vectors"}
        answers, by_set = Answers(), dict[str, Any]()
        for one, expert in experts(load_sets(part), used):
            own = Answers()
            judge(one, expert, used, ways, own)
            by_set[one.name] = own.as_json() if len(own.ms) > 1 else {}
            for name, values in vars(own).items():
                getattr(answers, name).extend(values)
        figures[kind] = {
            "search": {name: tally.as_json() for name, tally in ways.items()},
            "answers": answers.as_json(),
            "by_manual": by_set,
        }
    return figures


def tables(figures: dict[str, Any]) -> list[Table]:
    """The figures as tables."""
    shown = list[Table]()
    part = figures["part"]
    for kind in ("by words only", "with vectors"):
        if kind not in figures:
            continue
        search_table = Table("order", "hit@1", "hit@3", "keywords@1", "keywords@3")
        search_table.title = f"Manual, {kind}: first passages (questions {part})"
        for name, row in figures[kind]["search"].items():
            search_table.add_row(name, *map(_shown, row.values()))
        answer_table = Table("figure", "value", title=f"Manual, {kind}: answers")
        for name, value in figures[kind]["answers"].items():
            answer_table.add_row(name.replace("_", " "), str(value))
        shown += [search_table, answer_table]
    return shown


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _mean(values: Sequence[float]) -> float | None:
    return round(mean(values), 4) if values else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run it, print the tables, and write the figures where they are wanted."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.manual", description=__doc__)
    parts = parser.add_mutually_exclusive_group()
    for part, told in (("held out", "the half that is set aside"), ("near", "near misses")):
        flag = "--" + part.replace(" ", "-")
        parts.add_argument(flag, dest="part", action="store_const", const=part, help=told)
    parser.add_argument("--out", type=Path, help="a file for the figures, JSON, by parts")
    parser.set_defaults(part="worked with")
    options = parser.parse_args(arguments)
    figures = measure(options.part)
    show(tables(figures))
    if options.out:
        keep(figures, options.out)


def keep(figures: dict[str, Any], out: Path) -> None:
    """Write the figures of one part; those of the others stay in the file."""
    known = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    write(known | {figures["part"]: figures}, out)


if __name__ == "__main__":
    main()
