"""The first station: utterances with their plans, as many as wanted.

The work is cut into blocks. A block depends on seed, split and its number alone, so the file is
the same whatever the number of processes, and a stopped run goes on behind its last whole block.
"""

import random
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import active_children
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.foundry.compose import Composer
from fujia.foundry.drafts import fill, filled
from fujia.foundry.examples import Example
from fujia.foundry.manifest import (
    Manifest,
    claim,
    hash_file,
    hash_files,
    versions,
    write_manifest,
)
from fujia.foundry.negatives import negative
from fujia.foundry.noise import load_sounds
from fujia.foundry.splits import Split
from fujia.foundry.untidy import Finish, draw_finish, untidy
from fujia.foundry.values import DATA
from fujia.understanding.plan import Language, Plan
from fujia.understanding.words import DATA as WORDS
from fujia.vehicle.zone import SEATS

BLOCK = 500
"""Examples a block."""
_POOL = 600
"""Checked commands a block, said in many ways."""
_NEGATIVE = 0.2
_STRAY_CONTEXT = 0.25
_DATA_KINDS = ("recipes", "values", "negatives", "noise")
_SHARES: dict[Language, int] = {"zh": 2, "en": 1}


class GenerateSettings(BaseModel):
    """What to generate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int = Field(gt=0)
    seed: int = 1
    split: Split = "train"
    languages: tuple[Language, ...] = ("zh", "en")
    finish: str = "mixed"
    """``mixed``, or one for all: ``clean``, ``dialect:wu``, ``accent:wu`` ... With the same seed
    the same drafts come in another finish, so that they can be compared one by one."""


def generate(
    out: Path,
    settings: GenerateSettings,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Manifest:
    """Write ``settings.count`` examples to ``out`` and the manifest beside it.

    A file of the same settings that was left unfinished is finished, a finished one left alone;
    one of other settings, words or patterns is made anew.

    Raises:
        InputError: ``out`` is somebody else's file, or there is no such finish.
        MissingExtra: pypinyin is not installed.
    """
    if settings.finish != "mixed":
        Finish.named(settings.finish)
    load_sounds()
    manifest = Manifest(
        station="generate", settings=settings.model_dump(mode="json"),
        inputs=_inputs(), versions=dict(versions("pypinyin")),
    )  # fmt: skip
    before = claim(out, manifest.station)
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
    done_ = manifest.model_copy(
        update={
            "outputs": {out.name: hash_file(out)},
            "counts": {"examples": settings.count},
            "complete": True,
        }
    )
    write_manifest(out, done_)
    return done_


def _inputs() -> dict[str, str]:
    return {
        "foundry data": hash_files(
            file for kind in _DATA_KINDS for file in DATA.glob(f"{kind}*.yaml")
        ),
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
    others = set(active_children())
    pool = ProcessPoolExecutor(workers, initializer=_ignore_interrupts)
    try:
        yield from pool.map(make, numbers)
    except BaseException:
        # Nobody waits for blocks that nobody will write.
        for worker in set(active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Ctrl-C is for the process that writes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _lines(settings: GenerateSettings, block: int) -> list[str]:
    return [example.as_line() + "\n" for example in block_of(settings, block)]


def block_of(settings: GenerateSettings, block: int) -> list[Example]:
    """The examples of one block, the last one cut to the count."""
    chance = random.Random(f"{settings.seed}/{settings.split}/{block}")
    total = sum(_SHARES[language] for language in settings.languages)
    composers = [
        Composer(language, settings.split, chance, _POOL * _SHARES[language] // total)
        for language in settings.languages
    ]
    weights = [_SHARES[language] for language in settings.languages]
    first = block * BLOCK
    numbers = range(first, min(first + BLOCK, settings.count))
    return [
        _example(settings, number, chance.choices(composers, weights)[0], chance)
        for number in numbers
    ]


def _example(
    settings: GenerateSettings, number: int, composer: Composer, chance: random.Random
) -> Example:
    language = composer.language
    is_negative = chance.random() < _NEGATIVE
    draft = negative(language, settings.split, chance) if is_negative else composer.draft()
    if not draft.last and draft.source != "lost" and chance.random() < _STRAY_CONTEXT:
        draft.last = (chance.choice(composer.pool).command,)
    seat = chance.choice(SEATS)
    # Chance of its own, so that the next draft is the same whatever the finish of this one.
    luck = random.Random(f"{settings.seed}/{settings.split}/{number}/finish")
    mixed = settings.finish == "mixed"
    finish = draw_finish(language, luck) if mixed else Finish.named(settings.finish)
    text, values, region = untidy(draft, language, finish, composer.recipe.fillers, luck)
    return Example(
        id="-".join((*settings.languages, settings.split, str(settings.seed), f"{number:06d}")),
        text=fill(text, values), seat=seat, waiting=draft.waiting,
        last=tuple(each for each in draft.last if each.skill != "unknown.function"),
        plan=Plan(
            language=language, act=draft.act,
            commands=tuple(filled(command, values) for command in draft.commands),
        ),
        language=language, region=region, source=draft.source,
        family="+".join(sorted(set(draft.families))),
    )  # fmt: skip
