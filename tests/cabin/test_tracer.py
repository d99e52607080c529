import pytest

from fujia.cabin.tracer import Tracer


def test_steps_stand_in_the_order_in_which_they_ended() -> None:
    tracer = Tracer()
    with tracer.step("resolve") as outer:
        outer.detail = {"a": 1}
        with tracer.step("judge"):
            pass
    assert [(step.name, step.detail) for step in tracer.steps] == [
        ("judge", None), ("resolve", {"a": 1}),
    ]  # fmt: skip
    inner, outer_step = tracer.steps
    assert 0 <= inner.ms <= outer_step.ms <= tracer.ms


def test_a_step_that_breaks_is_kept() -> None:
    tracer = Tracer()
    with pytest.raises(ZeroDivisionError), tracer.step("act"):
        _ = 1 / 0
    assert [step.name for step in tracer.steps] == ["act"]
