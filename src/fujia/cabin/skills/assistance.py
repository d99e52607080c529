"""Driver assistance: cruise control, warnings, parking; and the systems that stay on."""

from fujia.cabin.effects import Thing, adjust, join, switch
from fujia.cabin.skill import Effect, Scene, skill
from fujia.cabin.skills.arguments import Much, On

_ADAS = "Vehicle.ADAS."
CRUISE = Thing(_ADAS + "CruiseControl.IsActive", "定速巡航", "cruise control")
CRUISE_READY = Thing(_ADAS + "CruiseControl.IsEnabled", "定速巡航", "cruise control")
CRUISE_SPEED = Thing(_ADAS + "CruiseControl.SpeedSet", "巡航车速", "cruise speed")
DISTANCE = Thing(_ADAS + "CruiseControl.AdaptiveIntervalSet", "跟车距离", "following distance")
LIMITER = Thing(_ADAS + "SpeedLimiter.IsEnabled", "限速器", "speed limiter")
LIMITER_SPEED = Thing(_ADAS + "SpeedLimiter.SpeedSet", "限速器车速", "limiter speed")
LANE_DEPARTURE = Thing(
    _ADAS + "LaneDepartureDetection.IsEnabled", "车道偏离预警", "lane departure warning"
)
LANE_KEEPING = Thing(_ADAS + "LaneKeeping.IsEnabled", "车道保持", "lane keeping")
BLIND_SPOT = Thing(_ADAS + "BlindSpotMonitoring.IsEnabled", "盲区监测", "blind spot monitoring")
SPEED_WARNING = Thing(_ADAS + "SpeedLimitWarning.IsEnabled", "超速提醒", "speed limit warning")
PARKING_ASSIST = Thing(_ADAS + "ParkingAssist.IsActive", "自动泊车", "parking assistant")
PARKING_SENSORS = Thing(_ADAS + "ParkingSensors.IsEnabled", "泊车雷达", "parking sensors")
SURROUND_VIEW = Thing(_ADAS + "SurroundView.IsActive", "全景影像", "surround view")
STABILITY = Thing(_ADAS + "ESC.IsEnabled", "车身稳定系统", "stability control")
TRACTION = Thing(_ADAS + "TCS.IsEnabled", "牵引力控制", "traction control")
ABS = Thing(_ADAS + "ABS.IsEnabled", "防抱死系统", "anti-lock braking")
EMERGENCY_BRAKE = Thing(_ADAS + "EBA.IsEnabled", "紧急制动辅助", "emergency brake assist")
DRIVER_MONITORING = Thing(_ADAS + "DMS.IsEnabled", "驾驶员监测", "driver monitoring")
TRAFFIC_SIGNS = Thing(
    _ADAS + "TrafficSignRecognition.IsEnabled", "交通标志识别", "traffic sign recognition"
)


@skill("adas.cruise", zh="定速巡航的开关和车速", en="Cruise control and its speed, in km/h.")
def cruise(scene: Scene, on: On = True, speed: Much | None = None) -> Effect:
    """Armed and active together; off leaves it armed no more."""
    effect = join(switch(scene, CRUISE_READY, on), switch(scene, CRUISE, on))
    return join(effect, adjust(scene, CRUISE_SPEED, "speed", speed)) if speed else effect


@skill("adas.cruise_distance", zh="跟车距离档位", en="Set the following distance, 1 to 4.")
def cruise_distance(scene: Scene, interval: Much) -> Effect:
    """Further away is more."""
    return adjust(scene, DISTANCE, "interval", interval)


@skill("adas.speed_limiter", zh="限速器的开关和车速", en="Speed limiter and its speed, in km/h.")
def speed_limiter(scene: Scene, on: On = True, speed: Much | None = None) -> Effect:
    """The car goes no faster than that by itself."""
    effect = switch(scene, LIMITER, on)
    return join(effect, adjust(scene, LIMITER_SPEED, "speed", speed)) if speed else effect


@skill("adas.lane_departure", zh="车道偏离预警开关", en="Turn lane departure warning on or off.")
def lane_departure(scene: Scene, on: On = True) -> Effect:
    """Warns when the car drifts out of its lane."""
    return switch(scene, LANE_DEPARTURE, on)


@skill("adas.lane_keeping", zh="打开或关闭车道保持", en="Turn lane keeping on or off.")
def lane_keeping(scene: Scene, on: On = True) -> Effect:
    """Steers back into the lane."""
    return switch(scene, LANE_KEEPING, on)


@skill("adas.blind_spot", zh="打开或关闭盲区监测", en="Turn blind spot monitoring on or off.")
def blind_spot(scene: Scene, on: On = True) -> Effect:
    """Watches beside and behind the car."""
    return switch(scene, BLIND_SPOT, on)


@skill("adas.speed_warning", zh="打开或关闭超速提醒", en="Turn speed limit warning on or off.")
def speed_warning(scene: Scene, on: On = True) -> Effect:
    """Warns above the speed limit."""
    return switch(scene, SPEED_WARNING, on)


@skill("adas.parking_assist", zh="打开或关闭自动泊车", en="Turn parking assistant on or off.")
def parking_assist(scene: Scene, on: On = True) -> Effect:
    """Parks the car with the driver watching."""
    return switch(scene, PARKING_ASSIST, on)


@skill("adas.parking_sensors", zh="打开或关闭泊车雷达", en="Turn parking sensors on or off.")
def parking_sensors(scene: Scene, on: On = True) -> Effect:
    """Beeps near obstacles."""
    return switch(scene, PARKING_SENSORS, on)


@skill("adas.surround_view", zh="打开或关闭全景影像", en="Turn surround view on or off.")
def surround_view(scene: Scene, on: On = True) -> Effect:
    """Cameras all around."""
    return switch(scene, SURROUND_VIEW, on)


@skill("adas.stability", zh="打开或关闭车身稳定系统", en="Turn stability control on or off.")
def stability(scene: Scene, on: On = True) -> Effect:
    """Turning it off is for the policy to refuse."""
    return switch(scene, STABILITY, on)


@skill("adas.traction", zh="打开或关闭牵引力控制", en="Turn traction control on or off.")
def traction(scene: Scene, on: On = True) -> Effect:
    """Turning it off is for the policy to refuse."""
    return switch(scene, TRACTION, on)


@skill("adas.abs", zh="打开或关闭防抱死系统", en="Turn anti-lock braking on or off.")
def anti_lock(scene: Scene, on: On = True) -> Effect:
    """Turning it off is for the policy to refuse."""
    return switch(scene, ABS, on)


@skill("adas.emergency_brake", zh="紧急制动辅助开关", en="Turn emergency brake assist on or off.")
def emergency_brake(scene: Scene, on: On = True) -> Effect:
    """Turning it off is for the policy to refuse."""
    return switch(scene, EMERGENCY_BRAKE, on)


@skill("adas.driver_monitoring", zh="打开或关闭驾驶员监测", en="Turn driver monitoring on or off.")
def driver_monitoring(scene: Scene, on: On = True) -> Effect:
    """Watches whether the driver is awake and looks at the road."""
    return switch(scene, DRIVER_MONITORING, on)


@skill("adas.traffic_signs", zh="交通标志识别开关", en="Turn sign recognition on or off.")
def traffic_signs(scene: Scene, on: On = True) -> Effect:
    """Reads signs along the road."""
    return switch(scene, TRAFFIC_SIGNS, on)
