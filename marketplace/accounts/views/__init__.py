"""Signing in and out, joining, recovery, and a person's own account."""

from marketplace.accounts.views import account, joining, recovery, signing_in
from marketplace.accounts.views.blueprints import accounts, security

__all__ = ["account", "accounts", "joining", "recovery", "security", "signing_in"]
