"""The first station: utterances with their plans, as many as wanted.

The work is cut into blocks. A block depends on seed, split and its number alone, so the file is
the same whatever the number of processes, and a stopped run goes on behind its last whole block.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.foundry.compose import Composer
from fujia.foundry.drafts import fill, filled
from fujia.foundry.examples import Example
from fujia.foundry.manifest import (
    Manifest,
    hash_file,
    hash_files,
    read_manifest,
    versions,
    write_manifest,
)
from fujia.foundry.negatives import negative
from fujia.foundry.splits import Split
from fujia.foundry.untidy import draw_finish, untidy
from fujia.foundry.values import DATA
from fujia.understanding.plan import Language, Plan
from fujia.understanding.words import DATA as WORDS
from fujia.vehicle.zone import SEATS

BLOCK = 1000
"""Examples a block."""
_POOL = 1000
_NEGATIVE = 0.12
_STRAY_CONTEXT = 0.25


class GenerateSettings(BaseModel):
    """What to generate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int = Field(gt=0)
    seed: int = 1
    split: Split = "train"
    languages: tuple[Language, ...] = ("zh", "en")


def generate(
    out: Path,
    settings: GenerateSettings,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Manifest:
    """Write ``settings.count`` examples to ``out`` and the manifest beside it.

    A file of the same settings that was left unfinished is finished, a finished one left alone.
    """
    manifest = Manifest(
        station="generate", settings=settings.model_dump(mode="json"),
        inputs=_inputs(), versions=dict(versions("pypinyin")),
    )  # fmt: skip
    before = read_manifest(out)
    same = before is not None and before.same_work(manifest) and out.exists()
    if same and before and before.complete:
        return before
    out.parent.mkdir(parents=True, exist_ok=True)
    done = _whole_blocks(out) if same else 0
    if not same:
        out.write_bytes(b"")
        write_manifest(out, manifest)
    with out.open("a", encoding="utf-8", newline="\n") as stream:
        for lines in _blocks(settings, done, workers):
            stream.write("".join(lines))
            stream.flush()
            if progress:
                progress(len(lines))
    finished_ = manifest.model_copy(
        update={
            "outputs": {out.name: hash_file(out)},
            "counts": {"examples": settings.count},
            "complete": True,
        }
    )
    write_manifest(out, finished_)
    return finished_


def _inputs() -> dict[str, str]:
    return {
        "foundry data": hash_files(DATA.glob("*.yaml")),
        "words": hash_files(WORDS.rglob("*.yaml")),
    }


def _whole_blocks(out: Path) -> int:
    """Whole blocks in an unfinished file; what stands behind them is cut off."""
    lines = out.read_bytes().splitlines(keepends=True)
    whole = [line for line in lines if line.endswith(b"\n")]
    blocks = len(whole) // BLOCK
    out.write_bytes(b"".join(whole[: blocks * BLOCK]))
    return blocks


def _blocks(settings: GenerateSettings, done: int, workers: int) -> Iterator[list[str]]:
    numbers = range(done, -(-settings.count // BLOCK))
    make = partial(_lines, settings)
    if workers <= 1:
        yield from map(make, numbers)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(make, numbers)


def _lines(settings: GenerateSettings, block: int) -> list[str]:
    return [example.as_line() + "\n" for example in block_of(settings, block)]


def block_of(settings: GenerateSettings, block: int) -> list[Example]:
    """The examples of one block, the last one cut to the count."""
    chance = random.Random(f"{settings.seed}/{settings.split}/{block}")
    shares = {"zh": 2, "en": 1}
    total = sum(shares[language] for language in settings.languages)
    composers = {
        language: Composer(language, settings.split, chance, _POOL * shares[language] // total)
        for language in settings.languages
    }
    weights = [shares[language] for language in settings.languages]
    examples: list[Example] = []
    first = block * BLOCK
    for index in range(first, min(first + BLOCK, settings.count)):
        (language,) = chance.choices(settings.languages, weights)
        name = f"{settings.split}-{settings.seed}-{index:07d}"
        examples.append(_example(name, composers[language], settings.split, chance))
    return examples


def _example(name: str, composer: Composer, split: Split, chance: random.Random) -> Example:
    language = composer.language
    is_negative = chance.random() < _NEGATIVE
    draft = negative(language, split, chance) if is_negative else composer.draft()
    finish = draw_finish(language, chance)
    text, values, region = untidy(draft, language, finish, composer.recipe.fillers, chance)
    if not draft.last and draft.source != "lost" and chance.random() < _STRAY_CONTEXT:
        draft.last = (chance.choice(composer.pool).command,)
    commands = tuple(filled(command, values) for command in draft.commands)
    return Example(
        id=name, text=fill(text, values), seat=chance.choice(SEATS), waiting=draft.waiting,
        last=tuple(each for each in draft.last if each.skill != "unknown.function"),
        plan=Plan(language=language, act=draft.act, commands=commands),
        language=language, region=region, source=draft.source,
        family="+".join(sorted(set(draft.families))),
    )  # fmt: skip
