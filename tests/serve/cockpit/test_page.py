import pytest
from starlette.requests import Request

from fujia.serve.cockpit.page import STATIC, preferred_language
from tests.serve.conftest import Served


def request(**headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), each.encode()) for name, each in headers.items()]
    return Request({"type": "http", "headers": pairs})


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "zh"),
        ({"accept_language": "zh-CN,zh;q=0.9,en;q=0.8"}, "zh"),
        ({"accept_language": "en-GB,en;q=0.9"}, "en"),
        ({"accept_language": "de"}, "en"),
        ({"accept_language": "en", "cookie": "fujia_language=zh"}, "zh"),
        ({"accept_language": "zh", "cookie": "fujia_language=en"}, "en"),
        ({"cookie": "fujia_language=%00"}, "en"),
    ],
)
def test_the_language_that_a_visitor_wants(headers: dict[str, str], language: str):
    assert preferred_language(request(**headers)) == language


def test_style_sheets_and_script_ask_for_nothing_from_elsewhere():
    for file in STATIC.iterdir():
        text = file.read_text(encoding="utf-8")
        assert "http" not in text, file.name
        assert "@import" not in text, file.name


def test_the_api_stays_where_it_is(served: Served):
    assert served.client.get("/v1/health").status_code == 200
