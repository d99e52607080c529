"""Who may do what: JSON web tokens with KUKSA's scopes.

A scope is ``read``, ``actuate`` or ``provide``, for everything or for a path:
``actuate:Vehicle.Cabin``. Who may actuate or provide a signal may read it as well.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from grpc import StatusCode

from fujia.errors import InputError
from fujia.serve.kuksa.paths import PatternError, covers
from fujia.serve.kuksa.status import Refusal

AUDIENCE = "kuksa.val"
"""Whom a token must be meant for."""

Deed = Literal["read", "actuate", "provide"]
_DEEDS = get_args(Deed)
_ALGORITHMS: dict[type, list[str]] = {
    RSAPublicKey: ["RS256", "RS384", "RS512"],
    EllipticCurvePublicKey: ["ES256", "ES384"],
    Ed25519PublicKey: ["EdDSA"],
}


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a caller may do: patterns of paths by deed, until ``expires`` (seconds since 1970)."""

    patterns: Mapping[Deed, tuple[str, ...]] = field(
        default_factory=lambda: dict[Deed, tuple[str, ...]]()
    )
    expires: float | None = None

    def allows(self, deed: Deed, path: str) -> bool:
        """Whether that may be done with the signal at ``path``."""
        granting = _DEEDS if deed == "read" else (deed,)
        return any(covers(each, path) for key in granting for each in self.patterns.get(key, ()))

    def check(self, deed: Deed, path: str) -> None:
        """Raise Refusal unless that may be done with the signal at ``path``."""
        self.check_time()
        if not self.allows(deed, path):
            raise Refusal(
                StatusCode.PERMISSION_DENIED, f"the token does not allow to {deed} {path}"
            )

    def check_time(self) -> None:
        """Raise Refusal if the token has expired."""
        if self.expires is not None and self.expires <= time.time():
            raise Refusal(StatusCode.UNAUTHENTICATED, "the token has expired")


EVERYTHING = Permissions(dict.fromkeys(_DEEDS, ("**",)))
"""What everybody may do where no tokens are asked for."""


class Tokens:
    """Checks tokens against the public key (PEM; RSA, EC or Ed25519) of whoever issues them.

    Raises:
        InputError: the file is not such a key.
    """

    def __init__(self, public_key: Path) -> None:
        try:
            key = load_pem_public_key(public_key.read_bytes())
        except OSError as error:
            raise InputError(f"{public_key}: {error.strerror}") from None
        except (ValueError, UnsupportedAlgorithm):
            raise InputError(f"{public_key}: is not a public key in PEM format") from None
        kinds = [names for kind, names in _ALGORITHMS.items() if isinstance(key, kind)]
        if not kinds:
            raise InputError(f"{public_key}: is not an RSA, EC or Ed25519 key")
        self._key: Any = key
        self._algorithms = kinds[0]

    def permissions(self, authorization: str | None) -> Permissions:
        """What the ``authorization`` header of a call allows; raises Refusal."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refusal(StatusCode.UNAUTHENTICATED, "a token is needed: authorization: Bearer …")
        try:
            claims = jwt.decode(
                token.strip(),
                self._key,
                algorithms=self._algorithms,
                audience=AUDIENCE,
                options={"require": ["exp", "scope"]},
            )
            return Permissions(_patterns(str(claims["scope"])), float(claims["exp"]))
        except jwt.ExpiredSignatureError:
            raise Refusal(StatusCode.UNAUTHENTICATED, "the token has expired") from None
        except (jwt.PyJWTError, PatternError) as error:
            raise Refusal(StatusCode.UNAUTHENTICATED, f"the token is not valid: {error}") from None


def _patterns(scope: str) -> dict[Deed, tuple[str, ...]]:
    """Patterns by deed; a scope that nobody knows allows nothing."""
    found: dict[Deed, tuple[str, ...]] = {}
    for part in scope.split():
        name, _, path = part.partition(":")
        for deed in _DEEDS:
            if name == deed:
                covers(path, "")
                found[deed] = (*found.get(deed, ()), path)
    return found
