"""The phone, and what the car is connected to."""

from fujia.cabin.effects import Thing, put, switch, words
from fujia.cabin.skill import AskBack, Effect, Refused, Scene, skill
from fujia.cabin.skills.arguments import Maybe, On
from fujia.cabin.skills.pointing import names
from fujia.vehicle.car import Write

_PHONE = "Vehicle.Cabin.Infotainment.Phone."
CALL = Thing(_PHONE + "Call", "车载电话", "phone")
ACTION = Thing(_PHONE + "Action", "通话控制", "call control")
_STATE = _PHONE + "CallState"
BLUETOOTH = Thing("Vehicle.Cabin.Infotainment.IsBluetoothOn", "蓝牙", "Bluetooth")
PROJECTION = Thing(
    "Vehicle.Cabin.Infotainment.SmartphoneProjection.Active", "手机投屏", "phone projection"
)
HOTSPOT = Thing("Vehicle.Connectivity.IsHotspotOn", "车载热点", "hotspot")


@skill("phone.call", zh="打电话给联系人或号码", en="Call a contact or a number.")
def call(scene: Scene, contact: Maybe = None) -> Effect:
    """As it was said; raises Refused while no phone is connected."""
    CALL.signals(scene)
    if scene.state.get(_PHONE + "IsConnected") is False:
        raise Refused(words(scene, "手机没有连接", "no phone is connected"))
    contact = names("people", contact)
    if contact is None:
        raise AskBack(words(scene, "要打给谁？", "Whom should I call?"))
    return put(scene, CALL, contact, contact=contact)


@skill("phone.hang_up", zh="挂断或拒接电话", en="Hang up, or decline the call.")
def hang_up(scene: Scene) -> Effect:
    """Ends every call."""
    return _act(scene, "HANG_UP", "IDLE")


@skill("phone.answer", zh="接听来电", en="Answer the call.")
def answer(scene: Scene) -> Effect:
    """Raises Refused while nobody calls."""
    effect = _act(scene, "ANSWER", "ACTIVE")
    if scene.state.get(_STATE) != "RINGING":
        raise Refused(words(scene, "现在没有来电", "nobody is calling"))
    return effect


@skill("phone.bluetooth", zh="打开或关闭蓝牙", en="Turn Bluetooth on or off.")
def bluetooth(scene: Scene, on: On = True) -> Effect:
    """The car's own."""
    return switch(scene, BLUETOOTH, on)


@skill("phone.projection", zh="打开或关闭手机投屏", en="Show the phone on the screen, or stop.")
def projection(scene: Scene, on: On = True) -> Effect:
    """CarPlay and its like."""
    return put(scene, PROJECTION, "ACTIVE" if on else "INACTIVE", on=on)


@skill("hotspot.power", zh="打开或关闭车载热点", en="Turn the car's hotspot on or off.")
def hotspot(scene: Scene, on: On = True) -> Effect:
    """Wireless network for the passengers."""
    return switch(scene, HOTSPOT, on)


def _act(scene: Scene, action: str, state: str) -> Effect:
    """What was pressed is let go at once; the state of the call proves it."""
    (write,) = put(scene, ACTION, action).writes
    return Effect((Write(write.path, action, reads=_STATE, expect=state),))
