"""Hashes and compares passwords (argon2id), and knows the common ones that are refused."""

from functools import cache

from flask_security.utils import hash_password, verify_and_update_password

from marketplace.accounts.models import User
from marketplace.accounts.rules import LONGEST_PASSWORD, normalise
from marketplace.config import ROOT
from marketplace.extensions import db


@cache
def common_passwords() -> frozenset[str]:
    """The common passwords shipped with the product, casefolded."""
    return frozenset((ROOT / "marketplace/data/common_passwords.txt").read_text(encoding="utf-8").split("\n"))


def hash_new(password: str) -> str:
    """What is stored of a password."""
    return hash_password(normalise(password))


def matches(user: User | None, password: str) -> bool:
    """Whether the password is the person's; takes as long where nobody or no password is there."""
    plain = normalise(password[:LONGEST_PASSWORD])
    if user is None or user.password is None:
        hash_password(plain)
        return False
    return verify_and_update_password(plain, user) and _still_stands(user)


def _still_stands(user: User) -> bool:
    """Whether the compared password was not replaced meanwhile; until this transaction ends, it will not be.

    A new password ends all sign-ins: one that began with the old password must not slip in behind it.
    """
    compared = user.password
    db.session.refresh(user, with_for_update={"read": True})
    return user.password == compared
