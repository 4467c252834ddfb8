"""The one score of a pair: whole numbers in, whole numbers out, the same wherever and in whatever order it is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.matching.factors import JUDGES, Finding, leaves_out
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model
from marketplace.matching.settings import FACTORS, FULL, POINTS, Direction, Factor, Settings

# What one direction sums up to at most: weights of 100 per cent, each of FULL.
WHOLE = 100 * FULL


@dataclass(frozen=True, slots=True)
class PairScore:
    """A pair's score from 0 to POINTS, each direction's sum from 0 to WHOLE, and what was found for each factor."""

    listing_id: int
    partner_id: int
    total: int
    for_partner: int
    for_listing: int
    findings: Mapping[Factor, Finding]

    @property
    def percent(self) -> int:
        """The score as people read it."""
        return (self.total * 100 + POINTS // 2) // POINTS


def score_pair(listing: Listing, partner: Partner, model: Model) -> PairScore | None:
    """The score; None where the partner is known to fail a must-have."""
    if listing.must_codes & partner.fails or (listing.within_ticket and leaves_out(listing, partner)):
        return None
    findings = findings_of(listing, partner, model)
    values = {factor: finding.value for factor, finding in findings.items()}
    partner_side = summed(values, model.settings, Direction.FOR_PARTNER)
    listing_side = summed(values, model.settings, Direction.FOR_LISTING)
    total = combine(partner_side, listing_side)
    return PairScore(listing.id, partner.id, total, partner_side, listing_side, findings)


def findings_of(listing: Listing, partner: Partner, model: Model) -> dict[Factor, Finding]:
    """What each factor finds of a pair, also of one that fails a must-have and has no score."""
    return {factor: judge(listing, partner, model) for factor, judge in JUDGES.items()}


def summed(values: Mapping[Factor, int], settings: Settings, direction: Direction) -> int:
    """The weighed sum of one direction."""
    weights = settings.weights(direction)
    return sum(weights[factor] * values[factor] for factor in FACTORS[direction])


def combine(partner_side: int, listing_side: int) -> int:
    """The harmonic mean in points: a pair is little better than its weaker side."""
    both = partner_side + listing_side
    return 2 * partner_side * listing_side * POINTS // (both * WHOLE) if both else 0


def total_with(pair: PairScore, settings: Settings, changed: Mapping[Factor, int]) -> int:
    """The score that the pair would have with these values instead of its own."""
    values = {factor: finding.value for factor, finding in pair.findings.items()} | dict(changed)
    return combine(*(summed(values, settings, direction) for direction in Direction))
