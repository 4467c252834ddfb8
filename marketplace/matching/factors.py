"""How well one thing fits, for each factor: whole numbers from 0 to FULL, so that sums never depend on their order.

What is not known takes the factor's neutral value, and says whose fact is lacking.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from marketplace.matching.facts import TOP_LEVEL, Listing, Partner
from marketplace.matching.fast.terms import MEANING
from marketplace.matching.model import Model
from marketplace.matching.settings import FULL, PERCENT, Factor

# Sums are compared in steps of a ten-thousandth of a decade; ten times too small or too large is worth nothing.
STEPS = 10_000
STEP_LOSS = FULL // STEPS


class Side(StrEnum):
    """Who could say what is lacking."""

    LISTING = "listing"
    PARTNER = "partner"


class Why(StrEnum):
    """What a value rests on; its words are in labels.py."""

    SECTOR_SHARED = "sector_shared"
    SECTOR_RELATED = "sector_related"
    SECTOR_OTHER = "sector_other"
    REGION_NAMED = "region_named"
    REGION_NEAR = "region_near"
    REGION_ANY = "region_any"
    REGION_OTHER = "region_other"
    VALUE_WITHIN = "value_within"
    VALUE_BELOW = "value_below"
    VALUE_ABOVE = "value_above"
    VALUE_WITHOUT_TOP = "value_without_top"
    SCHEME_SHARED = "scheme_shared"
    SCHEME_OTHER = "scheme_other"
    READINESS_ENOUGH = "readiness_enough"
    READINESS_ANY = "readiness_any"
    READINESS_TOO_EARLY = "readiness_too_early"
    TEXT_SHARED = "text_shared"
    TEXT_OTHER = "text_other"
    KIND_WANTED = "kind_wanted"
    KIND_OTHER = "kind_other"
    MUST_HAVES_NONE = "must_haves_none"
    MUST_HAVES_ALL = "must_haves_all"
    MUST_HAVES_SOME = "must_haves_some"
    CAPABILITY_ALL = "capability_all"
    CAPABILITY_SOME = "capability_some"
    CAPABILITY_OTHER = "capability_other"
    EXPERIENCE_SAME = "experience_same"
    EXPERIENCE_RELATED = "experience_related"
    EXPERIENCE_OTHER = "experience_other"
    CAPACITY_ENOUGH = "capacity_enough"
    CAPACITY_BELOW = "capacity_below"
    LANGUAGE_SHARED = "language_shared"
    LANGUAGE_OTHER = "language_other"
    LEVEL = "level"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Finding:
    """One factor of one pair: its value, what it rests on, the codes and sums that words name, whose fact lacks, and
    what the value is at most once that is stated."""

    value: int
    why: Why
    given: Mapping[str, Any] = field(default_factory=dict)
    lacking: tuple[Side, ...] = ()
    best: int = FULL


@lru_cache(maxsize=100_000)
def steps(amount: int) -> int:
    """A sum on the scale in which ten times as much is STEPS more."""
    return round(math.log10(amount) * STEPS)


def neutral(model: Model, factor: Factor) -> int:
    """The value of what is not known."""
    return model.settings.neutral[factor] * PERCENT


def _lacking(model: Model, factor: Factor, *, listing: bool, partner: bool) -> Finding | None:
    """The finding where a side has not said its part; None where both have."""
    sides = ((Side.LISTING, listing), (Side.PARTNER, partner))
    silent = tuple(side for side, said in sides if not said)
    return Finding(neutral(model, factor), Why.NOT_SAID, lacking=silent) if silent else None


def related(model: Model, sector: str, sectors: frozenset[str]) -> bool:
    """Whether one of the sectors is of the same dimension."""
    dimensions = model.surroundings.dimensions
    own = dimensions.get(sector)
    return own is not None and any(dimensions.get(each) == own for each in sectors)


def sector(listing: Listing, partner: Partner, model: Model) -> Finding:
    unknown = _lacking(
        model, Factor.SECTOR, listing=listing.sector is not None, partner=bool(partner.sectors)
    )
    if unknown or listing.sector is None:
        return unknown or Finding(0, Why.SECTOR_OTHER)
    given = {"sector": listing.sector, "sectors": tuple(sorted(partner.sectors))}
    if listing.sector in partner.sectors:
        return Finding(FULL, Why.SECTOR_SHARED, given)
    if related(model, listing.sector, partner.sectors):
        return Finding(model.settings.related_sector * PERCENT, Why.SECTOR_RELATED, given)
    return Finding(0, Why.SECTOR_OTHER, given)


def region(listing: Listing, partner: Partner, model: Model) -> Finding:
    given = {"province": listing.province, "provinces": tuple(sorted(partner.provinces))}
    if not partner.provinces:
        return Finding(model.settings.anywhere * PERCENT, Why.REGION_ANY, given)
    if listing.province in partner.provinces:
        return Finding(FULL, Why.REGION_NAMED, given)
    near = model.surroundings.near.get(listing.province, frozenset())
    if near & partner.provinces:
        return Finding(model.settings.near_province * PERCENT, Why.REGION_NEAR, given)
    return Finding(0, Why.REGION_OTHER, given)


def value(listing: Listing, partner: Partner, model: Model) -> Finding:
    """A range without a smallest sum begins anywhere; one without a largest is at most neutral."""
    smallest, largest = partner.smallest_idr, partner.largest_idr
    said = smallest is not None or largest is not None
    unknown = _lacking(model, Factor.VALUE, listing=listing.amount_idr is not None, partner=said)
    if unknown or listing.amount_idr is None:
        return unknown or Finding(0, Why.NOT_SAID)
    wanted = steps(listing.amount_idr)
    below = steps(smallest) - wanted if smallest is not None else 0
    above = wanted - steps(largest) if largest is not None else 0
    worth = max(0, FULL - STEP_LOSS * max(below, above, 0))
    given = {"amount": listing.amount_idr, "smallest": smallest, "largest": largest}
    why = Why.VALUE_BELOW if below > 0 else Why.VALUE_ABOVE if above > 0 else Why.VALUE_WITHIN
    middle = neutral(model, Factor.VALUE)
    if largest is not None or worth <= middle:
        # Where the sum is far below the smallest, a largest one would change nothing.
        return Finding(worth, why, given)
    why = Why.VALUE_BELOW if below > 0 else Why.VALUE_WITHOUT_TOP
    return Finding(middle, why, given, (Side.PARTNER,), best=worth)


def holds(listing: Listing, partner: Partner) -> bool | None:
    """Whether the partner's range holds the sum that the listing seeks; None where nobody knows."""
    if listing.amount_idr is None:
        return None
    wanted, smallest, largest = steps(listing.amount_idr), partner.smallest_idr, partner.largest_idr
    if smallest is not None and steps(smallest) > wanted:
        return False
    return None if largest is None else steps(largest) >= wanted


