import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fujia.understanding.plan import Amount, Command, Condition, Plan

numbers = st.one_of(
    st.integers(0, 10_000), st.decimals(0, 1000, places=2).map(lambda value: float(value))
)


@given(numbers)
def test_a_number_is_a_value(number: float) -> None:
    amount = Amount.parse(number)
    assert (amount.kind, amount.number, amount.percent, amount.sign) == (
        "value", number, False, 0,
    )  # fmt: skip
    assert Amount.parse(f"{number:f}").number == pytest.approx(number)


@given(st.sampled_from("+-"), numbers, st.sampled_from(["", "%"]))
def test_a_sign_makes_it_a_change(sign: str, number: float, percent: str) -> None:
    amount = Amount.parse(f"{sign}{number:f}{percent}")
    assert amount.kind == "change"
    assert amount.percent == bool(percent)
    assert amount.sign == (1 if sign == "+" else -1)
    assert amount.number == pytest.approx(amount.sign * number)


@given(st.text())
def test_any_other_text_is_refused_with_a_reason(text: str) -> None:
    try:
        amount = Amount.parse(text)
    except ValueError as error:
        assert repr(text) in str(error)
    else:
        assert amount.kind in ("value", "change", "end")


@pytest.mark.parametrize(("text", "sign"), [("+", 1), ("-", -1)])
def test_a_bare_sign_is_a_bit(text: str, sign: int) -> None:
    amount = Amount.parse(text)
    assert (amount.kind, amount.number, amount.sign) == ("change", None, sign)


@pytest.mark.parametrize("text", ["max", "min", "mid"])
def test_the_ends_of_the_range(text: str) -> None:
    assert Amount.parse(text) == Amount("end", end=text)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "%", "loud", "++1", "1.", "5 %", "-max", "一半"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Amount.parse(text)


def test_a_plan_survives_json() -> None:
    plan = Plan(
        language="zh",
        commands=(
            Command(skill="window.position", args={"zone": "driver", "position": 50}),
            Command(skill="sunroof.position", condition=Condition(fact="rain")),
        ),
        confidence=0.5,
    )
    assert Plan.model_validate(json.loads(plan.model_dump_json())) == plan


@pytest.mark.parametrize(
    "broken",
    [
        {"act": "dance"},
        {"commands": [{"skill": "hud.power", "zone": "driver"}]},
        {"commands": [{"skill": "hud.power", "condition": {"fact": "mood"}}]},
    ],
)
def test_a_plan_with_anything_else_in_it_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Plan.model_validate(broken)
