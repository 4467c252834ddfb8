"""Documents that end: asking for a fresh look, LAIP's answer, and the warnings before."""

from collections.abc import Iterable
from datetime import datetime

from marketplace.accounts.queries import list_moderator_ids
from marketplace.audit import actions as audit
from marketplace.changes import actions as changes
from marketplace.core import dates
from marketplace.core.actor import SYSTEM, Actor, MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.actions import move
from marketplace.lifecycle.rules import ChangedSinceRead, MoveImpossible
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations import expiry_rules, policy, queries, rules, trust_queries
from marketplace.organisations.actions import TABLE, end_of_verification
from marketplace.organisations.expiry_rules import EXPIRED
from marketplace.organisations.member_rules import APPROVERS
from marketplace.organisations.members import lock
from marketplace.organisations.models import Organisation, Proof
from marketplace.organisations.rules import OrganisationStatus


def ask_again(organisation_id: int, *, actor: Actor, now: datetime) -> None:
    """Puts a verified organisation's new documents before LAIP; pressed twice, once. Raises NothingToCheckAgain."""
    organisation = _lock_visible(organisation_id, actor)
    if not actor.has_role(organisation_id, MemberRole.OWNER):
        raise Forbidden
    if organisation.recheck_asked_at is not None:
        return
    newer = count_newer(organisation, trust_queries.list_current_proofs(organisation_id))
    if not expiry_rules.may_check_again(organisation.status, asked=False, newer_proofs=newer):
        raise expiry_rules.NothingToCheckAgain
    organisation.recheck_asked_at = now
    organisation.revision += 1
    db.session.flush()
    _note("organisation:recheck_asked", organisation, actor, now)
    told = {"organisation": organisation.name}
    path = f"/moderasi/organisasi/{organisation_id}"
    tell([Notice("organisation_recheck", list_moderator_ids(), path, told)], now=now)


def count_newer(organisation: Organisation, proofs: Iterable[Proof]) -> int:
    """How many of these documents came after LAIP's last decision."""
    decided = organisation.decided_at
    return sum(1 for proof in proofs if decided is None or proof.created_at > decided)


def renew(organisation_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """LAIP has looked again: the verification lasts as long as the documents that now count.

    Raises DocumentLapsed, Forbidden, MoveImpossible or ChangedSinceRead.
    """
    organisation = _lock_visible(organisation_id, actor)
    _refuse_late(organisation, actor, seen)
    until = end_of_verification(organisation_id)
    told = {"organisation": organisation.name, "until": until.isoformat() if until else ""}
    members = queries.list_member_ids(organisation_id)
    notice = Notice("organisation_renewed", members, f"/dasbor/organisasi/{organisation_id}", told)
    move(
        organisation, OrganisationStatus.VERIFIED, table=TABLE, actor=actor, now=now, seen=seen, tells=[notice],
        values={
            "valid_until": until, "warned_days": None, "recheck_asked_at": None, "decided_at": now,
            "decision_reason": None, "decision_words": None,
        },
    )  # fmt: skip


def refuse_renewal(
    organisation_id: int, *, reason: str | None, words: str, actor: Actor, now: datetime, seen: int
) -> None:
    """The new documents do not do; the verification goes on to its end. Raises ReasonNeeded or WordsNeeded."""
    organisation = _lock_visible(organisation_id, actor)
    _refuse_late(organisation, actor, seen)
    rules.check_renewal_reason(reason)
    rules.check_words(reason, words)
    organisation.recheck_asked_at = None
    organisation.decision_reason, organisation.decision_words = reason, words or None
    organisation.decided_at = now
    organisation.revision += 1
    db.session.flush()
    audit.record(
        "organisation:renewal_refused", actor=actor, now=now, object_kind="organisation", object_id=organisation_id,
        reason=reason, words=words or None,
    )  # fmt: skip
    told = {"organisation": organisation.name, "reason": reason or "", "words": words}
    members = queries.list_member_ids(organisation_id)
    path = f"/dasbor/organisasi/{organisation_id}"
    tell([Notice("organisation_renewal_refused", members, path, told)], now=now)


def _lock_visible(organisation_id: int, actor: Actor) -> Organisation:
    organisation = lock(organisation_id)
    if organisation is None or not policy.can_see(actor, organisation):
        raise NotFound
    return organisation


def _refuse_late(organisation: Organisation, actor: Actor, seen: int) -> None:
    if not policy.can_decide(actor, organisation):
        raise Forbidden
    if organisation.recheck_asked_at is None:
        raise MoveImpossible
    if seen != organisation.revision:
        raise ChangedSinceRead


def warn_of_end(organisation_id: int, *, now: datetime) -> bool:
    """Tells the owners once a threshold that the end is near, or over; whether it told."""
    organisation = lock(organisation_id)
    if organisation is None or organisation.status is not OrganisationStatus.VERIFIED:
        return False
    due = expiry_rules.due_warning(organisation.valid_until, dates.local_day(now, dates.HOME_ZONE))
    if due is None or (organisation.warned_days is not None and organisation.warned_days <= due):
        return False
    organisation.warned_days = due
    db.session.flush()
    kind = "organisation_expired" if due == EXPIRED else "organisation_expiring"
    until = organisation.valid_until.isoformat() if organisation.valid_until else ""
    owners = queries.list_member_ids(organisation_id, *APPROVERS)
    told = {"organisation": organisation.name, "until": until, "days": due}
    tell([Notice(kind, owners, f"/dasbor/organisasi/{organisation_id}", told)], now=now)
    if due == EXPIRED:
        _note("organisation:expired", organisation, SYSTEM, now)
        changes.record("organisation", organisation_id)
    return True


def _note(kind: str, organisation: Organisation, actor: Actor, now: datetime) -> None:
    audit.record(kind, actor=actor, now=now, object_kind="organisation", object_id=organisation.id)
