"""Interests for tests, in any state, with the minimum around them."""

from datetime import datetime
from typing import Any

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.rules import Content, InterestStatus
from marketplace.opportunities.models import Opportunity
from tests.factories.opportunities import a_published_opportunity, an_organisation_id

S = InterestStatus
OFFER = "Kami merancang, membangun, membiayai, dan mengoperasikan instalasi selama 20 tahun."


def some_content(**changes: Any) -> Content:
    """What a partner writes, complete enough to be sent."""
    values: dict[str, Any] = {
        "roles": ("fund", "operate"),
        "offer": OFFER,
        "capacity": "Dua instalasi 250 liter per detik sejak 2019.",
        "ticket_amount": None,
        "ticket_currency": "IDR",
        "question": "",
    }
    return Content(**{**values, **changes})


def an_interest(
    opportunity: Opportunity | None = None,
    partner: str = "investor",
    status: InterestStatus = S.SENT,
    *,
    now: datetime | None = None,
    **values: Any,
) -> Interest:
    """An interest of that partner; flushed, not committed."""
    now = now or clock.now()
    listing = opportunity or a_published_opportunity()
    sent = {"sent_at": now} if status is not S.DRAFT else {}
    answered = {"answered_at": now} if status in (S.ACCEPTED, S.DECLINED) else {}
    accepted = {"accepted_at": now} if status is S.ACCEPTED else {}
    interest = Interest(
        opportunity_id=listing.id, version_id=listing.published_version_id, status=status,
        organisation_id=an_organisation_id(partner), roles=["fund", "operate"], offer=OFFER, created_at=now,
        capacity="Dua instalasi 250 liter per detik sejak 2019.",
        **{**sent, **answered, **accepted, **values},
    )  # fmt: skip
    db.session.add(interest)
    db.session.flush()
    return interest
