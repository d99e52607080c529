"""The policy benchmark: what it counts is what it shows."""

from tests.bench import policy


def test_a_short_run_finds_nothing_forbidden() -> None:
    result = policy.measure(examples=20)
    assert result["plans"] == 20
    assert result["commands"] >= 20
    assert result["violations"] == []
    (table,) = policy.tables({**result, "violations": ["the roof is gone"]})
    assert [list(column.cells) for column in table.columns][2] == ["1"]
