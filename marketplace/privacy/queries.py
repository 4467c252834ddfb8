from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from marketplace.accounts.models import User
from marketplace.collaborations.models import Collaboration
from marketplace.core.actor import MemberRole
from marketplace.core.personal import Person, Topic
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.privacy.models import DataExport, Erasure
from marketplace.privacy.registry import HOLDINGS
from marketplace.privacy.rules import ErasureStatus

_WAITING = (InterestStatus.SENT, InterestStatus.SHORTLISTED, InterestStatus.MORE_INFO)
_IN_REVIEW = (VersionStatus.IN_APPROVAL, VersionStatus.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An organisation whose last owner the person is, and what is open there."""

    organisation_id: int
    name: str
    colleagues: int
    listings: int
    reviews: int
    interests: int
    undecided: bool

    @property
    def open(self) -> bool:
        return bool(self.listings or self.reviews or self.interests or self.undecided)


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that the person uploaded, as the page lists it."""

    name: str
    size: int
    created_at: datetime


def list_obstacles(user_id: int) -> list[Obstacle]:
    """The organisations with something open that would be left without an owner."""
    other, colleague = aliased(Member), aliased(Member)
    another_owner = exists().where(
        other.organisation_id == Organisation.id, other.user_id != user_id, other.role == MemberRole.OWNER
    )
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            _counted(
                colleague.id, colleague.organisation_id == Organisation.id, colleague.user_id != user_id
            ),
            _counted(
                Opportunity.id,
                Opportunity.organisation_id == Organisation.id,
                Opportunity.status == LifeStatus.PUBLISHED,
            ),
            _reviews(),
            _interests(),
            Organisation.status == OrganisationStatus.SUBMITTED,
        )
        .join(Member, Member.organisation_id == Organisation.id)
        .where(Member.user_id == user_id, Member.role == MemberRole.OWNER, ~another_owner)
        .order_by(Organisation.id)
    )
    return [found for row in rows if (found := Obstacle(*row)).open]


def _counted(column: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count(column)).where(*conditions).correlate(Organisation).scalar_subquery()


def _reviews() -> Any:
    return (
        select(func.count(OpportunityVersion.id))
        .join(Opportunity, Opportunity.id == OpportunityVersion.opportunity_id)
        .where(Opportunity.organisation_id == Organisation.id, OpportunityVersion.status.in_(_IN_REVIEW))
        .correlate(Organisation)
        .scalar_subquery()
    )


def _interests() -> Any:
    """Interests of either side that wait for an answer, or accepted ones that wait for LAIP."""
    decided = exists().where(Collaboration.interest_id == Interest.id)
    waiting = Interest.status.in_(_WAITING) | ((Interest.status == InterestStatus.ACCEPTED) & ~decided)
    return (
        select(func.count(Interest.id))
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .where(
            (Interest.organisation_id == Organisation.id) | (Opportunity.organisation_id == Organisation.id),
            waiting,
        )
        .correlate(Organisation)
        .scalar_subquery()
    )


def count_held(person: Person) -> dict[Topic, int]:
    """How many rows of each kind are the person's, in one statement."""
    counts = [
        select(literal(str(holding.topic)).label("topic"), func.count().label("number"))
        .select_from(holding.table)
        .where(holding.theirs(person))
        for holding in HOLDINGS
    ]
    each = union_all(*counts).subquery()
    rows = db.session.execute(select(each.c.topic, func.sum(each.c.number)).group_by(each.c.topic))
    return {Topic(topic): int(number) for topic, number in rows}


def list_own_files(user_id: int, *, limit: int) -> list[OwnFile]:
    """The newest files that the person uploaded."""
    rows = db.session.execute(
        select(Blob.original_name, Blob.size, Blob.created_at)
        .where(Blob.uploaded_by == user_id)
        .order_by(Blob.id.desc())
        .limit(limit)
    )
    return [OwnFile(*row) for row in rows]


def find_export(user_id: int) -> DataExport | None:
    """The person's copy, asked for or ready."""
    return db.session.scalar(select(DataExport).where(DataExport.user_id == user_id))


def find_asked_erasure(user_id: int) -> Erasure | None:
    """The person's wish to be erased, while it can still be taken back."""
    return db.session.scalar(
        select(Erasure).where(Erasure.user_id == user_id, Erasure.status == ErasureStatus.ASKED)
    )


def list_due_erasures(now: datetime, *, limit: int = 100) -> list[int]:
    """The ids of erasures whose days of thought are over, the oldest first."""
    due = select(Erasure.id).where(Erasure.status == ErasureStatus.ASKED, Erasure.due_at <= now)
    return list(db.session.scalars(due.order_by(Erasure.due_at, Erasure.id).limit(limit)))


def list_unconfirmed(before: datetime, *, limit: int) -> list[int]:
    """Accounts of nobody: registered before that moment, address never proved, no membership."""
    member = exists().where(Member.user_id == User.id)
    wanted = select(User.id).where(
        User.confirmed_at.is_(None),
        User.erased_at.is_(None),
        User.created_at < before,
        ~member,
        ~User.roles.any(),
    )
    return list(db.session.scalars(wanted.order_by(User.id).limit(limit)))
