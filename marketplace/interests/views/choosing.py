"""Inviting a partner from its own page: choosing among the Pemda's open listings, with the fit of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from marketplace.core import clock
from marketplace.core.actor import Membership, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.interests import invitation_labels
from marketplace.interests.choosing_queries import Between, OpenListing, list_between, list_open_of
from marketplace.interests.invitation_rules import (
    ANSWER_WITHIN_DAYS,
    InviterPaused,
    PartnerNotInvitable,
    find_obstacle,
)
from marketplace.interests.policy import can_invite
from marketplace.interests.views.blueprint import interests
from marketplace.matching import queries
from marketplace.matching.choice_queries import takes_part
from marketplace.matching.queries import PairFacts
from marketplace.matching.score import score_pair
from marketplace.matching.wording import Gap, Told, tell
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.policy import find_place, get_place
from marketplace.partners.queries import list_lines
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.formats import language
from marketplace.web.paging import paged

PAGE = 20
# More open listings at once are no Pemda's; the newest of them are compared.
COMPARED_AT_MOST = 100
# Beside the partner's profile, so many of the newest of them.
BESIDE, BESIDE_COMPARED = 3, 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the Pemda's open listings: how well the partner fits it, and what keeps it from being invited."""

    listing: OpenListing
    told: Told | None
    between: Between
    obstacle: str | None

    @property
    def gaps(self) -> list[tuple[Gap, None]]:
        """What is not known; it is stated elsewhere."""
        return [(gap, None) for gap in self.told.gaps] if self.told else []


@interests.get("/dasbor/mitra/<int:partner_id>/undang")
@signed_in
def choose_listing(partner_id: int) -> str:
    """The listings that fit the partner best come first; each with one press to invite."""
    place, partner = _get_place(), list_lines([partner_id]).get(partner_id)
    if partner is None:
        raise NotFound
    refusal = _refusal(place, partner_id)
    ordered = _ordered(place, partner_id, most=COMPARED_AT_MOST) if refusal is None else []
    paging = paged(".choose_listing", len(ordered), PAGE, partner_id=partner_id)
    return render_template(
        "interests/choose_listing.html",
        partner=partner,
        refusal=sentence(refusal) if refusal else None,
        choices=_choices(partner_id, ordered[paging.offset : paging.offset + PAGE]),
        paging=paging,
        all_compared=len(ordered) < COMPARED_AT_MOST,
        most=COMPARED_AT_MOST,
        days=ANSWER_WITHIN_DAYS,
        gazetteer=gazetteer(),
        states=invitation_labels.STATE,
    )


@interests.app_template_global("can_invite_partners")
def can_invite_partners() -> bool:
    """Whether the reader acts for a Pemda that may invite."""
    place = find_place(current_actor(), OrganisationKind.PEMDA)
    return place is not None and can_invite(current_actor(), place.organisation_id)


@interests.app_template_global("fits_of_own_listings")
def fits_of_own_listings(partner_id: int) -> list[Choice]:
    """The few of the reader's open listings that the partner fits best; nothing for who may not invite."""
    place = find_place(current_actor(), OrganisationKind.PEMDA)
    if place is None or not can_invite(current_actor(), place.organisation_id):
        return []
    ordered = _ordered(place, partner_id, most=BESIDE_COMPARED)
    return _choices(partner_id, [pair for pair in ordered if pair[1]][:BESIDE])


def _get_place() -> Membership:
    """The reader's Pemda. Raises NotFound for strangers, Forbidden for a colleague without the right."""
    place = get_place(current_actor(), OrganisationKind.PEMDA)
    if place.role not in WRITERS:
        raise Forbidden
    return place


def _refusal(place: Membership, partner_id: int) -> Refusal | None:
    """What keeps the Pemda from inviting the partner to any of its listings."""
    if not place.verified:
        return InviterPaused()
    return None if takes_part(partner_id) else PartnerNotInvitable()


def _ordered(place: Membership, partner_id: int, *, most: int) -> list[tuple[OpenListing, PairFacts | None]]:
    """So many of the Pemda's newest open listings, the best fit first; what nothing can be told of comes last."""
    now = clock.now()
    listings = list_open_of(place.organisation_id, now=now, limit=most)
    facts = queries.pairs_of_partner(partner_id, [listing.id for listing in listings], now=now)
    pairs = [(listing, facts.get(listing.id)) for listing in listings]
    return sorted(pairs, key=lambda pair: (-_total(pair[1]), -pair[0].id))


def _total(facts: PairFacts | None) -> int:
    """Below all others where a must-have fails."""
    score = score_pair(facts.listing, facts.partner, facts.model) if facts else None
    return score.total if score else -1


def _choices(partner_id: int, pairs: Sequence[tuple[OpenListing, PairFacts | None]]) -> list[Choice]:
    between = list_between(partner_id, [listing.id for listing, _facts in pairs])
    return [
        Choice(
            listing, tell(facts, language()) if facts else None, between[listing.id], _obstacle(between[listing.id])
        )
        for listing, facts in pairs
    ]  # fmt: skip


def _obstacle(between: Between) -> str | None:
    refusal = find_obstacle(between.states, interested=between.interested, waiting_here=between.waiting_here)
    return sentence(refusal) if refusal else None
