"""Agreeing to the terms and the privacy policy in force, and taking it back: facts that are only added."""

from datetime import datetime

from marketplace.accounts.models import Consent, User
from marketplace.accounts.queries import list_consents
from marketplace.accounts.rules import TERMS_VERSION, ConsentKind, ConsentStep
from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.extensions import db


def agree(user: User, *, now: datetime) -> None:
    """Notes that the person agrees to the version in force; a second time in a row adds nothing."""
    user.terms_version, user.terms_accepted_at = TERMS_VERSION, now
    _add(user, ConsentStep.GIVEN, TERMS_VERSION, now)


def agree_again(user: User, *, actor: Actor, now: datetime) -> None:
    """The same by a button of an account that agreed to an older version, or to none."""
    before = user.terms_version
    agree(user, now=now)
    if before != TERMS_VERSION:
        audit.record("account:terms_accepted", actor=actor, now=now, object_kind="user", object_id=user.id)


def take_back(user: User, *, now: datetime) -> None:
    """Notes that the person agrees no longer: part of asking for the erasure."""
    _add(user, ConsentStep.WITHDRAWN, user.terms_version or TERMS_VERSION, now)


def _add(user: User, step: ConsentStep, version: str, now: datetime) -> None:
    newest = {row.kind: (row.step, row.version) for row in reversed(list_consents(user.id))}
    for kind in ConsentKind:
        if newest.get(kind) != (step, version):
            db.session.add(Consent(user_id=user.id, kind=kind, version=version, step=step, at=now))
    db.session.flush()
