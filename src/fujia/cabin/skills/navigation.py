"""Navigation: where to, by which way, and what the map shows."""

from typing import Literal

from fujia.cabin.effects import Thing, join, put, switch, words
from fujia.cabin.skill import Answer, AskBack, Effect, Refused, Scene, skill
from fujia.cabin.skills.arguments import Maybe, On
from fujia.cabin.skills.memory import located
from fujia.cabin.skills.pointing import names

_NAVIGATION = "Vehicle.Cabin.Infotainment.Navigation."
DESTINATION = Thing(_NAVIGATION + "Destination", "导航", "navigation")
STOPS = Thing(_NAVIGATION + "Waypoints", "途经点", "stops on the way")
PREFERENCE = Thing(_NAVIGATION + "RoutePreference", "路线偏好", "route preference")
TRAFFIC = Thing(_NAVIGATION + "Map.IsTrafficShown", "路况显示", "traffic on the map")
THREE_D = Thing(_NAVIGATION + "Map.Is3D", "三维地图", "map in 3D")


@skill("navigation.start", zh="导航去某地", en="Navigate to a place.")
def start(scene: Scene, destination: Maybe = None) -> Effect:
    """As it was said: an address, a name, home, work. A new destination drops the old stops."""
    DESTINATION.signals(scene)
    destination = names("places", destination)
    if destination is None:
        raise AskBack(words(scene, "要去哪里？", "Where to?"))
    effect = put(scene, DESTINATION, located(scene, destination), destination=destination)
    return Effect((*effect.writes, *_cleared(scene).writes), effect.args)


@skill("navigation.add_stop", zh="添加途经点", en="Add a stop on the way.")
def add_stop(scene: Scene, place: Maybe = None) -> Effect:
    """After the stops there are; without a route, the place becomes the destination."""
    STOPS.signals(scene)
    place = names("places", place)
    if place is None:
        raise AskBack(words(scene, "要加哪个地方？", "Which place should I add?"))
    if not _destination(scene):
        return put(scene, DESTINATION, located(scene, place), place=place)
    return put(scene, STOPS, [*_stops(scene), located(scene, place)], place=place)


@skill("navigation.remove_stop", zh="删除途经点", en="Remove a stop on the way.")
def remove_stop(scene: Scene, place: Maybe = None) -> Effect:
    """The one that is named, or the last one; raises Refused where there is none."""
    STOPS.signals(scene)
    stops = _stops(scene)
    wanted = [stop for stop in stops if place is None or place in stop or stop in place]
    if not wanted:
        raise Refused(words(scene, "没有这个途经点", "there is no such stop"))
    removed = wanted[-1]
    return put(scene, STOPS, [stop for stop in stops if stop != removed], place=removed)


@skill("navigation.cancel", zh="结束导航", en="End the navigation.")
def cancel(scene: Scene) -> Effect:
    """Destination and stops go."""
    return join(put(scene, DESTINATION, ""), _cleared(scene))


@skill("navigation.route", zh="选择路线偏好", en="Choose what the route should be like.")
def route(
    scene: Scene, preference: Literal["fastest", "shortest", "no_toll", "no_motorway", "eco"]
) -> Effect:
    """Of this route and those to come."""
    return put(scene, PREFERENCE, preference.upper(), preference=preference)


@skill("navigation.traffic", zh="显示或隐藏路况", en="Show or hide traffic on the map.")
def traffic(scene: Scene, on: On = True) -> Effect:
    """Colours on the roads."""
    return switch(scene, TRAFFIC, on)


@skill("navigation.view", zh="地图二维或三维", en="Show the map flat or in 3D.")
def view(scene: Scene, mode: Literal["2d", "3d"] = "3d") -> Effect:
    """How the map is drawn."""
    return put(scene, THREE_D, mode == "3d", mode=mode)


@skill("navigation.status", kind="read", zh="查询导航目的地", en="Say where the navigation leads.")
def status(scene: Scene) -> Answer:
    """Destination and stops; what is left of the way is not known yet."""
    destination, stops = _destination(scene), _stops(scene)
    if not destination:
        return Answer(words(scene, "现在没有导航。", "No route is active."))
    if stops:
        via = words(scene, "、", ", ").join(stops)
        zh, en = f"正在导航去{destination}，途经{via}。", f"On the way to {destination} via {via}."
    else:
        zh, en = f"正在导航去{destination}。", f"On the way to {destination}."
    return Answer(words(scene, zh, en))


def _destination(scene: Scene) -> str:
    return str(scene.state.get(DESTINATION.path, ""))


def _stops(scene: Scene) -> list[str]:
    stops = scene.state.get(STOPS.path)
    return [str(stop) for stop in stops] if isinstance(stops, list) else []


def _cleared(scene: Scene) -> Effect:
    return put(scene, STOPS, []) if _stops(scene) else Effect(())
