from fujia.cabin.models import find_models, use_models
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway


def test_no_models_unless_somebody_said_which():
    use_models(None)
    assert find_models() is None
    gateway = Gateway(load_config())
    use_models(lambda: gateway)
    try:
        assert find_models() is gateway
    finally:
        use_models(None)
    assert find_models() is None
