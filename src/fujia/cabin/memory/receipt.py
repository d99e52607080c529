"""The proof that something was deleted: signed, and silent about what it was."""

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.cabin.memory.vault import make_private, write_private
from fujia.errors import DataError, StoreError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LEDGER = "receipts.jsonl"
_KEY = "signing.key"


class Receipt(BaseModel):
    """What was deleted, and when.

    ``deleted`` holds a digest of each thing with a secret number that was deleted with it: whoever
    kept the thing itself can recognise it, nobody can guess it. ``kinds`` names kinds, such as
    ``temperature``, never values. ``before`` and ``after`` are SHA-256 digests of the encrypted
    file; ``after`` is empty where the file itself is gone. ``key`` and ``signature`` (Ed25519, hex)
    are over all the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: datetime
    store: str
    kinds: tuple[str, ...]
    deleted: tuple[str, ...]
    before: str
    after: str
    key: str = ""
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        content = self.model_dump(mode="json", exclude={"signature"})
        return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()

    def is_genuine(self, key: str = "") -> bool:
        """Whether the signature holds, and ``key`` (if given, hex) is the one that signed."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            public.verify(bytes.fromhex(self.signature), self.signed)
        except (ValueError, InvalidSignature):
            return False
        return key in ("", self.key)

    def is_gone(self, present: Collection[str]) -> bool:
        """Whether nothing that it names is among the digests of what is there."""
        return not set(self.deleted) & set(present)


class Ledger:
    """The receipts of a folder, and the key that signs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def key(self) -> str:
        """The public key, hex: with it anybody can check a receipt."""
        return self._private().public_key().public_bytes_raw().hex()

    def sign(self, receipt: Receipt) -> Receipt:
        """Sign a receipt and keep it; raises StoreError."""
        private = self._private()
        key = private.public_key().public_bytes_raw().hex()
        receipt = receipt.model_copy(update={"key": key})
        signed = receipt.model_copy(update={"signature": private.sign(receipt.signed).hex()})
        file = self.folder / _LEDGER
        try:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(signed.model_dump_json() + "\n")
            file.chmod(0o600)
        except OSError as error:
            raise StoreError(f"{file}: cannot be written: {error.strerror}") from None
        return signed

    def receipts(self) -> tuple[Receipt, ...]:
        """Every receipt, the oldest first; raises DataError for a damaged file."""
        file = self.folder / _LEDGER
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError):
            raise DataError(file, 0, "cannot be read") from None
        receipts: list[Receipt] = []
        for number, line in enumerate(lines, start=1):
            try:
                receipts.append(Receipt.model_validate_json(line))
            except ValidationError:
                raise DataError(file, number, "is not a receipt") from None
        return tuple(receipts)

    def _private(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        file = self.folder / _KEY
        make_private(self.folder)
        if not file.exists():
            write_private(file, Ed25519PrivateKey.generate().private_bytes_raw())
        try:
            return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
        except (OSError, ValueError):
            message = "is damaged; delete it, and receipts are signed with a new key from then on"
            raise DataError(file, 0, message) from None
