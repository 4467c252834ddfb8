from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.core.actor import MemberRole
from marketplace.extensions import db
from marketplace.organisations.models import Member, Succession
from marketplace.organisations.succession_rules import SuccessionStatus


def find_latest(organisation_id: int) -> Succession | None:
    """The proposal that stands, or else the last one."""
    return db.session.scalar(
        select(Succession)
        .where(Succession.organisation_id == organisation_id)
        .order_by(Succession.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def find_standing(organisation_id: int) -> Succession | None:
    """The proposal to which the owners may object."""
    return db.session.scalar(
        select(Succession).where(
            Succession.organisation_id == organisation_id, Succession.status == SuccessionStatus.PROPOSED
        )
    )


def find_member_id(organisation_id: int, email: str) -> int | None:
    """The member of that address."""
    return db.session.scalar(
        select(Member.user_id)
        .join(User, User.id == Member.user_id)
        .where(Member.organisation_id == organisation_id, func.lower(User.email) == email.lower())
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may become an owner."""

    user_id: int
    name: str
    role: MemberRole


def list_candidates(organisation_id: int, *, limit: int = 100) -> list[Candidate]:
    """Members who are no owners, in the order in which they joined; the others are named by their address."""
    rows = db.session.execute(
        select(User.id, User.name, Member.role)
        .join(Member, Member.user_id == User.id)
        .where(
            Member.organisation_id == organisation_id, Member.role != MemberRole.OWNER, User.active,
            User.erased_at.is_(None),
        )
        .order_by(Member.id)
        .limit(limit)
    )  # fmt: skip
    return [Candidate(*row) for row in rows]
