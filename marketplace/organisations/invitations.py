"""Asking people to join by mail, and their answer."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from marketplace.accounts.models import User
from marketplace.accounts.queries import find_by_email, find_by_id
from marketplace.core.actor import Actor, MemberRole
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.mail import actions as mail
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations import member_queries, member_rules, queries
from marketplace.organisations.invitation_tokens import make_token, read_token
from marketplace.organisations.member_rules import InvitationOutcome
from marketplace.organisations.members import lock, lock_managed, note
from marketplace.organisations.models import Invitation, Member, Organisation

# Whether that mailbox may get one more letter.
MayWrite = Callable[[str], bool]


def always(_email: str) -> bool:
    """Without a limit: for who has asked it elsewhere."""
    return True


def invite(
    organisation_id: int, *, email: str, role: MemberRole, language: str, actor: Actor, now: datetime,
    may_write: MayWrite = always,
) -> None:  # fmt: skip
    """Asks an address to join; says the same whether it has an account or not.

    Raises AlreadyMember, AlreadyInvited, TooManyInvitations or TooManyLetters.
    """
    organisation = lock_managed(organisation_id, actor)
    invitation = member_queries.find_unanswered(organisation_id, email)
    if invitation is None:
        member_rules.check_invitation_room(member_queries.count_unanswered(organisation_id))
    elif not member_rules.is_lapsed(invitation.expires_at, now):
        raise member_rules.AlreadyInvited(field="email", until=invitation.expires_at)
    ask(organisation, email=email, role=role, language=language, actor=actor, now=now, may_write=may_write)


def ask(
    organisation: Organisation, *, email: str, role: MemberRole, language: str, actor: Actor, now: datetime,
    may_write: MayWrite,
) -> None:  # fmt: skip
    """The letter, for an actor who was found to have the right, with the organisation locked.

    What the address was asked before and has not answered is asked anew in this role. Raises AlreadyMember or
    TooManyLetters.
    """
    if member_queries.is_member_by_email(organisation.id, email):
        raise member_rules.AlreadyMember(field="email")
    invitation = member_queries.find_unanswered(organisation.id, email)
    if invitation is None:
        invitation = Invitation(organisation_id=organisation.id, email=email, serial=0, created_at=now)
        db.session.add(invitation)
    invitation.role, invitation.language = role, language
    _send(invitation, organisation, actor, now, may_write)


def send_again(
    organisation_id: int, invitation_id: int, *, actor: Actor, now: datetime,
    may_write: MayWrite = always,
) -> None:  # fmt: skip
    """Mails a fresh link; the older one is dead. Pressed twice within a minute, once. Raises InvitationDead or TooManyLetters."""
    organisation = lock_managed(organisation_id, actor)
    invitation = _get_of(organisation_id, invitation_id)
    if invitation.outcome is not None:
        raise member_rules.InvitationDead
    if not member_rules.is_just_sent(invitation.expires_at, now):
        _send(invitation, organisation, actor, now, may_write)


def withdraw(organisation_id: int, invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Takes an unanswered invitation back; one that is answered or withdrawn stays as it is."""
    organisation = lock_managed(organisation_id, actor)
    invitation = _get_of(organisation_id, invitation_id)
    if invitation.outcome is None:
        _end(invitation, InvitationOutcome.WITHDRAWN, now)
        note("organisation:invitation_withdrawn", organisation, actor, now, invitation_id=invitation.id)


def _get_of(organisation_id: int, invitation_id: int) -> Invitation:
    invitation = member_queries.lock_invitation(invitation_id)
    if invitation is None or invitation.organisation_id != organisation_id:
        raise NotFound
    return invitation


def _send(
    invitation: Invitation, organisation: Organisation, actor: Actor, now: datetime, may_write: MayWrite
) -> None:
    if not may_write(invitation.email):
        raise member_rules.TooManyLetters(field="email")
    invitation.serial += 1
    invitation.invited_by = actor.user_id
    invitation.expires_at = now + member_rules.INVITATION_LASTS
    db.session.flush()
    _write_letter(invitation, organisation, actor, now)
    note(
        "organisation:member_invited",
        organisation,
        actor,
        now,
        invitation_id=invitation.id,
        role=str(invitation.role),
    )


