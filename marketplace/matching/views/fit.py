"""How well the reader's partner fits a listing, wherever that is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for

from marketplace.core import clock
from marketplace.core.actor import Membership
from marketplace.matching import queries
from marketplace.matching.factors import Side
from marketplace.matching.policy import find_partner, may_complete, may_put_aside
from marketplace.matching.views.blueprint import suggestions
from marketplace.matching.wording import Gap, Told, tell
from marketplace.web.actors import current_actor
from marketplace.web.formats import language

RECORDS = "records"
UrlOf = Callable[[Gap], str | None]


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit and, for each of its gaps, where the reader may close it."""

    told: Told
    gaps: Sequence[tuple[Gap, str | None]]


def fit_of(facts: queries.PairFacts, place: Membership, slug: str) -> Fit:
    """The fit of the reader's partner with that listing."""
    told = tell(facts, language())
    return Fit(told, [(gap, _url_of(gap, place, slug)) for gap in told.gaps])


@suggestions.app_template_global("fit_for_reader")
def fit_for_reader(opportunity_id: int, slug: str) -> Fit | None:
    """The fit of the partner for which the reader acts; None for everybody else, and where it cannot be told."""
    place = find_partner(current_actor())
    if place is None:
        return None
    facts = queries.pair(opportunity_id, place.organisation_id, now=clock.now())
    return fit_of(facts, place, slug) if facts else None


def _url_of(gap: Gap, place: Membership, slug: str) -> str | None:
    """The input of the profile, or the question to the Pemda; None where the reader may do neither."""
    actor = current_actor()
    if gap.side is Side.LISTING:
        asks = place.verified and may_put_aside(actor, place.organisation_id)
        return url_for("questions.ask", slug=slug) if asks else None
    if not may_complete(actor, place.organisation_id):
        return None
    if gap.place == RECORDS:
        return url_for("partner_records.index", organisation_id=place.organisation_id)
    return url_for("partners.edit", organisation_id=place.organisation_id) + f"#{gap.place}"
