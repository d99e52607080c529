"""What a GGUF file says about itself: name, licence and the like.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Only the beginning of a file
is read, never its weights.
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from fujia.errors import InputError

_MAGIC = b"GGUF"
_TEXT, _LIST = 8, 9
_SIZES: Mapping[int, int] = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Bytes of the values that are no text and no list, by their type."""
_MOST_BYTES = 1_000_000
"""A text longer than this is no description: the file is damaged."""


def read_facts(file: Path) -> dict[str, str]:
    """The texts under ``general.``, by the rest of their name: ``name``, ``license``, ...

    Raises:
        InputError: the file is not there, or no GGUF file.
    """
    try:
        with file.open("rb") as stream:
            return _facts(stream)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, struct.error, KeyError):
        raise InputError(f"{file} is no language model in the GGUF format") from None


def _facts(stream: BinaryIO) -> dict[str, str]:
    if stream.read(4) != _MAGIC:
        raise ValueError("another format")
    _version, _tensors, count = struct.unpack("<IQQ", stream.read(20))
    found: dict[str, str] = {}
    for _ in range(count):
        key = _text(stream)
        (kind,) = struct.unpack("<I", stream.read(4))
        if kind == _TEXT:
            value = _text(stream)
            if key.startswith("general."):
                found[key.removeprefix("general.")] = value
        elif kind == _LIST and not key.startswith("general."):
            break  # the vocabulary; what describes the file stands before it
        else:
            _skip(stream, kind)
    return found


def _text(stream: BinaryIO) -> str:
    (length,) = struct.unpack("<Q", stream.read(8))
    if length > _MOST_BYTES:
        raise ValueError("too long")
    return stream.read(length).decode("utf-8", "replace")


def _skip(stream: BinaryIO, kind: int) -> None:
    if kind != _LIST:
        stream.seek(_SIZES[kind], 1)
        return
    inner, count = struct.unpack("<IQ", stream.read(12))
    for _ in range(count):
        _text(stream) if inner == _TEXT else _skip(stream, inner)
