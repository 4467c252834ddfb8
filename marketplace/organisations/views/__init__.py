"""Registering an organisation, its page, its proofs."""

from marketplace.organisations.views import files, page, registering
from marketplace.organisations.views.blueprint import organisations

__all__ = ["files", "organisations", "page", "registering"]
