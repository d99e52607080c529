import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.errors import ModelError
from fujia.llm.history import fit
from fujia.llm.model import Message

ROLES = st.sampled_from(["user", "assistant", "tool"])


def message(role: str, size: int) -> Message:
    return {"role": role, "content": "x" * size}


def test_the_oldest_exchange_goes_first():
    talk = [message("system", 5), message("user", 40), message("assistant", 40),
            message("user", 20), message("assistant", 20), message("user", 5)]  # fmt: skip
    assert fit(talk, 1000) == talk
    assert fit(talk, 60) == [talk[0], *talk[3:]]
    assert fit(talk, 12) == [talk[0], talk[5]]


def test_what_must_stay_and_is_too_long_is_said():
    with pytest.raises(ModelError) as caught:
        fit([message("system", 5), message("user", 96)], 100)
    assert caught.value.reason == "too_long"


@given(st.lists(st.tuples(ROLES, st.integers(0, 30)), max_size=12), st.integers(40, 200))
def test_what_is_left_fits_starts_with_a_user_and_ends_as_it_did(
    talk: list[tuple[str, int]], most: int
):
    messages = [message("user", 1), *(message(*each) for each in talk), message("user", 5)]
    found = fit(messages, most)
    assert sum(len(each["content"]) for each in found) <= most
    assert found[0]["role"] == "user"
    assert found == messages[len(messages) - len(found) :]
