from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fujia.errors import BudgetSpent, DataError, TeacherError
from fujia.foundry.prices import Price
from fujia.foundry.purse import Cached, Metered, Patient
from fujia.foundry.teacher import ScriptedTeacher

PRICE = Price(prompt=1.0, completion=1000.0)
SCHEMA = {"type": "object"}


def ask(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def test_calls_tokens_and_money_are_counted():
    metered = Metered(ScriptedTeacher({"a": ["x" * 100]}), PRICE)
    metered.complete(ask("a"), SCHEMA)
    spent = metered.spent
    assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (1, 1, 100)
    assert spent.cost == pytest.approx((1 + 100_000) / 1e6)


def test_the_budget_is_never_exceeded_however_many_ask_at_once():
    most = PRICE.most(ask("a"))
    metered = Metered(ScriptedTeacher(lambda *_: "x" * 1000), PRICE, budget=5 * most)

    def attempt(_: int) -> bool:
        try:
            metered.complete(ask("a"), SCHEMA)
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        answered = sum(pool.map(attempt, range(40)))
    assert 0 < answered < 40
    assert metered.spent.cost <= 5 * most
    assert metered.spent.calls == answered


def test_an_answer_that_may_have_been_billed_counts_against_the_budget():
    most = PRICE.most(ask("a"))
    lost, free = TeacherError("slow", billed=True), TeacherError("busy")
    metered = Metered(ScriptedTeacher({"a": [free, lost, "{}"]}), PRICE, budget=1.5 * most)
    for sample in (0, 1):
        with pytest.raises(TeacherError):
            metered.complete(ask("a"), SCHEMA, sample)
    assert metered.spent.uncertain == pytest.approx(most)
    assert metered.spent.failures == 2
    with pytest.raises(BudgetSpent):
        metered.complete(ask("a"), SCHEMA, 2)


def test_what_passes_is_asked_again_after_growing_pauses():
    answers: list[str | Exception] = [TeacherError("busy", "passing")] * 3 + ["{}"]
    pauses: list[float] = []
    patient = Patient(ScriptedTeacher(lambda *_: answers.pop(0)), 5, 1.0, pauses.append)
    assert patient.complete(ask("a"), SCHEMA).text == "{}"
    assert [0.5 * 2**n <= pause <= 1.5 * 2**n for n, pause in enumerate(pauses)] == [True] * 3


def test_it_gives_up_in_the_end_and_at_once_where_waiting_does_not_help():
    for cause, calls in (("passing", 3), ("access", 1)):
        fake = ScriptedTeacher({"a": [TeacherError("no", cause)]})
        with pytest.raises(TeacherError):
            Patient(fake, 3, sleep=lambda _: None).complete(ask("a"), SCHEMA)
        assert len(fake.calls) == calls


def test_a_second_run_is_free(tmp_path: Path):
    file = tmp_path / "deep" / "answers.sqlite"
    for calls in (1, 0):
        fake = ScriptedTeacher({"a": ["one", "two"]})
        cached = Cached(fake, file)
        first = cached.complete(ask("a"), SCHEMA)
        assert (first.text, first.completion_tokens) == ("one", 3)
        assert (len(fake.calls), cached.hits) == (calls, 1 - calls)
        assert cached.saved_tokens == (0 if calls else 1 + 3)
        cached.close()


def test_another_sample_schema_model_or_word_is_another_question(tmp_path: Path):
    fake = ScriptedTeacher(lambda *_: "{}")
    cached = Cached(fake, tmp_path / "answers.sqlite")
    cached.complete(ask("a"), SCHEMA)
    cached.complete(ask("a"), SCHEMA, 1)
    cached.complete(ask("a"), {"type": "array"})
    cached.complete(ask("b"), SCHEMA)
    other = ScriptedTeacher(lambda *_: "{}", model="other")
    Cached(other, tmp_path / "answers.sqlite").complete(ask("a"), SCHEMA)
    assert (len(fake.calls), len(other.calls), cached.hits) == (4, 1, 0)


def test_a_failure_is_not_remembered(tmp_path: Path):
    answers: list[str | Exception] = [TeacherError("busy"), "{}"]
    cached = Cached(ScriptedTeacher(lambda *_: answers.pop(0)), tmp_path / "answers.sqlite")
    with pytest.raises(TeacherError):
        cached.complete(ask("a"), SCHEMA)
    assert cached.complete(ask("a"), SCHEMA).text == "{}"


def test_a_file_that_is_no_cache_is_named(tmp_path: Path):
    file = tmp_path / "answers.sqlite"
    file.write_text("not a database, but long enough to look at" * 20)
    with pytest.raises(DataError, match="not a cache"):
        Cached(ScriptedTeacher({}), file)
