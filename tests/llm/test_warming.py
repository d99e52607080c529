import logging
from typing import Any

import pytest

from fujia.errors import ModelError
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.model import Request
from fujia.llm.prices import Price
from fujia.llm.scripted import ScriptedModel
from fujia.llm.warming import READING_S, is_free, patient

HERE = ModelConfig(model="here", base_url="http://127.0.0.1:1/v1", key_variable=None)
CLOUD = ModelConfig(model="cloud", base_url="https://cloud.example", key_variable=None)
PAID = HERE.model_copy(update={"model": "paid", "price": Price(prompt=1.0)})
FIRST = Request([{"role": "system", "content": "skills"}, {"role": "user", "content": ""}])
OTHER = Request([{"role": "system", "content": "talk"}, {"role": "user", "content": ""}])


def gateway(**scripted: ScriptedModel) -> Gateway:
    known = {"here": HERE, "cloud": CLOUD, "paid": PAID}
    config = Config(models=known, roles={"fast": tuple(scripted)}, attempts=1)
    return Gateway(config, models=scripted)


def model(answer: Any = "好") -> ScriptedModel:
    return ScriptedModel(lambda _asked, _sample: answer)


def test_only_what_costs_nothing_reads_ahead_and_each_beginning_once(
    caplog: pytest.LogCaptureFixture,
):
    here, cloud, paid = model(), model(), model()
    asked = gateway(cloud=cloud, paid=paid, here=here)
    with caplog.at_level(logging.INFO, "fujia.llm.warming"):
        asked.warm_up("fast", [FIRST, OTHER])
        asked.warm_up("fast", [FIRST])
    assert (cloud.requests, paid.requests) == ([], [])
    told = [(one.messages[0]["content"], one.max_tokens) for one in here.requests]
    assert told == [("skills", 1), ("talk", 1)]
    assert [record.message for record in caplog.records].count(
        "a model on this machine has read its prompt"
    ) == 2


def test_a_model_that_is_not_there_is_in_the_log_and_nowhere_else(
    caplog: pytest.LogCaptureFixture,
):
    gone = model(ModelError("nobody listens", "unreachable"))
    asked = gateway(here=gone)
    asked.warm_up("fast", [FIRST, OTHER])
    (record,) = caplog.records
    assert record.message == "a model on this machine does not read ahead"
    assert record.__dict__["fields"]["error"] == "nobody listens"
    assert len(gone.requests) == 1
    asked.warm_up("fast", [FIRST])  # the next session tries again
    assert len(gone.requests) == 2
    # Reading ahead must not make the model rest when somebody asks.
    with pytest.raises(ModelError) as caught:
        asked.complete("fast", FIRST)
    assert caught.value.reason == "unreachable"


def test_reading_may_take_long():
    slow, config = patient(HERE, Config(time_s={"fast": 5.0}))
    assert (slow.stall_s, config.time_s["fast"]) == (READING_S, READING_S)
    assert [is_free(one) for one in (HERE, CLOUD, PAID)] == [True, False, False]
