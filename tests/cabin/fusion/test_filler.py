import threading

from fujia.cabin.fusion.filler import Filler


def test_whoever_waits_hears_something_once() -> None:
    heard = threading.Event()
    with Filler(0.0, heard.set) as filler:
        assert heard.wait(10)
    assert filler.said


def test_nothing_is_said_once_there_is_something_better() -> None:
    said: list[str] = []
    with Filler(0.05, lambda: said.append("等一下")) as filler:
        filler.hush()
        threading.Event().wait(0.1)
    assert said == []
    assert not filler.said


def test_it_is_over_with_its_block() -> None:
    said: list[str] = []
    with Filler(0.05, lambda: said.append("等一下")):
        pass
    threading.Event().wait(0.1)
    assert said == []
