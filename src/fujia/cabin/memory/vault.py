"""One encrypted file, with a key of its own that can be destroyed.

The file holds a Fernet token (AES-128-CBC with HMAC-SHA-256). The key lies in a file beside it that
only its owner may read. ``renew`` writes the file with a new key and destroys the old one, so that
an old copy of the file is of no use to anybody.
"""

import fcntl
import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from fujia.errors import DataError, StoreError


class Vault:
    """The files ``<name>.vault`` and ``<name>.key`` in ``folder``. Safe for threads and processes.

    Raises:
        StoreError: something cannot be written.
        DataError: what is there cannot be read: damaged, or the key is not its own.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.file = folder / f"{name}.vault"
        self.key_file = folder / f"{name}.key"
        self._threads = RLock()
        self._is_held = False

    @contextmanager
    def locked(self) -> Generator[None]:
        """Keep every other thread and process out; may be nested by one thread."""
        with self._threads:
            if self._is_held:  # a second lock of the same file would wait for the first
                yield
                return
            make_private(self.file.parent)
            handle = _open_folder(self.file.parent)
            self._is_held = True
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                self._is_held = False
                os.close(handle)

    def read(self) -> bytes | None:
        """What was written last; None if nothing was."""
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet

        try:
            token, keys = self.file.read_bytes(), self._keys()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(self.file, 0, f"cannot be read: {error.strerror}") from None
        try:
            return MultiFernet([Fernet(key) for key in keys]).decrypt(token)
        except (InvalidToken, ValueError):
            message = "is damaged, or its key is; what was remembered in it is lost: delete it"
            raise DataError(self.file, 0, message) from None

    def write(self, content: bytes) -> None:
        """Write ``content`` in the place of what there was."""
        from cryptography.fernet import Fernet

        with self.locked():
            keys = self._keys() if self.key_file.exists() else []
            if not keys:
                keys = [Fernet.generate_key()]
                write_private(self.key_file, keys[0])
            write_private(self.file, Fernet(keys[0]).encrypt(content))

    def renew(self, content: bytes) -> None:
        """Write ``content`` with a new key, and destroy the key that there was.

        Whenever this is cut short, what is on the disk can be read: with both keys, until the
        last step.
        """
        from cryptography.fernet import Fernet

        with self.locked():
            old = self._keys() if self.key_file.exists() else []
            new = Fernet.generate_key()
            _supersede(self.key_file, b"\n".join([new, *old]))
            write_private(self.file, Fernet(new).encrypt(content))
            _supersede(self.key_file, new)

    def destroy(self) -> None:
        """Destroy the key, then remove both files."""
        with self.locked():
            if self.key_file.exists():
                _supersede(self.key_file, b"")
            for file in (self.key_file, self.file):
                file.unlink(missing_ok=True)

    def digest(self) -> str:
        """SHA-256 of the file as it lies there; empty if there is none."""
        try:
            return hashlib.sha256(self.file.read_bytes()).hexdigest()
        except OSError:
            return ""

    def _keys(self) -> list[bytes]:
        return self.key_file.read_bytes().split()


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter; raises StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {error.strerror}") from None


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all; raises StoreError."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written: {error.strerror}") from None


def _supersede(file: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file, then overwrite what was there on the disk."""
    if not file.exists():
        write_private(file, content)
        return
    try:
        with file.open("r+b") as old:
            size = len(old.read())
            write_private(file, content)
            old.seek(0)
            old.write(os.urandom(size))
            old.flush()
            os.fsync(old.fileno())
    except OSError as error:
        raise StoreError(f"{file}: cannot be overwritten: {error.strerror}") from None


def _open_folder(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be opened: {error.strerror}") from None
