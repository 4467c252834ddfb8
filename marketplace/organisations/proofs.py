"""The documents that show who an organisation is."""

from datetime import date, datetime
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.core import dates
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.files.actions import store_upload
from marketplace.files.models import Blob
from marketplace.files.rules import JPEG, PDF, PNG
from marketplace.organisations import actions, expiry_rules, policy, queries, registering_queries, rules
from marketplace.organisations.models import Proof

KINDS = (PDF, PNG, JPEG)


def add(
    organisation_id: int, *, title: str, stream: BinaryIO, filename: str, actor: Actor, now: datetime,
    expires_on: date | None = None, replaces: int | None = None,
) -> None:  # fmt: skip
    """Stores one proof; the same file sent twice is one.

    `replaces` is an older one that counts no more. Raises TooManyProofs, ExpiryPassed, NotFound or a File… refusal.
    """
    organisation = actions.lock_for_edit(organisation_id, actor=actor, seen=None)
    expiry_rules.check_expiry(expires_on, dates.local_day(now, dates.HOME_ZONE))
    if replaces is not None:
        registering_queries.get_proof(organisation_id, replaces)
    rules.check_proof_count(registering_queries.count_proofs(organisation_id))
    blob = store_upload(stream, filename, actor=actor, now=now, kinds=KINDS)
    if _has(organisation_id, blob):
        return
    try:
        with db.session.begin_nested():
            db.session.add(
                Proof(
                    organisation_id=organisation_id,
                    blob_id=blob.id,
                    sha256=blob.sha256,
                    title=title,
                    created_at=now,
                    expires_on=expires_on,
                    replaces_id=replaces,
                )
            )
    except IntegrityError:
        return
    actions.note_edit("organisation:proof_added", organisation, actor=actor, now=now)


def _has(organisation_id: int, blob: Blob) -> bool:
    same = select(Proof.id).where(Proof.organisation_id == organisation_id, Proof.sha256 == blob.sha256)
    return db.session.scalar(same) is not None


def remove(organisation_id: int, proof_id: int, *, actor: Actor, now: datetime) -> None:
    """Takes away a proof that was never submitted; one that is gone already is no fault. Raises ProofStays."""
    organisation = actions.lock_for_edit(organisation_id, actor=actor, seen=None)
    proof = db.session.scalar(
        select(Proof).where(Proof.id == proof_id, Proof.organisation_id == organisation_id)
    )
    if proof is None:
        return
    if organisation.submitted_at is not None and proof.created_at <= organisation.submitted_at:
        raise rules.ProofStays
    db.session.delete(proof)
    actions.note_edit("organisation:proof_removed", organisation, actor=actor, now=now)


def get_readable(organisation_id: int, proof_id: int, *, actor: Actor) -> Proof:
    """The proof with its file, for members and moderators. Raises NotFound for everybody else."""
    if not policy.can_see(actor, queries.get(organisation_id)):
        raise NotFound
    return registering_queries.get_proof(organisation_id, proof_id)
