from concurrent.futures import ThreadPoolExecutor

import pytest

from fujia.errors import BudgetSpent, ModelError
from fujia.llm.ledger import Ledger, Limits
from fujia.llm.metered import Metered
from fujia.llm.prices import Price
from fujia.llm.scripted import ScriptedModel
from tests.llm.asking import ask

PRICE = Price(prompt=1.0, completion=1000.0)
MOST = PRICE.most(ask("a"))


def test_calls_tokens_and_money_are_counted():
    ledger = Ledger()
    Metered(ScriptedModel({"a": ["x" * 100]}), PRICE, ledger).complete(ask("a"))
    spent = ledger.spent()
    assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (1, 1, 100)
    assert spent.cost == pytest.approx((1 + 100_000) / 1e6)


def test_the_budget_is_never_exceeded_however_many_ask_at_once():
    ledger = Ledger(limits=Limits(total=5 * MOST))
    metered = Metered(ScriptedModel(lambda *_: "x" * 1000), PRICE, ledger)

    def attempt(_: int) -> bool:
        try:
            metered.complete(ask("a"))
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        answered = sum(pool.map(attempt, range(40)))
    assert 0 < answered < 40
    assert ledger.spent().cost <= 5 * MOST
    assert ledger.spent().calls == answered


def test_an_answer_that_may_have_been_billed_counts_against_the_budget():
    lost, free = ModelError("slow", "timeout", billed=True), ModelError("busy", "busy")
    ledger = Ledger(limits=Limits(total=1.5 * MOST))
    metered = Metered(ScriptedModel({"a": [free, lost, "{}"]}), PRICE, ledger)
    for sample in (0, 1):
        with pytest.raises(ModelError):
            metered.complete(ask("a", sample=sample))
    assert ledger.spent().uncertain == pytest.approx(MOST)
    assert ledger.spent().failures == 2
    with pytest.raises(BudgetSpent):
        metered.complete(ask("a", sample=2))


def test_each_call_is_an_entry_of_its_turn():
    ledger = Ledger()
    answers = {"a": [ModelError("busy", "busy"), "{}"]}
    metered = Metered(ScriptedModel(answers, "m"), PRICE, ledger)
    with pytest.raises(ModelError):
        metered.complete(ask("a", turn="t1"))
    metered.complete(ask("a", turn="t1", sample=1))
    metered.complete(ask("a", turn="t2", sample=1))
    assert [(call.model, call.outcome) for call in ledger.calls("t1")] == [
        ("m", "busy"),
        ("m", "answered"),
    ]


def test_a_model_that_costs_nothing_is_asked_even_when_all_is_spent():
    ledger = Ledger(limits=Limits(day=0.0))
    assert Metered(ScriptedModel({}), None, ledger).complete(ask("a")).text == "{}"
    with pytest.raises(BudgetSpent):
        Metered(ScriptedModel({}), PRICE, ledger).complete(ask("a"))