def leaves_out(listing: Listing, partner: Partner) -> bool:
    """Whether the partner's range is known not to hold the sum that the listing seeks."""
    return holds(listing, partner) is False


def held(code: str, partner: Partner) -> bool | None:
    """Whether the partner meets that must-have; None where its profile does not say."""
    if code in partner.meets:
        return True
    return False if code in partner.fails else None


def scheme(listing: Listing, partner: Partner, model: Model) -> Finding:
    """One scheme that both name is enough: a listing is open to each of those that it names."""
    unknown = _lacking(model, Factor.SCHEME, listing=bool(listing.schemes), partner=bool(partner.schemes))
    if unknown:
        return unknown
    shared = tuple(sorted(listing.schemes & partner.schemes))
    if shared:
        return Finding(FULL, Why.SCHEME_SHARED, {"schemes": shared})
    return Finding(0, Why.SCHEME_OTHER, {"schemes": tuple(sorted(partner.schemes))})


def readiness(listing: Listing, partner: Partner, model: Model) -> Finding:
    if partner.rung_from is None:
        return Finding(FULL, Why.READINESS_ANY, {"rung": listing.rung})
    unknown = _lacking(model, Factor.READINESS, listing=listing.rung is not None, partner=True)
    if unknown or listing.rung is None:
        return unknown or Finding(0, Why.NOT_SAID)
    given = {"rung": listing.rung, "from": partner.rung_from}
    gap = partner.rung_from - listing.rung
    if gap <= 0:
        return Finding(FULL, Why.READINESS_ENOUGH, given)
    return Finding(max(0, FULL - gap * model.settings.rung_step * PERCENT), Why.READINESS_TOO_EARLY, given)


def text(listing: Listing, partner: Partner, model: Model) -> Finding:
    """How much the two texts share: the cosine of their weighed terms, full from `full_cosine` on."""
    unknown = _lacking(model, Factor.TEXT, listing=bool(listing.terms), partner=bool(partner.terms))
    if unknown:
        return unknown
    ours, theirs = model.vector(listing.terms), model.vector(partner.terms)
    shared = {term: number * theirs[term] for term, number in ours.items() if term in theirs}
    worth = min(FULL, sum(shared.values()))
    said = [term for term in shared if not term.startswith(MEANING)]
    telling = tuple(sorted(said, key=lambda term: (-shared[term], term))[:5])
    why = Why.TEXT_SHARED if worth > neutral(model, Factor.TEXT) else Why.TEXT_OTHER
    return Finding(worth, why, {"terms": telling})


def kind(listing: Listing, partner: Partner, model: Model) -> Finding:
    unknown = _lacking(
        model, Factor.KIND, listing=bool(listing.partner_kinds), partner=partner.kind is not None
    )
    if unknown:
        return unknown
    given = {"kind": partner.kind, "kinds": tuple(sorted(listing.partner_kinds))}
    if partner.kind in listing.partner_kinds:
        return Finding(FULL, Why.KIND_WANTED, given)
    return Finding(0, Why.KIND_OTHER, given)


