"""Whether the server is well, which Fujia it is, what it can do and with which vehicles."""

from fastapi import APIRouter, Depends

from fujia import SKILLS, Profile, Skill, __version__, find_skill
from fujia.serve.routes.common import TheHouse, needs, problems
from fujia.serve.schemas import HealthShown, SignalShown, SkillShown, VehicleShown, VersionShown
from fujia.understanding.plan import PLAN_SCHEMA_VERSION

router = APIRouter(responses=problems(), dependencies=[Depends(needs("reader"))])


@router.get("/health", tags=["server"])
def health(house: TheHouse) -> HealthShown:
    """Whether the server does all it should; needs no token."""
    waiting, lost = house.store.waiting, house.store.lost
    return HealthShown(
        status="degraded" if waiting or lost else "ok",
        sessions=len(house.sessions.all()),
        turns_waiting=waiting,
        turns_lost=lost,
    )


@router.get("/version", tags=["server"])
def version() -> VersionShown:
    """Which Fujia this is; needs no token."""
    return VersionShown(fujia=__version__, plan_schema=PLAN_SCHEMA_VERSION)


@router.get("/skills", tags=["catalogue"])
def skills() -> list[SkillShown]:
    """Everything Fujia can do."""
    return [_skill(each) for _, each in sorted(SKILLS.items())]


@router.get("/skills/{name}", tags=["catalogue"], responses=problems(404))
def skill(name: str) -> SkillShown:
    """One skill with the JSON schema of its arguments."""
    return _skill(find_skill(name))


@router.get("/vehicles", tags=["catalogue"])
def vehicles(house: TheHouse) -> list[VehicleShown]:
    """Every vehicle model that a session may be opened on."""
    garage = house.sessions.garage
    return [_vehicle(garage.profile(name)) for name in garage.names()]


@router.get("/vehicles/{name}", tags=["catalogue"], responses=problems(404))
def vehicle(house: TheHouse, name: str) -> VehicleShown:
    """One vehicle model."""
    return _vehicle(house.sessions.garage.profile(name))


@router.get("/vehicles/{name}/signals", tags=["catalogue"], responses=problems(404))
def vehicle_signals(house: TheHouse, name: str) -> list[SignalShown]:
    """Every signal of a vehicle model, with its range; 'value' is null."""
    profile = house.sessions.garage.profile(name)
    return [SignalShown.of(signal) for signal in profile.signals.values()]


def _skill(each: Skill) -> SkillShown:
    arguments = each.schema()["parameters"]
    return SkillShown(name=each.name, kind=each.kind, zh=each.zh, en=each.en, arguments=arguments)


def _vehicle(profile: Profile) -> VehicleShown:
    return VehicleShown(
        name=profile.id,
        zh=profile.zh,
        en=profile.en,
        energy=profile.energy,
        equipment=list(profile.equipment),
        signals=len(profile.signals),
    )
