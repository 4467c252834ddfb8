from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from marketplace.extensions import db
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import OPEN_AT_MOST, OfferStatus


def standing(today: date, offer: Any = StandingOffer) -> ColumnElement[bool]:
    """Open, and its last day has not passed."""
    return and_(offer.status == OfferStatus.OPEN, offer.valid_until >= today)


def find_offer(organisation_id: int, offer_id: int) -> StandingOffer | None:
    """One offer of that partner as it is now, also where this session has read it before."""
    wanted = StandingOffer.id == offer_id, StandingOffer.organisation_id == organisation_id
    return db.session.scalar(select(StandingOffer).where(*wanted).execution_options(populate_existing=True))


def count_own(organisation_id: int) -> int:
    """How many offers the partner has ever made."""
    wanted = select(func.count(StandingOffer.id)).where(StandingOffer.organisation_id == organisation_id)
    return db.session.scalar(wanted) or 0


def list_own(organisation_id: int, *, limit: int, offset: int = 0) -> list[StandingOffer]:
    """All offers of a partner for itself: the open ones first, of these the newest."""
    return list(
        db.session.scalars(
            select(StandingOffer)
            .where(StandingOffer.organisation_id == organisation_id)
            .order_by((StandingOffer.status == OfferStatus.OPEN).desc(), StandingOffer.id.desc())
            .limit(limit)
            .offset(offset)
        )
    )


def list_standing(organisation_id: int, *, today: date) -> list[StandingOffer]:
    """What the partner offers to everybody on that day, the newest first."""
    return list(
        db.session.scalars(
            select(StandingOffer)
            .where(StandingOffer.organisation_id == organisation_id, standing(today))
            .order_by(StandingOffer.id.desc())
            .limit(OPEN_AT_MOST)
        )
    )


def standing_among(organisation_ids: Sequence[int], *, today: date) -> dict[int, list[StandingOffer]]:
    """What each of these partners offers on that day."""
    named = StandingOffer.organisation_id == any_(literal(list(organisation_ids), ARRAY(BigInteger)))
    found: dict[int, list[StandingOffer]] = defaultdict(list)
    for offer in db.session.scalars(
        select(StandingOffer).where(named, standing(today)).order_by(StandingOffer.id)
    ):
        found[offer.organisation_id].append(offer)
    return found


def list_ended(since: date, until: date) -> list[int]:
    """Partners that had an open offer whose last day lies in that time, its end left out."""
    ended = StandingOffer.valid_until >= since, StandingOffer.valid_until < until
    wanted = select(StandingOffer.organisation_id).where(StandingOffer.status == OfferStatus.OPEN, *ended)
    return list(db.session.scalars(wanted.distinct()))


def list_open(organisation_id: int) -> Sequence[StandingOffer]:
    """Those that are open, whatever their date: they take the room."""
    wanted = StandingOffer.organisation_id == organisation_id, StandingOffer.status == OfferStatus.OPEN
    return db.session.scalars(select(StandingOffer).where(*wanted).order_by(StandingOffer.id)).all()
