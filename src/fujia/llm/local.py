"""A model file of yours, served on this machine by llama.cpp (the extra ``local``).

Nothing is ever fetched: the file is the user's, and so is its licence.
"""

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

from fujia.errors import InputError, MissingExtra
from fujia.llm.config import Config, ModelConfig, Role
from fujia.llm.gguf import read_facts

CONTEXT = 8192
"""Tokens that one conversation may have, the answer included."""


class LocalServer:
    """A server of the OpenAI protocol on 127.0.0.1, in this process, as long as it is kept.

    Args:
        file: a language model in the GGUF format.
        port: 0 takes any that is free.
        talks: how many conversations are remembered side by side, so that what their beginnings
            share is read once.
        threads: of the processor; without a number, the server chooses.

    Raises:
        InputError: the file is not there, is no such model, or cannot be loaded.
        MissingExtra: the server is not installed.
    """

    def __init__(
        self, file: Path, *, port: int = 0, talks: int = 1, threads: int | None = None
    ) -> None:
        self.file = file
        self.facts: Mapping[str, str] = read_facts(file)
        """What the file says about itself."""
        try:
            library: Any = import_module("xllamacpp")
        except ImportError:
            raise MissingExtra("local") from None
        params = library.CommonParams()
        params.model.path = str(file)
        params.port = port
        params.n_parallel = talks
        params.n_ctx = CONTEXT * talks
        params.verbosity = 0
        # It is known how much memory it takes, and the first request warms it up as well.
        params.fit_params = params.warmup = False
        if threads:
            params.cpuparams.n_threads = threads
        try:
            self._server = library.Server(params)
        except RuntimeError as error:
            raise InputError(f"{file} cannot be loaded: {error}") from None
        self.address: str = f"{self._server.listening_address}/v1"
        """The base URL."""

    def model(self, **more: Any) -> ModelConfig:
        """The model as ``llm.yaml`` has it; ``more`` of its fields."""
        known: dict[str, Any] = {
            "model": self.file.stem, "base_url": self.address, "key_variable": None,
            "structured": "json_schema", "tools": False, "stall_s": 60.0,
        }  # fmt: skip
        return ModelConfig(**(known | more))

    def config(self, *roles: Role, time_s: float = 120.0, **more: Any) -> Config:
        """A configuration in which this model has the given roles, and no other is asked.

        It may be silent for all of its time: what it reads first, it reads without a word.
        """
        return Config(
            models={self.file.stem: self.model(stall_s=time_s)},
            roles=dict.fromkeys(roles, (self.file.stem,)),
            time_s=dict.fromkeys(roles, time_s),
            **more,
        )

    def as_yaml(self) -> str:
        """What makes this model answer first in conversation, as a part of ``llm.yaml``."""
        name = json.dumps(self.file.stem, ensure_ascii=False)
        shown = self.model().model_dump(exclude_defaults=True) | {"key_variable": None}
        # JSON is YAML, and quotes what needs it.
        fields = json.dumps(shown, ensure_ascii=False)
        return f"models:\n  {name}: {fields}\nroles:\n  fast: [{name}]"

    def wait(self) -> None:
        """Stay until somebody interrupts; raises KeyboardInterrupt."""
        Event().wait()
