import logging

import pytest

from fujia.vehicle.kuksa.mirror import Mirror


def test_the_latest_reading_stands_and_an_older_one_does_not_replace_it():
    mirror = Mirror()
    mirror.take([("a", 5, 1), ("b", 5, "x")])
    mirror.take([("a", 4, 2), ("b", 6, "y")])
    assert mirror.values() == {"a": 1, "b": "y"}


def test_another_clock_may_be_behind():
    mirror = Mirror()
    mirror.take([("a", 5, 1)])
    mirror.forget_times()
    mirror.take([("a", 1, 2)])
    assert mirror.values() == {"a": 2}


def test_a_value_that_is_gone_is_unknown():
    mirror = Mirror()
    mirror.take([("a", 1, 1)])
    mirror.take([("a", 2, None)])
    assert mirror.values() == {}


def test_listeners_hear_changes_once(caplog: pytest.LogCaptureFixture):
    mirror, heard = Mirror(), []

    def broken(path: str, value: object) -> None:
        raise RuntimeError(path)

    mirror.subscribe(broken)
    end = mirror.subscribe(lambda path, value: heard.append((path, value)))
    with caplog.at_level(logging.CRITICAL):
        mirror.take([("a", 1, 1)])
        mirror.take([("a", 2, 1)])
        mirror.take([("a", 3, 2)])
        end()
        end()
        mirror.take([("a", 4, 3)])
    assert heard == [("a", 1), ("a", 2)]


def test_a_wait_sees_a_moment_that_has_passed():
    mirror = Mirror()
    with mirror.waiting({"roof": 50}) as wait:
        for moment, position in enumerate((48, 50, 52)):
            mirror.take([("roof", moment, position)])
    assert wait.reached == {"roof": 50}
    assert mirror.values() == {"roof": 52}


def test_a_wait_is_over_only_when_all_are_there_at_once():
    mirror = Mirror()
    with mirror.waiting({"a": 1, "b": True}) as wait:
        mirror.take([("a", 1, 1)])
        mirror.take([("a", 2, 0), ("b", 2, True)])
        assert wait.reached is None
        mirror.take([("a", 3, 1)])
        assert wait.reached == {"a": 1, "b": True}


def test_a_float_may_be_off_by_its_rounding():
    mirror = Mirror()
    with mirror.waiting({"t": 22.5}) as wait:
        mirror.take([("t", 1, 22.4)])
        assert wait.reached is None
        mirror.take([("t", 2, 22.50001)])
        assert wait.reached == {"t": 22.50001}


def test_what_is_there_already_need_not_be_waited_for():
    mirror = Mirror()
    mirror.take([("a", 1, 1)])
    with mirror.waiting({"a": 1}) as wait:
        assert wait.reached == {"a": 1}
