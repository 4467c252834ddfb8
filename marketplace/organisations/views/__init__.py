"""Registering an organisation, its page, its proofs, its members and those asked to join."""

from marketplace.organisations.views import files, members, page, registering
from marketplace.organisations.views.blueprint import organisations
from marketplace.organisations.views.invitations import invited

__all__ = ["files", "invited", "members", "organisations", "page", "registering"]
