"""Who guides whom, from either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.organisations.guidance_rules import ASKED, OPEN, GuidanceStatus
from marketplace.organisations.models import Guidance, Organisation
from marketplace.organisations.trust_queries import trusted

S = GuidanceStatus


@dataclass(frozen=True, slots=True)
class GuidanceLine:
    """One relation as one side sees it: the other organisation, and whether it may act today."""

    id: int
    status: GuidanceStatus
    asked_at: datetime
    decided_at: datetime | None
    message: str
    other_id: int
    other_name: str
    other_verified: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A verified organisation that may be asked."""

    id: int
    name: str


def own_side(kind: OrganisationKind) -> Any:
    """The column in which an organisation of that kind stands."""
    return Guidance.tutor_id if kind is OrganisationKind.TUTOR else Guidance.pemda_id


def _other_side(kind: OrganisationKind) -> Any:
    return Guidance.pemda_id if kind is OrganisationKind.TUTOR else Guidance.tutor_id


def other_kind(kind: OrganisationKind) -> OrganisationKind:
    """Whom an organisation of that kind may have beside it."""
    is_tutor = kind is OrganisationKind.TUTOR
    return OrganisationKind.PEMDA if is_tutor else OrganisationKind.TUTOR


def find_guidance(guidance_id: int) -> Guidance | None:
    """The row as it is now."""
    return db.session.scalar(
        select(Guidance).where(Guidance.id == guidance_id).execution_options(populate_existing=True)
    )


def find_open(pemda_id: int, tutor_id: int) -> Guidance | None:
    """What the two have asked of each other or do together now."""
    return db.session.scalar(
        select(Guidance).where(
            Guidance.pemda_id == pemda_id, Guidance.tutor_id == tutor_id, Guidance.status.in_(sorted(OPEN))
        )
    )


def find_last_decline(pemda_id: int, tutor_id: int) -> datetime | None:
    """When one of the two last said no to the other."""
    return db.session.scalar(
        select(func.max(Guidance.decided_at)).where(
            Guidance.pemda_id == pemda_id,
            Guidance.tutor_id == tutor_id,
            Guidance.status == GuidanceStatus.DECLINED,
        )
    )


def count_asks(organisation_id: int, kind: OrganisationKind) -> int:
    """How many asks of the organisation wait for the other side."""
    asking = S.REQUESTED if kind is OrganisationKind.TUTOR else S.INVITED
    counted = select(func.count(Guidance.id)).where(
        own_side(kind) == organisation_id, Guidance.status == asking
    )
    return db.session.scalar(counted) or 0


def list_guidances(
    organisation_id: int, kind: OrganisationKind, *, limit: int, offset: int = 0
) -> list[GuidanceLine]:
    """The organisation's relations: what waits first, then what goes on, then what is over."""
    rank = case((Guidance.status.in_(sorted(ASKED)), 0), (Guidance.status == S.ACTIVE, 1), else_=2)
    return _lines(
        kind, own_side(kind) == organisation_id, order=(rank, Guidance.id.desc()), limit=limit, offset=offset
    )


def list_to_answer(organisation_id: int, kind: OrganisationKind, *, limit: int = 5) -> list[GuidanceLine]:
    """What the other side asked of the organisation and waits for, the oldest first."""
    waiting = S.INVITED if kind is OrganisationKind.TUTOR else S.REQUESTED
    where = and_(own_side(kind) == organisation_id, Guidance.status == waiting)
    return _lines(kind, where, order=(Guidance.id,), limit=limit)


def find_line(guidance: Guidance, kind: OrganisationKind) -> GuidanceLine:
    """One relation as that side sees it."""
    return _lines(kind, Guidance.id == guidance.id, order=(Guidance.id,), limit=1)[0]


def _lines(
    kind: OrganisationKind, where: ColumnElement[bool], *, order: Sequence[Any], limit: int, offset: int = 0
) -> list[GuidanceLine]:
    other = aliased(Organisation)
    rows = db.session.execute(
        select(
            Guidance.id, Guidance.status, Guidance.asked_at, Guidance.decided_at, Guidance.message, other.id,
            other.name, trusted(other),
        )
        .join(other, other.id == _other_side(kind))
        .where(where)
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [GuidanceLine(*row) for row in rows]


def count_guidances(organisation_id: int, kind: OrganisationKind) -> int:
    """How many relations the organisation has or had."""
    counted = select(func.count(Guidance.id)).where(own_side(kind) == organisation_id)
    return db.session.scalar(counted) or 0


def search_choices(organisation_id: int, kind: OrganisationKind, words: str, *, limit: int) -> list[Choice]:
    """Verified organisations that may be asked, by name; those with an open relation are left out."""
    together = select(_other_side(kind)).where(
        own_side(kind) == organisation_id, Guidance.status.in_(sorted(OPEN))
    )
    said = [Organisation.name.icontains(word, autoescape=True) for word in words.split()[:8]]
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.kind == other_kind(kind), trusted(), Organisation.id.not_in(together),
            Organisation.id != organisation_id, *said,
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(limit)
    )  # fmt: skip
    return [Choice(*row) for row in rows]


def guided_by(tutor_id: int) -> Any:
    """The ids of the Pemda that a tutor guides now, as a subquery."""
    return select(Guidance.pemda_id).where(Guidance.tutor_id == tutor_id, Guidance.status == S.ACTIVE)
