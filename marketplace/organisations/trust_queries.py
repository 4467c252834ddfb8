"""Which organisations may act today, as SQL; the twin of `expiry_rules`."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, or_, select

from marketplace.core import clock, dates
from marketplace.extensions import db
from marketplace.organisations.expiry_rules import WARNINGS
from marketplace.organisations.models import Organisation, Proof
from marketplace.organisations.rules import OrganisationStatus


def today() -> date:
    """The day on which a verification is judged: the ministry's."""
    return dates.local_day(clock.now(), dates.HOME_ZONE)


# Read when the statement runs, so that conditions may be built once.
TODAY = bindparam("today", callable_=today, type_=Date())


def trusted(organisation: Any = Organisation) -> ColumnElement[bool]:
    """Verified, and its documents have not lapsed."""
    lasting = or_(organisation.valid_until.is_(None), organisation.valid_until >= TODAY)
    return and_(organisation.status == OrganisationStatus.VERIFIED, lasting)


def list_due_for_warning(day: date) -> list[int]:
    """Verified organisations whose end is near or past, by id; whether they were told is looked at one by one."""
    wanted = select(Organisation.id).where(
        Organisation.status == OrganisationStatus.VERIFIED,
        Organisation.valid_until.is_not(None),
        Organisation.valid_until - day <= max(WARNINGS),
        or_(Organisation.warned_days.is_(None), Organisation.warned_days > 0),
    )
    return list(db.session.scalars(wanted.order_by(Organisation.id)))


def list_current_proofs(organisation_id: int) -> list[Proof]:
    """The documents that count: those that none has replaced, the newest first."""
    replaced = select(Proof.replaces_id).where(
        Proof.organisation_id == organisation_id, Proof.replaces_id.is_not(None)
    )
    return list(
        db.session.scalars(
            select(Proof)
            .where(Proof.organisation_id == organisation_id, Proof.id.not_in(replaced))
            .order_by(Proof.id.desc())
        )
    )
