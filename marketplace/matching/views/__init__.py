"""Where partners meet suggestions: their list, the fit on a listing, letters, and how suggestions are made."""

from marketplace.matching.views import fit, guide, letters, own
from marketplace.matching.views.blueprint import matching_guide, suggestion_letters, suggestions

__all__ = ["fit", "guide", "letters", "matching_guide", "own", "suggestion_letters", "suggestions"]
