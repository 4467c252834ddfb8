from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.core.actor import MemberRole
from marketplace.extensions import db
from marketplace.organisations.member_rules import is_lapsed
from marketplace.organisations.models import Invitation, Member, Organisation


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member as the other members see them; the address is for owners only."""

    user_id: int
    name: str
    email: str
    role: MemberRole
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An unanswered invitation, perhaps lapsed."""

    id: int
    organisation_id: int
    organisation_name: str
    email: str
    role: MemberRole
    serial: int
    expires_at: datetime

    def lapsed(self, now: datetime) -> bool:
        return is_lapsed(self.expires_at, now)


_COLLEAGUE = (User.id, User.name, User.email, Member.role, Member.joined_at)
_INVITATION = (
    Invitation.id,
    Invitation.organisation_id,
    Organisation.name,
    Invitation.email,
    Invitation.role,
    Invitation.serial,
    Invitation.expires_at,
)


def list_colleagues(organisation_id: int, *, limit: int, offset: int = 0) -> list[Colleague]:
    """Who is in the organisation, in the order in which they joined."""
    rows = db.session.execute(
        select(*_COLLEAGUE)
        .join(Member, Member.user_id == User.id)
        .where(Member.organisation_id == organisation_id)
        .order_by(Member.id)
        .limit(limit)
        .offset(offset)
    )
    return [Colleague(*row) for row in rows]


def find_colleague(organisation_id: int, user_id: int) -> Colleague | None:
    """One member; None for everybody else."""
    row = db.session.execute(
        select(*_COLLEAGUE)
        .join(Member, Member.user_id == User.id)
        .where(Member.organisation_id == organisation_id, Member.user_id == user_id)
    ).first()
    return Colleague(*row) if row else None


def count_members(organisation_id: int, role: MemberRole | None = None) -> int:
    """How many members the organisation has, of that role or of all."""
    members = select(func.count(Member.id)).where(Member.organisation_id == organisation_id)
    if role is not None:
        members = members.where(Member.role == role)
    return db.session.scalar(members) or 0


def find_member(organisation_id: int, user_id: int | None) -> Member | None:
    """The membership row as it is now."""
    return db.session.scalar(
        select(Member)
        .where(Member.organisation_id == organisation_id, Member.user_id == user_id)
        .execution_options(populate_existing=True)
    )


def is_member_by_email(organisation_id: int, email: str) -> bool:
    """Whether somebody of that address belongs to the organisation."""
    return (
        db.session.scalar(
            select(Member.id)
            .join(User, User.id == Member.user_id)
            .where(Member.organisation_id == organisation_id, func.lower(User.email) == email.lower())
        )
        is not None
    )


def find_unanswered(organisation_id: int, email: str) -> Invitation | None:
    """The invitation that this address has not answered; it may have lapsed."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id,
            func.lower(Invitation.email) == email.lower(),
            Invitation.outcome.is_(None),
        )
    )


def lock_invitation(invitation_id: int) -> Invitation | None:
    """The row as it is now, nobody else's until this transaction ends."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def count_unanswered(organisation_id: int) -> int:
    """How many invitations nobody has answered."""
    return (
        db.session.scalar(
            select(func.count(Invitation.id)).where(
                Invitation.organisation_id == organisation_id, Invitation.outcome.is_(None)
            )
        )
        or 0
    )


def list_invitations(organisation_id: int, *, limit: int = 50) -> list[InvitationLine]:
    """The organisation's unanswered invitations, the newest first."""
    rows = db.session.execute(
        select(*_INVITATION)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.organisation_id == organisation_id, Invitation.outcome.is_(None))
        .order_by(Invitation.id.desc())
        .limit(limit)
    )
    return [InvitationLine(*row) for row in rows]


def list_invitations_to(user_id: int, *, now: datetime, limit: int = 20) -> list[InvitationLine]:
    """What this person's (proved) address is invited to and may still answer."""
    rows = db.session.execute(
        select(*_INVITATION)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(User, func.lower(User.email) == func.lower(Invitation.email))
        .where(
            User.id == user_id,
            Invitation.outcome.is_(None),
            Invitation.expires_at >= now,
        )
        .order_by(Invitation.id.desc())
        .limit(limit)
    )
    return [InvitationLine(*row) for row in rows]


def list_sent_by(organisation_id: int, user_id: int) -> list[Invitation]:
    """What a member has sent and nobody has answered."""
    return list(
        db.session.scalars(
            select(Invitation).where(
                Invitation.organisation_id == organisation_id,
                Invitation.invited_by == user_id,
                Invitation.outcome.is_(None),
            )
        )
    )