def must_haves(listing: Listing, partner: Partner, model: Model) -> Finding:
    """Of those that the partner does not fail: a pair that fails one has no score. None wanted is no merit."""
    wanted = len(listing.must_codes)
    if not wanted:
        return Finding(neutral(model, Factor.MUST_HAVES), Why.MUST_HAVES_NONE)
    met = listing.must_codes & partner.meets
    unknown = tuple(sorted(listing.must_codes - met))
    given = {"met": tuple(sorted(met)), "unknown": unknown}
    worth = len(met) * (FULL // wanted) + len(unknown) * (neutral(model, Factor.MUST_HAVES) // wanted)
    if not unknown:
        return Finding(worth, Why.MUST_HAVES_ALL, given)
    return Finding(worth, Why.MUST_HAVES_SOME, given, (Side.PARTNER,))


def capability(listing: Listing, partner: Partner, model: Model) -> Finding:
    """The share of what is asked for that the partner can do."""
    unknown = _lacking(
        model, Factor.CAPABILITY, listing=bool(listing.capabilities), partner=bool(partner.capabilities)
    )
    if unknown:
        return unknown
    shared = listing.capabilities & partner.capabilities
    given = {"shared": tuple(sorted(shared)), "other": tuple(sorted(listing.capabilities - shared))}
    if not shared:
        return Finding(0, Why.CAPABILITY_OTHER, given)
    why = Why.CAPABILITY_ALL if shared == listing.capabilities else Why.CAPABILITY_SOME
    return Finding(len(shared) * (FULL // len(listing.capabilities)), why, given)


def experience(listing: Listing, partner: Partner, model: Model) -> Finding:
    """Projects shown are worth the most in the listing's own sector."""
    shown = bool(partner.records or partner.proven_sectors)
    unknown = _lacking(model, Factor.EXPERIENCE, listing=listing.sector is not None, partner=shown)
    if unknown or listing.sector is None:
        return unknown or Finding(0, Why.NOT_SAID)
    given = {"sector": listing.sector, "records": partner.records}
    if listing.sector in partner.proven_sectors:
        return Finding(FULL, Why.EXPERIENCE_SAME, given)
    if related(model, listing.sector, partner.proven_sectors):
        return Finding(model.settings.related_experience * PERCENT, Why.EXPERIENCE_RELATED, given)
    return Finding(model.settings.other_experience * PERCENT, Why.EXPERIENCE_OTHER, given)


def capacity(listing: Listing, partner: Partner, model: Model) -> Finding:
    said = partner.capacity_idr is not None
    unknown = _lacking(model, Factor.CAPACITY, listing=listing.amount_idr is not None, partner=said)
    if unknown or listing.amount_idr is None or partner.capacity_idr is None:
        return unknown or Finding(0, Why.NOT_SAID)
    above = steps(listing.amount_idr) - steps(partner.capacity_idr)
    given = {"amount": listing.amount_idr, "capacity": partner.capacity_idr}
    if above <= 0:
        return Finding(FULL, Why.CAPACITY_ENOUGH, given)
    return Finding(max(0, FULL - STEP_LOSS * above), Why.CAPACITY_BELOW, given)


def language(listing: Listing, partner: Partner, model: Model) -> Finding:
    unknown = _lacking(
        model, Factor.LANGUAGE, listing=bool(listing.languages), partner=bool(partner.languages)
    )
    if unknown:
        return unknown
    shared = tuple(sorted(listing.languages & partner.languages))
    if shared:
        return Finding(FULL, Why.LANGUAGE_SHARED, {"languages": shared})
    return Finding(0, Why.LANGUAGE_OTHER, {"languages": tuple(sorted(partner.languages))})


def level(_listing: Listing, partner: Partner, model: Model) -> Finding:
    if partner.level is None:
        return Finding(neutral(model, Factor.LEVEL), Why.NOT_SAID, lacking=(Side.PARTNER,))
    return Finding(FULL * partner.level // TOP_LEVEL, Why.LEVEL, {"level": partner.level})


Judge = Callable[[Listing, Partner, Model], Finding]
JUDGES: Mapping[Factor, Judge] = {
    Factor.SECTOR: sector,
    Factor.REGION: region,
    Factor.VALUE: value,
    Factor.SCHEME: scheme,
    Factor.READINESS: readiness,
    Factor.TEXT: text,
    Factor.KIND: kind,
    Factor.MUST_HAVES: must_haves,
    Factor.CAPABILITY: capability,
    Factor.EXPERIENCE: experience,
    Factor.CAPACITY: capacity,
    Factor.LANGUAGE: language,
    Factor.LEVEL: level,
}
