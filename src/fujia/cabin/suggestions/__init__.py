"""Suggestions that nobody asked for: few, at a good moment, each with its reason."""

from fujia.cabin.suggestions.suggester import Suggester, Suggestion

__all__ = ["Suggester", "Suggestion"]
