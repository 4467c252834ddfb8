"""A partner posts what it would fund or supply, edits it, takes it off and opens it again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from marketplace.audit import actions as audit
from marketplace.changes import actions as changes
from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.organisations import actions as organisations
from marketplace.organisations.expiry_rules import is_trusted
from marketplace.organisations.member_rules import APPROVERS
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import ChangedMeanwhile
from marketplace.partners import offer_queries as queries
from marketplace.partners import offer_rules as rules
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import OFFER_STEPS, OfferStatus
from marketplace.partners.policy import get_editable
from marketplace.partners.rules import check_ticket


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as its form gives it; sums in whole rupiah, codes of the lists."""

    title_id: str
    title_en: str
    words_id: str
    words_en: str
    capability_codes: list[str]
    sector_codes: list[str]
    region_codes: list[str]
    scheme_codes: list[str]
    ticket_min_idr: int | None
    ticket_max_idr: int | None
    valid_until: date


def _may(actor: Actor, party: str, offer: StandingOffer) -> bool:
    return party == "keeper" and actor.has_role(offer.organisation_id, *APPROVERS)


def _change(offer: StandingOffer) -> tuple[str, int]:
    """Matching reads the partner anew."""
    return "organisation", offer.organisation_id


OFFER = StatusTable("standing_offer", OFFER_STEPS, _may, change_of=_change)


def post_offer(organisation_id: int, offer: Offer, *, actor: Actor, now: datetime) -> StandingOffer:
    """Posts it; pressed twice, it stands there once. Raises OnlyVerifiedOffer, TooManyOffers or rules' refusals."""
    _lock(organisation_id, actor, now)
    _check(offer, now)
    standing = queries.list_open(organisation_id)
    same = next((row for row in standing if _is(row, offer)), None)
    if same is not None:
        return same
    rules.check_room(len(standing))
    row = StandingOffer(
        organisation_id=organisation_id,
        status=OfferStatus.OPEN,
        created_at=now,
        edited_at=now,
        **asdict(offer),
    )
    begin(row, derived=OfferStatus.NONE, table=OFFER, actor=actor, now=now)
    return row


def edit_offer(
    organisation_id: int, offer_id: int, offer: Offer, *, actor: Actor, now: datetime, seen: int
) -> None:
    """Writes it over what was read. Raises ChangedMeanwhile, NotFound or what posting refuses."""
    _lock(organisation_id, actor, now)
    row = _find(organisation_id, offer_id)
    _check(offer, now)
    if _is(row, offer):
        return
    if seen != row.revision:
        raise ChangedMeanwhile
    for name, value in asdict(offer).items():
        setattr(row, name, value)
    row.revision += 1
    row.edited_at = now
    db.session.flush()
    audit.record("offer:edited", actor=actor, now=now, object_kind=OFFER.kind, object_id=row.id)
    changes.record(*_change(row))


def close_offer(
    organisation_id: int, offer_id: int, *, reason: str | None, actor: Actor, now: datetime, seen: int
) -> None:
    """Takes it off; a partner that is not trusted any more may too. Raises what `move` raises."""
    get_editable(organisation_id, actor)
    organisations.lock_for_edit(organisation_id, actor=actor, seen=None)
    row = _find(organisation_id, offer_id)
    move(row, OfferStatus.CLOSED, table=OFFER, actor=actor, now=now, seen=seen, reason=reason)


def reopen_offer(organisation_id: int, offer_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """Opens it again. Raises OnlyVerifiedOffer, TooManyOffers, ValidUntilPassed or what `move` raises."""
    _lock(organisation_id, actor, now)
    row = _find(organisation_id, offer_id)
    if row.status is OfferStatus.CLOSED:
        rules.check_valid_until(row.valid_until, today=local_day(now, HOME_ZONE))
        rules.check_room(len(queries.list_open(organisation_id)))
    move(row, OfferStatus.OPEN, table=OFFER, actor=actor, now=now, seen=seen)


def _lock(organisation_id: int, actor: Actor, now: datetime) -> Organisation:
    get_editable(organisation_id, actor)
    organisation = organisations.lock_for_edit(organisation_id, actor=actor, seen=None)
    if not is_trusted(organisation.status, organisation.valid_until, local_day(now, HOME_ZONE)):
        raise rules.OnlyVerifiedOffer
    return organisation


def _find(organisation_id: int, offer_id: int) -> StandingOffer:
    row = queries.find_offer(organisation_id, offer_id)
    if row is None:
        raise NotFound
    return row


def _check(offer: Offer, now: datetime) -> None:
    rules.check_codes(sectors=offer.sector_codes, capabilities=offer.capability_codes)
    check_ticket(offer.ticket_min_idr, offer.ticket_max_idr)
    rules.check_valid_until(offer.valid_until, today=local_day(now, HOME_ZONE))


def _is(row: StandingOffer, offer: Offer) -> bool:
    return all(getattr(row, name) == value for name, value in asdict(offer).items())
