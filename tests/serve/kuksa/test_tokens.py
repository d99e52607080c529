import time
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from fujia.errors import InputError
from fujia.serve.kuksa.status import Refusal
from fujia.serve.kuksa.tokens import EVERYTHING, Tokens

KEYS = {
    "RS256": rsa.generate_private_key(65537, 2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def public(key, folder: Path) -> Path:
    file = folder / "key.pub"
    pem = form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
    file.write_bytes(key.public_key().public_bytes(*pem))
    return file


def token(algorithm: str = "EdDSA", key=None, **claims) -> str:
    content = {"aud": ["kuksa.val"], "exp": time.time() + 60, "scope": "read"} | claims
    content = {name: value for name, value in content.items() if value is not None}
    return "Bearer " + jwt.encode(content, key or KEYS[algorithm], algorithm=algorithm)


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_good_token_of_every_kind_of_key(algorithm: str, tmp_path: Path):
    tokens = Tokens(public(KEYS[algorithm], tmp_path))
    permissions = tokens.permissions(token(algorithm))
    permissions.check("read", "Vehicle.Speed")
    assert not permissions.allows("actuate", "Vehicle.Speed")


def test_scopes(tmp_path: Path):
    tokens = Tokens(public(KEYS["EdDSA"], tmp_path))
    scope = "read:Vehicle.Speed actuate:Vehicle.Cabin provide:Vehicle.*.Trunk admin"
    allows = tokens.permissions(token(scope=scope)).allows
    assert allows("read", "Vehicle.Speed")
    assert not allows("provide", "Vehicle.Speed")
    assert allows("actuate", "Vehicle.Cabin.HVAC.IsOn")
    assert allows("read", "Vehicle.Cabin.HVAC.IsOn")
    assert not allows("actuate", "Vehicle.CabinX")
    assert allows("provide", "Vehicle.Body.Trunk")
    assert not allows("read", "Vehicle.Body.Hood")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer ",
        "Basic abc",
        "Bearer abc",
        token(exp=time.time() - 1),
        token(exp=None),
        token(scope=None),
        token(aud=["somebody.else"]),
        token(scope="read:no..path"),
        token(key=ed25519.Ed25519PrivateKey.generate()),
        token("ES256"),
        "Bearer " + jwt.encode({"aud": "kuksa.val", "exp": 9e9, "scope": "read"}, "", "none"),
    ],
)
def test_any_other_token_is_refused(header: str | None, tmp_path: Path):
    tokens = Tokens(public(KEYS["EdDSA"], tmp_path))
    with pytest.raises(Refusal) as caught:
        tokens.permissions(header)
    assert caught.value.code.name == "UNAUTHENTICATED"
    secret = (header or "").removeprefix("Bearer ").strip()
    assert not secret or secret not in str(caught.value)


def test_a_token_ends_while_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    permissions = Tokens(public(KEYS["EdDSA"], tmp_path)).permissions(token())
    permissions.check_time()
    later = time.time() + 61
    monkeypatch.setattr("fujia.serve.kuksa.tokens.time.time", lambda: later)
    with pytest.raises(Refusal, match="expired"):
        permissions.check("read", "Vehicle.Speed")


def test_who_may_do_everything():
    EVERYTHING.check_time()
    for deed in ("read", "actuate", "provide"):
        EVERYTHING.check(deed, "Vehicle.Speed")
        assert EVERYTHING.allows(deed, "Vehicle.Speed")


def test_only_a_public_key_will_do(tmp_path: Path):
    with pytest.raises(InputError, match="No such file"):
        Tokens(tmp_path / "none.pub")
    text = tmp_path / "text"
    text.write_text("hello", encoding="utf-8")
    with pytest.raises(InputError, match="is not a public key"):
        Tokens(text)
    with pytest.raises(InputError, match="RSA, EC or Ed25519"):
        Tokens(public(dsa.generate_private_key(1024), tmp_path))
