import json
import threading
from dataclasses import asdict
from pathlib import Path

import pytest

from fujia.errors import BudgetSpent, InputError, ModelError
from fujia.foundry.examples import read_examples
from fujia.foundry.label import Labeller
from fujia.foundry.labelling import Outcome, describe_run, review_path, run, write_run
from fujia.foundry.manifest import read_manifest, write_manifest
from fujia.foundry.queue import read_queue
from fujia.foundry.utterances import Utterance, read_utterances
from fujia.foundry.verify import ProvingGround
from fujia.llm.cached import Cached
from fujia.llm.ledger import Ledger, Limits
from fujia.llm.metered import Metered
from fujia.llm.model import ChatModel
from fujia.llm.prices import Price
from fujia.llm.scripted import Scripted, ScriptedModel
from fujia.understanding.plan import Command, Plan
from fujia.vehicle.profiles import load_profile

GROUND = ProvingGround([load_profile("i5")])
CHAT = '{"commands": [{"skill": "chat.reply"}]}'
SAID = [Utterance(id=str(number), text=f"说说{number}") for number in range(12)]


def go(teacher: ChatModel, said: list[Utterance] = SAID, **more: int) -> Outcome:
    return run(Labeller(teacher, GROUND), said, **more)


def test_the_order_of_the_utterances_is_kept_whoever_is_first():
    outcome = go(ScriptedModel(lambda *_: CHAT), threads=4)
    assert [example.id for example in outcome.accepted] == [one.id for one in SAID]
    assert (outcome.questions, outcome.stopped) == ([], None)


def test_a_failure_loses_only_its_own_utterance():
    def answer(text: str, sample: int) -> Scripted:
        return ModelError("timed out", "timeout") if text == "说说3" else CHAT

    outcome = go(ScriptedModel(answer))
    assert [example.id for example in outcome.accepted] == [o.id for o in SAID if o.id != "3"]
    assert outcome.failures == {"timed out": 1}
    assert outcome.stopped is None


@pytest.mark.parametrize(
    ("error", "why"), [(BudgetSpent("x"), "budget"), (ModelError("401", "key"), "access")]
)
def test_it_stops_when_nothing_more_can_come(error: Exception, why: str):
    def answer(text: str, sample: int) -> Scripted:
        return CHAT if text in ("说说0", "说说1") else error

    teacher = ScriptedModel(answer)
    outcome = go(teacher, threads=1)
    assert outcome.stopped == why
    assert [example.id for example in outcome.accepted] == ["0", "1"]
    assert len(teacher.calls) < 8


def test_ctrl_c_keeps_what_is_there(monkeypatch: pytest.MonkeyPatch):
    seen = threading.Event()

    def progress(by: int) -> None:
        seen.set()
        raise KeyboardInterrupt

    outcome = run(
        Labeller(ScriptedModel(lambda *_: CHAT), GROUND), SAID, threads=1, progress=progress
    )
    assert seen.is_set()
    assert outcome.stopped == "interrupt"
    assert 1 <= len(outcome.accepted) < len(SAID)


def test_paraphrases_are_written_and_labelled():
    plan = Plan(commands=(Command(skill="chat.reply"),))

    def answer(text: str, sample: int) -> str:
        return '{"paraphrases": ["讲讲", "聊聊"]}' if "\n" in text else CHAT

    outcome = go(ScriptedModel(answer), [SAID[0].model_copy(update={"plan": plan})], paraphrases=2)
    assert [(e.id, e.text, e.source) for e in outcome.accepted] == [
        ("0-p1", "讲讲", "paraphrase"), ("0-p2", "聊聊", "paraphrase"),
    ]  # fmt: skip
    with pytest.raises(InputError, match="no plan"):
        go(ScriptedModel(answer), SAID[:1], paraphrases=2)


def answer_but_doubt_the_last(text: str, sample: int) -> str:
    return json.dumps({**json.loads(CHAT), "doubt": "?"}) if text == "说说3" else CHAT


def attempt(folder: Path, budget: float | None) -> tuple[ScriptedModel, bool]:
    """One run of the command's own parts on four lines; whether it was complete."""
    source = folder / "said.txt"
    source.write_text("".join(f"说说{number}\n" for number in range(4)), encoding="utf-8")
    out = folder / "out.jsonl"
    teacher = ScriptedModel(answer_but_doubt_the_last)
    ledger = Ledger(limits=Limits(total=budget))
    cached = Cached(Metered(teacher, Price(prompt=1.0), ledger), folder / "answers.sqlite")
    read = read_utterances(source)
    manifest = describe_run(source, {"model": "scripted"})
    write_manifest(out, manifest)
    outcome = run(Labeller(cached, GROUND), read.utterances, threads=1)
    manifest = write_run(out, manifest, read, outcome, asdict(ledger.spent()))
    cached.close()
    return teacher, manifest.complete


def test_a_run_that_the_budget_stopped_goes_on_and_a_third_is_free(tmp_path: Path):
    first, complete = attempt(tmp_path, 0.05)
    manifest = read_manifest(tmp_path / "out.jsonl")
    assert manifest is not None
    assert not complete
    assert 0 < manifest.counts["accepted"] < 3
    assert manifest.counts["left"] + manifest.counts["accepted"] == 4
    assert 0 < manifest.counts["cost"] <= 0.05
    second, complete = attempt(tmp_path, None)
    assert complete
    assert len(first.calls) + len(second.calls) == 8
    third, complete = attempt(tmp_path, None)
    assert (third.calls, complete) == ([], True)


def test_what_was_made_is_written_with_its_manifest(tmp_path: Path):
    attempt(tmp_path, None)
    out = tmp_path / "out.jsonl"
    assert [example.text for example in read_examples(out)] == ["说说0", "说说1", "说说2"]
    (question,) = read_queue(review_path(out))
    assert question.utterance.text == "说说3"
    manifest = read_manifest(out)
    assert manifest is not None
    counts = manifest.counts
    assert (counts["accepted"], counts["review"], counts["left"]) == (3, 1, 0)
    assert counts["review: doubt"] == 1
    assert counts["calls"] == 8
    assert counts["completion_tokens"] > 0
    assert manifest.inputs.keys() == {"said.txt", "prompts"}
    assert manifest.outputs.keys() == {"out.jsonl", "out.review.jsonl"}
