from fujia.cabin.models import gateway_for, use_models
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.privacy import NoConsent


def test_no_models_unless_somebody_said_which():
    use_models(None)
    assert gateway_for(None) is None


def test_everybody_has_a_gateway_with_their_own_consent():
    config, one, other = load_config(), NoConsent(), NoConsent()
    use_models(lambda consent: Gateway(config, consent=consent))
    try:
        assert gateway_for(one) is gateway_for(one)
        assert gateway_for(one) is not gateway_for(other)
    finally:
        use_models(None)
    assert gateway_for(one) is None