def _write_letter(invitation: Invitation, organisation: Organisation, actor: Actor, now: datetime) -> None:
    told = {"organisation": organisation.name, "role": str(invitation.role), "inviter": actor.name}
    letter = {**told, "token": make_token(invitation.id, invitation.serial)}
    user = find_by_email(invitation.email)
    if user is None or not _may_answer(user):
        mail.owe_to_address(
            invitation.email, language=invitation.language, template="member_invited", params=letter,
            path="/daftar", now=now,
        )  # fmt: skip
        return
    mail.owe(user_id=user.id, template="member_invited", params=letter, path="/masuk", now=now)
    # The inbox leads to the list of invitations: the link itself is in the mail only.
    tell([Notice("member_invited", [user.id], "/dasbor/organisasi", told, by_mail=False)], now=now)


def _may_answer(user: User) -> bool:
    return user.active and user.erased_at is None and user.confirmed_at is not None


def get_answerable(token: str, *, now: datetime) -> tuple[Invitation, Organisation]:
    """What the link asks, for the page that shows it. Raises InvitationDead."""
    invitation_id, serial = read_token(token)
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.serial != serial:
        raise member_rules.InvitationDead
    member_rules.check_answerable(invitation.outcome, invitation.expires_at, now)
    return invitation, queries.get(invitation.organisation_id)


def accept(token: str, *, actor: Actor, now: datetime) -> int:
    """Makes the actor a member; pressed twice, once. The organisation's id.

    Raises InvitationDead or InvitationForAnother.
    """
    invitation = _lock_own(token, actor)
    if invitation.outcome is InvitationOutcome.ACCEPTED and member_queries.find_member(
        invitation.organisation_id, actor.user_id
    ):
        return invitation.organisation_id
    member_rules.check_answerable(invitation.outcome, invitation.expires_at, now)
    _end(invitation, InvitationOutcome.ACCEPTED, now)
    db.session.execute(
        insert(Member)
        .values(
            organisation_id=invitation.organisation_id,
            user_id=actor.user_id,
            role=invitation.role,
            joined_at=now,
        )
        .on_conflict_do_nothing()
    )
    _tell_owners("member_joined", "organisation:member_joined", invitation, actor, now)
    return invitation.organisation_id


def decline(token: str, *, actor: Actor, now: datetime) -> None:
    """Says no; pressed twice, once. Raises InvitationDead or InvitationForAnother."""
    invitation = _lock_own(token, actor)
    if invitation.outcome is InvitationOutcome.DECLINED:
        return
    member_rules.check_answerable(invitation.outcome, invitation.expires_at, now)
    _end(invitation, InvitationOutcome.DECLINED, now)
    _tell_owners("member_declined", "organisation:invitation_declined", invitation, actor, now)


def _lock_own(token: str, actor: Actor) -> Invitation:
    invitation_id, serial = read_token(token)
    found = db.session.get(Invitation, invitation_id)
    if found is None or lock(found.organisation_id) is None:
        raise member_rules.InvitationDead
    invitation = member_queries.lock_invitation(invitation_id)
    if invitation is None or invitation.serial != serial:
        raise member_rules.InvitationDead
    if not is_for(invitation, actor):
        raise member_rules.InvitationForAnother
    return invitation


def is_for(invitation: Invitation, actor: Actor) -> bool:
    """Whether the actor's own address is the one that was asked."""
    user = find_by_id(actor.user_id or 0)
    return user is not None and user.email.casefold() == invitation.email.casefold()


def _end(invitation: Invitation, outcome: InvitationOutcome, now: datetime) -> None:
    invitation.outcome, invitation.ended_at = outcome, now
    db.session.flush()


def _tell_owners(kind: str, event: str, invitation: Invitation, actor: Actor, now: datetime) -> None:
    organisation = queries.get(invitation.organisation_id)
    owners = queries.list_member_ids(organisation.id, MemberRole.OWNER)
    told = {"organisation": organisation.name, "person": actor.name, "role": str(invitation.role)}
    path = f"/dasbor/organisasi/{organisation.id}/anggota"
    recipients = [number for number in owners if number != actor.user_id]
    tell([Notice(kind, recipients, path, told)], now=now)
    note(event, organisation, actor, now, invitation_id=invitation.id, role=str(invitation.role))
