from hypothesis import given
from hypothesis import strategies as st

from fujia.serve.limits import Allowance, Limits


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_allowance_is_spent_and_grows_again():
    clock = Clock()
    allowance = Allowance(Limits(requests_a_second=2, burst=3), clock)
    assert [allowance.take("a") for _ in range(4)] == [True, True, True, False]
    clock.now = 0.5
    assert [allowance.take("a") for _ in range(2)] == [True, False]


def test_one_client_does_not_spend_the_allowance_of_another():
    allowance = Allowance(Limits(requests_a_second=1, burst=1), Clock())
    assert [allowance.take(name) for name in ("a", "b", "a")] == [True, True, False]


def test_zero_means_no_limit():
    allowance = Allowance(Limits(requests_a_second=0, burst=1), Clock())
    assert all(allowance.take("a") for _ in range(100))


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_nobody_gets_more_than_burst_and_rate(pauses: list[float]):
    clock = Clock()
    allowance = Allowance(Limits(requests_a_second=2, burst=3), clock)
    granted = 0
    for pause in pauses:
        clock.now += pause
        granted += allowance.take("a")
    assert granted <= 3 + 2 * clock.now + 1e-6


def test_the_memory_of_clients_is_bounded():
    allowance = Allowance(Limits(requests_a_second=1, burst=1), Clock())
    for number in range(10_050):
        allowance.take(str(number))
    assert len(allowance._buckets) == 10_000  # pyright: ignore[reportPrivateUsage]
