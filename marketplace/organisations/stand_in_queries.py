"""Who stands in for whom: on the day of the organisation's region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, bindparam, cast, exists, func, select
from sqlalchemy.orm import aliased

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import StandingIn
from marketplace.extensions import db
from marketplace.organisations.member_rules import APPROVERS
from marketplace.organisations.models import Member, Organisation, StandIn
from marketplace.regions.models import Region

_APPROVER, _NAMER = aliased(Member), aliased(User)
# Read when the statement runs, so that conditions may be built once.
_NOW = bindparam("stand_in_now", callable_=clock.now, type_=DateTime(timezone=True))


def _local_day(organisation_id: Any) -> Any:
    """The day on the wall calendar of the organisation's region."""
    zone = (
        select(Region.timezone)
        .join(Organisation, Organisation.region_code == Region.code)
        .where(Organisation.id == organisation_id)
        .scalar_subquery()
    )
    return cast(func.timezone(zone, _NOW), Date)


def _today(stand_in: Any = StandIn) -> ColumnElement[bool]:
    """Whether it is one of the days, and who named the member may still approve."""
    day = _local_day(stand_in.organisation_id)
    return and_(stand_in.begins <= day, stand_in.until >= day)


_JOINED = (
    select(StandIn.named_by, _NAMER.name, StandIn.until)
    .join(
        _APPROVER,
        and_(
            _APPROVER.organisation_id == StandIn.organisation_id,
            _APPROVER.user_id == StandIn.named_by,
            _APPROVER.role.in_(APPROVERS),
        ),
    )
    .join(_NAMER, _NAMER.id == StandIn.named_by)
    .where(_today())
)
# For the statement of every page: whether it is worth asking; a region's day is never before that of UTC.
MAY_STAND_IN = exists().where(
    StandIn.user_id == User.id, StandIn.until >= cast(func.timezone("UTC", _NOW), Date)
)


def list_stood_in_for(user_id: int) -> dict[int, StandingIn]:
    """By organisation, in whose place the member releases listings today: of several who named them, the first."""
    rows = db.session.execute(
        _JOINED.add_columns(StandIn.organisation_id)
        .where(StandIn.user_id == user_id)
        .order_by(StandIn.id.desc())
    )
    return {row.organisation_id: StandingIn(row.named_by, row.name, row.until) for row in rows}


def list_stand_in_ids(organisation_id: int) -> list[int]:
    """Those who release the organisation's listings in an approver's place today."""
    wanted = _JOINED.with_only_columns(StandIn.user_id).where(StandIn.organisation_id == organisation_id)
    return sorted(set(db.session.scalars(wanted)))


@dataclass(frozen=True, slots=True)
class StandInLine:
    """One naming: who stands in for whom, from which day to which."""

    id: int
    user_id: int
    name: str
    named_by: int
    approver: str
    begins: date
    until: date


def list_stand_ins(organisation_id: int, today: date) -> list[StandInLine]:
    """Those of today and of days to come, the earliest first."""
    rows = db.session.execute(
        select(
            StandIn.id, StandIn.user_id, User.name, StandIn.named_by, _NAMER.name, StandIn.begins, StandIn.until
        )
        .join(User, User.id == StandIn.user_id)
        .join(_NAMER, _NAMER.id == StandIn.named_by)
        .where(StandIn.organisation_id == organisation_id, StandIn.until >= today)
        .order_by(StandIn.begins, StandIn.id)
    )  # fmt: skip
    return [StandInLine(*row) for row in rows]


def find_stand_in(organisation_id: int, stand_in_id: int) -> StandIn | None:
    return db.session.scalar(
        select(StandIn).where(StandIn.id == stand_in_id, StandIn.organisation_id == organisation_id)
    )


def names_of(user_ids: Sequence[int]) -> dict[int, str]:
    """The names of these people."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def list_around(organisation_id: int, user_id: int) -> list[StandIn]:
    """Every naming in which the member stands in or is stood in for."""
    either = (StandIn.user_id == user_id) | (StandIn.named_by == user_id)
    return list(db.session.scalars(select(StandIn).where(StandIn.organisation_id == organisation_id, either)))


def list_of_approver(organisation_id: int, user_id: int | None) -> list[StandIn]:
    """Whom an approver has named, past days too."""
    own = (StandIn.organisation_id == organisation_id, StandIn.named_by == user_id)
    return list(db.session.scalars(select(StandIn).where(*own)))
