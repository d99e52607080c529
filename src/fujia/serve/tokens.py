"""Bearer tokens: who may do what. Only their SHA-256 is kept, in a YAML file.

.. code-block:: yaml

    tokens:
      - {name: head-unit, role: cabin, sha256: 6c1f...}

A role may do what those before it may: ``reader`` looks, ``cabin`` talks too, ``workshop`` sees
traces and sets the simulated world too.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.errors import InputError

Role = Literal["reader", "cabin", "workshop"]
ROLES: tuple[Role, ...] = get_args(Role)


class Token(BaseModel):
    """One token: whose it is, and the digest that proves it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=64)
    role: Role
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class TokenFile(BaseModel):
    """The file of tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every token that a server accepts."""

    tokens: tuple[Token, ...]

    @classmethod
    def load(cls, file: Path) -> "Tokens":
        """Read the file; raises DataError if it is missing or does not follow its schema."""
        return cls(load_yaml(file, TokenFile).tokens)

    def find(self, secret: str) -> Token | None:
        """The token with this secret, found in the same time whichever it is."""
        digest, found = _digest(secret), None
        for token in self.tokens:
            if hmac.compare_digest(token.sha256, digest):
                found = token
        return found


def may(role: Role, needed: Role) -> bool:
    """Whether a role includes another."""
    return ROLES.index(role) >= ROLES.index(needed)


def add_token(file: Path, name: str, role: Role) -> str:
    """Make a token, add its digest to the file, and return the secret: it is shown only once.

    Raises:
        InputError: the name is taken, or the file cannot be written.
        DataError: the file does not follow its schema.
    """
    known = load_yaml(file, TokenFile).tokens if file.exists() else ()
    if any(token.name == name for token in known):
        raise InputError(f"{file} has a token called {name!r}; remove it there first")
    secret = f"fujia_{secrets.token_urlsafe(32)}"
    kept = (*known, Token(name=name, role=role, sha256=_digest(secret)))
    text = yaml.safe_dump({"tokens": [token.model_dump() for token in kept]}, allow_unicode=True)
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
        part.replace(file)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None
    return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
