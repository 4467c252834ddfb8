"""Registering an organisation, its page, its proofs, its members and those asked to join."""

from marketplace.organisations.views import files, heads, members, page, registering, stand_ins, succession
from marketplace.organisations.views.blueprint import organisations
from marketplace.organisations.views.invitations import invited

__all__ = [
    "files", "heads", "invited", "members", "organisations", "page", "registering", "stand_ins", "succession",
]  # fmt: skip
