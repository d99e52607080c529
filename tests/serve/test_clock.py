import time

from fujia.serve.clock import Clock
from fujia.vehicle import SimulatedCar, Write, load_profile

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"


def test_a_window_moves_while_the_clock_runs_and_only_then():
    car = SimulatedCar(load_profile("i5"))
    car.actuate([Write(WINDOW, 100)])
    clock = Clock(car, pace=20)
    clock.start()
    deadline = time.monotonic() + 60
    while car.read(WINDOW) != 100 and time.monotonic() < deadline:
        time.sleep(0.01)
    clock.stop()
    assert car.read(WINDOW) == 100
    stopped = car.now
    assert stopped >= 4.0  # a window takes four seconds
    time.sleep(0.15)
    assert car.now == stopped


def test_a_clock_that_never_ran_can_be_stopped():
    car = SimulatedCar(load_profile("i5"))
    Clock(car).stop()
    assert car.now == 0.0
