"""The pages of an interest: writing it, reading it, deciding on it."""

from marketplace.interests.views import incoming, reading, steps, writing
from marketplace.interests.views.blueprint import interests

__all__ = ["incoming", "interests", "reading", "steps", "writing"]
