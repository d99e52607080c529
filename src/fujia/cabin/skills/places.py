"""Places and weather, from the small simulated world."""

from fujia.cabin.effects import words
from fujia.cabin.skill import Answer, Scene, skill
from fujia.cabin.skills.arguments import Maybe, Spoken
from fujia.cabin.world import City, Here, load_world
from fujia.understanding.plan import Argument

_NEAREST = 3


@skill("weather.query", kind="read", zh="查询天气", en="Ask about the weather.")
def weather(scene: Scene, place: Maybe = None, date: Maybe = None) -> Answer:
    """Of a city, for today or the two days after; where the car is unless a place is named."""
    world = load_world()
    city = world.city(place) if place else world.city_at(_here(scene))
    args = _given(place=place, date=date)
    day = world.day(date)
    if city is None:
        where = place or words(scene, "这里", "this place")
        reply = f"我不知道{where}的天气。", f"I don't know the weather in {where}."
        return Answer(words(scene, *reply), args)
    if day is None:
        reply = (
            f"我只知道{city.zh}今天、明天和后天的天气。",
            f"{city.en}: I know three days.",
        )
        return Answer(words(scene, *reply), args)
    return Answer(_forecast(scene, city, day), args)


@skill("place.search", kind="read", zh="搜索附近的地点", en="Find places of a kind.")
def search(scene: Scene, category: Spoken, near: Maybe = None) -> Answer:
    """The nearest ones, around the car or around a place that is named."""
    world = load_world()
    args = _given(category=category, near=near)
    around = world.locate(near) if near and not world.means_here(near) else _here(scene)
    if around is None:
        reply = f"我不知道{near}在哪里。", f"I don't know where {near} is."
        return Answer(words(scene, *reply), args)
    found = world.nearest(category, around)[:_NEAREST]
    if not found:
        reply = (
            f"附近没有找到{category}（模拟数据）。",
            f"No {category} nearby (simulated).",
        )
        return Answer(words(scene, *reply), args)
    zh = "、".join(f"{place.zh}（{distance:.1f}公里）" for place, distance in found)
    en = ", ".join(f"{place.en} ({distance:.1f} km)" for place, distance in found)
    return Answer(words(scene, f"找到：{zh}（模拟数据）。", f"Found: {en} (simulated)."), args)


def _forecast(scene: Scene, city: City, day: int) -> str:
    world, forecast = load_world(), city.weather[day]
    sky, named = world.skies[forecast.sky], world.days[day]
    low, high = f"{forecast.low:g}", f"{forecast.high:g}"
    zh = f"{city.zh}{named.zh}{sky.zh}，{low}到{high}度（模拟数据）。"
    en = f"{city.en} {named.en}: {sky.en}, {low} to {high} °C (simulated)."
    return words(scene, zh, en)


def _here(scene: Scene) -> Here | None:
    latitude = scene.state.get("Vehicle.CurrentLocation.Latitude")
    longitude = scene.state.get("Vehicle.CurrentLocation.Longitude")
    if isinstance(latitude, (int, float)) and isinstance(longitude, (int, float)):
        return Here(latitude, longitude)
    return None


def _given(**args: str | None) -> dict[str, Argument]:
    return {name: value for name, value in args.items() if value is not None}
