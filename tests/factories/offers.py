"""Standing offers for tests."""

from datetime import timedelta
from typing import Any

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.extensions import db
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import OfferStatus
from tests.factories.opportunities import an_organisation_id


def an_offer(organisation: str = "investor", **changes: Any) -> StandingOffer:
    """An open offer, good for a month; flushed."""
    now = clock.now()
    values: dict[str, Any] = {
        "organisation_id": an_organisation_id(organisation), "status": OfferStatus.OPEN,
        "title_id": "Sensor parkir", "words_id": "Kami memasang dan merawat sensor parkir.", "capability_codes": ["supply"],
        "sector_codes": ["smart-traffic"], "region_codes": ["62", "63"], "scheme_codes": [],
        "ticket_min_idr": 5 * 10**9, "ticket_max_idr": 20 * 10**9,
        "valid_until": local_day(now, HOME_ZONE) + timedelta(days=30), "created_at": now, "edited_at": now,
    }  # fmt: skip
    offer = StandingOffer(**{**values, **changes})
    db.session.add(offer)
    db.session.flush()
    return offer
