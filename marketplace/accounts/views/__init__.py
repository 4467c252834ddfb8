"""Signing in and out, joining, recovery, and a person's own account."""

from marketplace.accounts.views import (
    account,
    address,
    joining,
    protection,
    proving,
    recovery,
    second_step,
    signing_in,
)
from marketplace.accounts.views.blueprints import accounts, security

__all__ = [
    "account", "accounts", "address", "joining", "protection", "proving", "recovery", "second_step", "security",
    "signing_in",
]  # fmt: skip
