import pytest

from fujia.errors import ModelError
from fujia.llm.model import Completion
from fujia.llm.scripted import ScriptedModel
from fujia.llm.traced import Traced, tracer
from tests.llm.asking import ask

pytest.importorskip("opentelemetry", reason="the extra 'llm' is not installed")


class Span:
    def __init__(self, name: str, attributes: dict[str, object]) -> None:
        self.name, self.attributes, self.ended = name, dict(attributes), False

    def set_attribute(self, name: str, value: object) -> None:
        self.attributes[name] = value

    def __enter__(self) -> "Span":
        return self

    def __exit__(self, *_: object) -> None:
        self.ended = True


class Tracer:
    def __init__(self) -> None:
        self.spans: list[Span] = []

    def start_as_current_span(self, name: str, attributes: dict[str, object], **_: object) -> Span:
        self.spans.append(Span(name, attributes))
        return self.spans[-1]


def test_a_span_counts_and_never_holds_what_was_said():
    spans = Tracer()
    fake = ScriptedModel({"secret?": [Completion("secret!", 5, 3)]}, "m")
    Traced(fake, "https://a", spans).complete(ask("secret?"))
    (span,) = spans.spans
    assert (span.name, span.ended) == ("chat m", True)
    assert span.attributes["gen_ai.usage.input_tokens"] == 5
    assert span.attributes["server.address"] == "https://a"
    assert "secret" not in str(span.attributes)


def test_an_error_is_named():
    spans = Tracer()
    with pytest.raises(ModelError):
        Traced(ScriptedModel({"a": [ModelError("no", "busy")]}), "", spans).complete(ask())
    assert spans.spans[0].attributes["error.type"] == "busy"


def test_the_real_tracer_takes_it():
    real = tracer()
    assert Traced(ScriptedModel({"a": ["好"]}), "", real).complete(ask()).text == "好"
