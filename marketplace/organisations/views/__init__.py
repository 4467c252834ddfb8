"""Registering an organisation, its page, its proofs, its members and those asked to join."""

from marketplace.organisations.views import (
    files,
    guidance,
    heads,
    members,
    page,
    registering,
    stand_ins,
    succession,
)
from marketplace.organisations.views.blueprint import organisations
from marketplace.organisations.views.invitations import invited

__all__ = [
    "files", "guidance", "heads", "invited", "members", "organisations", "page", "registering", "stand_ins", "succession",
]  # fmt: skip
