from fujia.expert.answers.phrases import load_phrases


def test_both_languages_have_every_phrase_with_its_places() -> None:
    for language in ("zh", "en"):
        phrases = load_phrases(language)
        assert "仪表" in phrases.nearest.format(title="仪表", page=phrases.page.format(page=3))
        assert "3" in phrases.page.format(page=3)
        assert "x" in phrases.offer.format(wish="x")
