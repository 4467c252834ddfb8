"""A suggestion that LAIP made by hand, and one that its partner put aside."""

from datetime import datetime, timedelta

from marketplace.core.actor import Actor
from marketplace.matching.dismissing import dismiss
from marketplace.matching.factors import Side
from marketplace.matching.rules import DismissReason
from marketplace.matching.suggesting_by_hand import suggest
from marketplace.opportunities.models import Opportunity

PARTNER = "investor"
BY_HAND = (
    "Pengolahan sampah regional Sarbagita",
    "Dapat dibagi dua tahap, dan tahap pertamanya sebesar kisaran Anda (rekaan).",
)
PUT_ASIDE = "Informasi angkutan waktu nyata Medan"


def make_suggestions(listings: dict[str, Opportunity], people: dict[str, Actor], now: datetime) -> None:
    """Both stand in the partner's list of suggestions, above and below the others."""
    partner = people[PARTNER].memberships[0].organisation_id
    title, words = BY_HAND
    suggest(
        opportunity_id=listings[title].id, organisation_id=partner, words=words, actor=people["moderator"],
        now=now - timedelta(days=1),
    )  # fmt: skip
    dismiss(
        Side.PARTNER, opportunity_id=listings[PUT_ASIDE].id, organisation_id=partner,
        reason=DismissReason.OTHER_PLACE, words="", actor=people[PARTNER], now=now - timedelta(hours=5),
    )  # fmt: skip
