"""From the outbox, and from days that passed, to the listings and partners whose suggestions are to be looked at."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, any_, exists, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from marketplace.changes.queries import Entry
from marketplace.core.actor import OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.lists.standing_queries import Pemda, is_suggestible, takes_partners
from marketplace.matching.lists.touching import Changed
from marketplace.matching.models import MatchList
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Organisation
from marketplace.partners.models import PartnerProfile
from marketplace.partners.offer_queries import list_ended


def changed_by(entries: Iterable[Entry], *, now: datetime) -> Changed:
    """What these entries of the outbox say; of a Pemda, its listings that begin or cease to be open."""
    listings = {entry.object_id for entry in entries if entry.kind == "opportunity"}
    organisations = {entry.object_id for entry in entries if entry.kind == "organisation"}
    return Changed(frozenset(listings)) | _of_organisations(organisations, now)


def lapsed_between(since: datetime, now: datetime) -> Changed:
    """Listings that closed meanwhile, and organisations whose verification, or an offer of whose, ended with a day."""
    closed = select(Opportunity.id).where(
        Opportunity.status == LifeStatus.PUBLISHED,
        Opportunity.closes_at > since,
        Opportunity.closes_at <= now,
    )
    first, today = local_day(since, HOME_ZONE), local_day(now, HOME_ZONE)
    lapsed = Organisation.valid_until >= first, Organisation.valid_until < today
    ended = {*db.session.scalars(select(Organisation.id).where(*lapsed)), *list_ended(first, today)}
    return Changed(frozenset(db.session.scalars(closed))) | _of_organisations(ended, now)


def find_strays(*, now: datetime, limit: int) -> Changed:
    """Who may be suggested and has no list, or has one and may not be suggested; at most so many of each."""
    listing, partner = _listed(Side.LISTING, Opportunity.id), _listed(Side.PARTNER, Organisation.id)
    new_listings = _open_listings(now).where(~listing)
    new_partners = _open_partners().where(~partner)
    return Changed(
        frozenset(_some(new_listings, limit)) | frozenset(_some(_left_over(Side.LISTING, now), limit)),
        frozenset(_some(new_partners, limit)) | frozenset(_some(_left_over(Side.PARTNER, now), limit)),
    )


def _of_organisations(ids: set[int], now: datetime) -> Changed:
    if not ids:
        return Changed()
    named = any_(literal(sorted(ids), ARRAY(BigInteger)))
    partners = select(Organisation.id).where(
        Organisation.id == named, Organisation.kind == OrganisationKind.PARTNER
    )
    moved = (
        select(Opportunity.id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(Pemda.id == named, takes_partners(now) != _listed(Side.LISTING, Opportunity.id))
    )
    return Changed(frozenset(db.session.scalars(moved)), frozenset(db.session.scalars(partners)))


def _open_listings(now: datetime) -> Select[int]:
    return (
        select(Opportunity.id).join(Pemda, Pemda.id == Opportunity.organisation_id).where(takes_partners(now))
    )


def _open_partners() -> Select[int]:
    return (
        select(Organisation.id)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(is_suggestible())
    )


def _listed(side: Side, owner_id: Any) -> Any:
    return exists().where(MatchList.side == side, MatchList.owner_id == owner_id)


def _left_over(side: Side, now: datetime) -> Select[int]:
    there = (
        _open_listings(now).where(Opportunity.id == MatchList.owner_id)
        if side is Side.LISTING
        else _open_partners().where(Organisation.id == MatchList.owner_id)
    )
    return select(MatchList.owner_id).where(MatchList.side == side, ~there.exists())


def _some(numbers: Select[int], limit: int) -> Iterable[int]:
    return db.session.scalars(numbers.limit(limit))
