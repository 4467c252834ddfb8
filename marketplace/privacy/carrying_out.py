"""Carries out an erasure whose days of thought are over."""

from datetime import datetime

from sqlalchemy import select

from marketplace.core.actor import SYSTEM
from marketplace.extensions import db
from marketplace.lifecycle.actions import move
from marketplace.notifications.actions import Notice, tell
from marketplace.privacy import rules
from marketplace.privacy.erasing import erase, identify
from marketplace.privacy.models import Erasure
from marketplace.privacy.rules import ErasureStatus
from marketplace.privacy.stepping import PAGE, TABLE, refuse_while_needed


def carry_out(erasure_id: int, *, now: datetime) -> bool:
    """Erases whom it concerns once it is due; False where it is not, was done before, or something is open again."""
    row = db.session.scalar(
        select(Erasure)
        .where(Erasure.id == erasure_id, Erasure.status == ErasureStatus.ASKED, Erasure.due_at <= now)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return False
    try:
        refuse_while_needed(row.user_id)
    except (rules.StillNeeded, rules.LastModerator):
        _tell_once(row, now)
        return False
    phones = rules.read_phones(row.phones)
    erase(identify(row.user_id, now=now, phones=phones))
    move(row, ErasureStatus.DONE, table=TABLE, actor=SYSTEM, now=now)
    return True


def _tell_once(row: Erasure, now: datetime) -> None:
    if row.told_at is None:
        row.told_at = now
        tell([Notice("erasure_blocked", [row.user_id], f"{PAGE}/hapus")], now=now)
        db.session.flush()
