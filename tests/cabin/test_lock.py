from threading import Thread

import pytest

from fujia.cabin.lock import CarLock


def free(lock: CarLock) -> bool:
    """Whether another thread can take it now."""
    taken: list[bool] = []

    def take() -> None:
        taken.append(lock.acquire(blocking=False))
        if taken[0]:
            lock.release()

    thread = Thread(target=take)
    thread.start()
    thread.join(10)
    return taken[0]


def test_its_holder_may_take_it_again():
    lock = CarLock()
    with lock, lock:
        assert not free(lock)
    assert free(lock)


def test_it_is_let_go_of_however_often_it_was_taken():
    lock = CarLock()
    with lock, lock, lock:
        with lock.let_go():
            assert free(lock)
        assert not free(lock)
    assert free(lock)


def test_it_is_held_again_where_what_was_done_meanwhile_failed():
    lock = CarLock()
    with lock:
        with pytest.raises(ValueError), lock.let_go():
            raise ValueError
        assert not free(lock)
    assert free(lock)


def test_only_who_holds_it_gives_it_back_or_lets_it_go():
    lock = CarLock()
    with pytest.raises(RuntimeError), lock.let_go():
        lock.release()
    assert free(lock)
