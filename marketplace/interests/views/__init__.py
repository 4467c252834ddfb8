"""The pages of an interest: writing it, reading it, deciding on it."""

from marketplace.interests.views import (
    candidates,
    choosing,
    comparing,
    incoming,
    invitations,
    inviting,
    reading,
    steps,
    together,
    writing,
)
from marketplace.interests.views.blueprint import interests

__all__ = [
    "candidates",
    "choosing",
    "comparing",
    "incoming",
    "interests",
    "invitations",
    "inviting",
    "reading",
    "steps",
    "together",
    "writing",
]
