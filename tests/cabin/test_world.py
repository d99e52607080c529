import pytest

from fujia.cabin.world import Here, distance_km, load_world


def test_there_is_enough_of_it() -> None:
    world = load_world()
    assert len(world.cities) >= 25
    assert len(world.places) >= 30


def test_everything_in_it_refers_to_something() -> None:
    world = load_world()
    assert {day.sky for city in world.cities for day in city.weather} <= set(world.skies)
    assert {place.kind for place in world.places} <= set(world.categories)
    assert all(day.low < day.high for city in world.cities for day in city.weather)


@pytest.mark.parametrize(("spoken", "day"), [(None, 0), ("今天", 0), ("Tomorrow", 1), ("后天", 2)])
def test_days(spoken: str | None, day: int) -> None:
    assert load_world().day(spoken) == day


def test_a_day_too_far_ahead_is_none() -> None:
    assert load_world().day("下周三") is None


def test_cities_by_name_and_by_where_the_car_is() -> None:
    world = load_world()
    beijing = world.city("北京市")
    assert beijing is not None and beijing == world.city("beijing")
    assert world.city_at(Here(39.95, 116.45)) == beijing
    assert world.city_at(Here(0.0, 0.0)) is None
    assert world.city_at(None) is None


def test_places_by_category_or_name_are_sorted_by_distance() -> None:
    world, here = load_world(), Here(31.23, 121.47)
    found = world.nearest("停车场", here)
    assert [distance for _, distance in found] == sorted(distance for _, distance in found)
    assert {place.kind for place, _ in found} == {"parking"}
    assert [place.zh for place, _ in world.nearest("外滩", here)] == ["外滩"]


def test_distance_is_along_the_great_circle() -> None:
    shanghai, beijing = Here(31.2304, 121.4737), Here(39.9042, 116.4074)
    assert distance_km(shanghai, beijing) == pytest.approx(1067, abs=5)
    assert distance_km(shanghai, shanghai) == 0
