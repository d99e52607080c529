"""What a user may set: one YAML file and ``FUJIA_*`` variables; the variable wins.

The file is ``settings.yaml`` in the folder ``fujia`` of the user's configuration folder (XDG), or
the file that ``FUJIA_SETTINGS`` names. ``fujia config`` shows every value and where it came from.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError, InputError
from fujia.vehicle.zone import Seat

PREFIX = "FUJIA_"
FILE_VARIABLE = "FUJIA_SETTINGS"
_NO_SETTINGS = frozenset({FILE_VARIABLE, "FUJIA_BENCH_DATA", "FUJIA_TEST_GGUF"})


class Preferences(BaseModel):
    """The settings themselves, as the file may hold them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vehicle: str = Field("i5", description="vehicle profile to start with")
    seat: Seat = Field("driver", description="where the speaker sits")
    understander: Literal["student", "grammar"] = Field(
        "student", description="who understands first; the grammar stands behind the student"
    )
    student_dir: Path | None = Field(
        None, description="model folder of your own student; none: the one that is shipped"
    )
    persona: str = Field("fujia", description="who speaks: name and tone of the replies")
    market: str = Field("cn", description="where the car is sold: cn, eu, us, ...")
    data_dir: Path = Field(
        default_factory=partial(platformdirs.user_data_path, "fujia"),
        description="your own data: profiles/, personas/, scenes/",
    )
    driver: str = Field(
        "owner", description="whose memory the driver's seat uses in a chat; empty: a guest's"
    )
    memory_dir: Path = Field(
        default_factory=lambda: platformdirs.user_state_path("fujia") / "memory",
        description="what is remembered of people, encrypted, with its keys",
    )
    language_model: bool = Field(
        True, description="whether a chat may ask a language model, where one is set up"
    )
    suggestions: bool = Field(True, description="whether Fujia suggests things of its own accord")
    kuksa_broker: str | None = Field(
        None, description="HOST:PORT of the KUKSA databroker whose car is driven; none: simulated"
    )
    kuksa_ca: Path | None = Field(
        None, description="root certificates (PEM) of that databroker; switches TLS on"
    )
    kuksa_server_name: str | None = Field(
        None, description="name in that databroker's certificate, if it is not its host's"
    )
    kuksa_token_file: Path | None = Field(None, description="token that the databroker asks for")
    database: str | None = Field(
        None,
        description="where 'fujia serve' keeps turns: sqlite:///FILE or postgresql://...; "
        "none: turns.db in data_dir",
    )
    keep_days: float = Field(30.0, gt=0, description="after how many days kept turns are deleted")
    log_file: Path = Field(
        default_factory=lambda: platformdirs.user_state_path("fujia") / "fujia.log",
        description="structured log, one JSON object a line",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="how much is logged"
    )
    log_utterances: bool = Field(False, description="whether the log may hold what was said")

    @model_validator(mode="before")
    @classmethod
    def _empty_file(cls, content: Any) -> Any:
        return {} if content is None else content


class Settings(BaseSettings, Preferences):  # pyright: ignore[reportIncompatibleVariableOverride]
    """Preferences, with the environment over the values given (those of the file)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file; no other source."""
        return env_settings, init_settings


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and where each came from."""

    settings: Settings
    file: Path
    origins: Mapping[str, str]
    """For each setting ``default``, the file's path, or the name of a variable."""
    ignored: tuple[str, ...]
    """Variables that look like settings and are none."""


def settings_file() -> Path:
    """The settings file in force; it need not exist unless ``FUJIA_SETTINGS`` names it."""
    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else platformdirs.user_config_path("fujia") / "settings.yaml"


def load_settings() -> Loaded:
    """Read the file and the environment.

    Raises:
        DataError: the file has an unknown key or a wrong value; names file and line.
        InputError: a variable has a wrong value.
    """
    file = settings_file()
    given = _read(file)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        raise InputError(f"{name}: {first['msg']}") from None
    variables = {
        name.upper()
        for name, value in os.environ.items()
        if value and name.upper().startswith(PREFIX)
    }
    origins: dict[str, str] = {}
    for field in Preferences.model_fields:
        variable = f"{PREFIX}{field.upper()}"
        in_file = str(file) if field in given else "default"
        origins[field] = variable if variable in variables else in_file
    ignored = variables - set(origins.values()) - _NO_SETTINGS
    return Loaded(settings, file, origins, tuple(sorted(ignored)))


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        if FILE_VARIABLE in os.environ:
            raise DataError(file, 0, f"{FILE_VARIABLE} names this file, and it does not exist")
        return {}
    return load_yaml(file, Preferences).model_dump(exclude_unset=True)
