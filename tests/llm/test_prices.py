from pathlib import Path

import pytest

from fujia.errors import DataError, InputError
from fujia.llm.model import MOST_TOKENS, Completion, Request
from fujia.llm.prices import Price, load_price, need_price

PRICE = Price(prompt=2.0, cached=0.5, completion=8.0)


def test_tokens_cost_their_price_and_cached_ones_less():
    assert PRICE.of(Completion("", 1_000_000, 500_000)) == pytest.approx(2 + 4)
    assert PRICE.of(Completion("", 1_000_000, 0, 400_000)) == pytest.approx(1.2 + 0.2)
    assert Price(prompt=2.0).of(Completion("", 1_000_000, 9, 1_000_000)) == pytest.approx(2)


def test_the_most_is_never_less_than_the_cost():
    messages = [{"role": "user", "content": "打开车窗" * 10}]
    longest = Completion("", 4 * 10 * 3, MOST_TOKENS)
    assert PRICE.most(Request(messages)) > PRICE.of(longest)


def test_the_table_knows_deepseek_and_a_budget_needs_a_price():
    price = need_price("deepseek-chat")
    assert price.currency == "USD"
    assert 0 < (price.cached or 0) < price.prompt < price.completion
    assert load_price("none") is None
    with pytest.raises(InputError, match="no price for 'none'"):
        need_price("none")


def test_a_table_with_a_mistake_names_the_line(tmp_path: Path):
    file = tmp_path / "prices.yaml"
    file.write_text("models:\n  mine:\n    prompt: -1\n")
    with pytest.raises(DataError, match=r"prices\.yaml:3"):
        load_price("mine", file)
