"""Codes on paper: ten at a time, each used once, kept as hashes (80 random bits need no slow one)."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, update

from marketplace.accounts import rules
from marketplace.accounts.models import RecoveryCode
from marketplace.extensions import db


def renew(user_id: int, *, now: datetime) -> list[str]:
    """Ten new codes as they are shown once; those that were left are dead."""
    remove_unused(user_id)
    codes = [rules.new_recovery_code(secrets.choice) for _ in range(rules.RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(user_id=user_id, code_hash=hash_of(user_id, code), created_at=now) for code in codes
    )
    db.session.flush()
    return [rules.print_recovery_code(code) for code in codes]


def remove_unused(user_id: int) -> None:
    """The codes that were not used are dead."""
    db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    )


def spend(user_id: int, typed: str, *, now: datetime) -> bool:
    """Whether it was one of the person's unused codes, which it no longer is."""
    code = rules.parse_recovery_code(typed)
    if code is None:
        return False
    spent = db.session.scalar(
        update(RecoveryCode)
        .where(RecoveryCode.code_hash == hash_of(user_id, code), RecoveryCode.used_at.is_(None))
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return spent is not None


def hash_of(user_id: int, code: str) -> bytes:
    """What is kept of a code (its letters, without hyphens)."""
    return hashlib.sha256(f"{user_id}|{code}".encode()).digest()
