"""What requests and answers hold: the models behind the OpenAPI description."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fujia.cabin.turn import Outcome, Route, Turn
from fujia.serve.event import TurnRecord
from fujia.serve.sessions import Session
from fujia.serve.store import StoredTurn
from fujia.understanding.plan import Language
from fujia.vehicle.fault import FaultKind
from fujia.vehicle.signal import Kind, Signal, Value
from fujia.vehicle.zone import Seat

Number = Annotated[int, Field(ge=-(2**53), le=2**53)] | float
PlainValue = bool | Number | str | list[str] | list[float]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"


def what_is_wrong(error: Mapping[str, Any]) -> str:
    """One error that pydantic found, in words, without repeating what was sent."""
    place = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


class Given(BaseModel):
    """What a client sends: nothing unknown, nothing of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Shown(BaseModel):
    """What the server answers; ``model_validate`` takes what has attributes of the same names."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Problem(Shown):
    """What was wrong with a request, and what to do."""

    error: str = Field(examples=["UnknownSession"])
    message: str = Field(examples=["there is no open session '5f2a'"])


class SessionGiven(Given):
    """A session to open."""

    vehicle: str = Field("i5", max_length=64, description="a profile; see /v1/vehicles")
    language: Language | None = Field(None, description="of the talk before anybody has spoken")
    state: dict[str, PlainValue] = Field(
        default_factory=dict[str, PlainValue],
        max_length=500,
        description="signals laid over the start state",
        examples=[{"Vehicle.Speed": 80}],
    )
    keep_words: bool = Field(
        False, description="consent: what is said, names and destinations may be kept"
    )


class Consent(Given):
    """Whether what is said may be kept; taken back, it takes back what was kept."""

    keep_words: bool


class SessionShown(Shown):
    """An open session."""

    id: str = Field(examples=["5f2a9c0d1e2b3c4d"])
    vehicle: str = Field(examples=["i5"])
    opened: datetime
    keep_words: bool
    turns: int = Field(description="how many of its latest turns are remembered", examples=[2])

    @classmethod
    def of(cls, session: Session) -> "SessionShown":
        """The session as it is now."""
        return cls(
            id=session.id,
            vehicle=session.vehicle,
            opened=session.opened,
            keep_words=session.keep_words,
            turns=len(session.turns),
        )


class TurnGiven(Given):
    """Something that is said to the car."""

    text: str = Field(min_length=1, max_length=1000, examples=["打开主驾座椅加热"])
    seat: Seat | None = Field(None, description="who speaks; the driver where it is left out")
    id: Id | None = Field(
        None,
        description="yours: the same id again is the same turn, and nothing is done twice",
        examples=["turn-17"],
    )


class ActionShown(Shown):
    """One command and what became of it."""

    skill: str = Field(examples=["seat.heating"])
    args: dict[str, Any] = Field(examples=[{"zone": "driver", "level": 1}])
    outcome: Outcome
    reason: str | None = None
    companion: bool = Field(False, description="added by the policy")
    rule: str | None = Field(None, description="the rule of the policy that decided")


class TurnShown(Shown):
    """One utterance in, outcomes and a reply out; None stands for words that were not kept."""

    id: str = Field(examples=["turn-17"])
    session_id: str
    vehicle: str
    at: datetime
    seat: Seat
    language: Language
    said: str | None
    actions: list[ActionShown]
    outcome: Outcome
    reply: str | None = Field(examples=["主驾座椅加热已开到一档。"])
    route: Route
    ms: float = Field(examples=[6.1])

    @classmethod
    def of(cls, record: TurnRecord) -> "TurnShown":
        """A turn that a session remembers."""
        turn: Turn = record.turn
        return cls(
            id=record.id,
            session_id=record.session_id,
            vehicle=record.vehicle,
            at=record.at,
            seat=turn.seat,
            language=turn.language,
            said=turn.said,
            actions=[ActionShown.model_validate(action) for action in turn.actions],
            outcome=turn.outcome,
            reply=turn.reply,
            route=turn.route,
            ms=round(turn.ms, 2),
        )


class StepShown(Shown):
    """One step of a turn: how long it took, and what it found."""

    name: str = Field(examples=["understand"])
    ms: float
    detail: Any = None


class TraceShown(Shown):
    """A turn that was kept, with its steps."""

    number: int = Field(description="grows with time; 'before' takes it")
    keeps_words: bool
    turn: TurnShown
    steps: list[StepShown]

    @classmethod
    def of(cls, stored: StoredTurn) -> "TraceShown":
        """A turn of the store."""
        head = {
            "id": stored.id,
            "session_id": stored.session_id,
            "vehicle": stored.vehicle,
            "at": stored.at,
        }
        return cls(
            number=stored.number,
            keeps_words=stored.keeps_words,
            turn=TurnShown.model_validate({**head, **stored.turn}),
            steps=[StepShown.model_validate(step) for step in stored.trace],
        )


class SignalsShown(Shown):
    """Signals and their values at one moment."""

    signals: dict[str, Any] = Field(examples=[{WINDOW: 50}])


class SignalShown(Shown):
    """One signal as this car has it."""

    path: str = Field(examples=[WINDOW])
    value: Any = Field(None, examples=[50])
    kind: Kind
    datatype: str = Field(examples=["uint8"])
    unit: str | None = Field(None, examples=["percent"])
    minimum: float | None = Field(None, examples=[0])
    maximum: float | None = Field(None, examples=[100])
    allowed: list[str] = []
    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, signal: Signal, value: Value | None = None) -> "SignalShown":
        """A signal and what it reads."""
        return cls.model_validate(signal).model_copy(update={"value": value})


class ValueGiven(Given):
    """A value for a signal of the simulated world."""

    value: PlainValue = Field(examples=[80])


class FaultGiven(Given):
    """Something to break in a simulated car."""

    pattern: str = Field(min_length=1, max_length=200, examples=["*.Window.Position"])
    kind: FaultKind
    at: float | None = Field(None, description="where it sticks, or from when on in seconds")


class SkillShown(Shown):
    """One thing Fujia can do."""

    name: str = Field(examples=["seat.heating"])
    kind: Literal["write", "read"]
    zh: str
    en: str
    arguments: dict[str, Any] = Field(description="JSON schema")


class VehicleShown(Shown):
    """One vehicle model."""

    name: str = Field(examples=["i5"])
    zh: str
    en: str
    energy: Literal["electric", "petrol"]
    equipment: list[str]
    signals: int = Field(description="how many it has")


class HealthShown(Shown):
    """Whether the server does all it should."""

    status: Literal["ok", "degraded"]
    sessions: int
    turns_waiting: int = Field(description="not stored yet, because the database cannot be written")
    turns_lost: int = Field(description="given up because too many waited")


class VersionShown(Shown):
    """Which Fujia this is."""

    fujia: str
    api: Literal["v1"] = "v1"
    plan_schema: str
