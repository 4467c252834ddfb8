"""Pairs fact by fact, as a comparison shows them side by side: what the engine finds, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.words import LazyString
from marketplace.matching import labels
from marketplace.matching.factors import Finding, Why, held, holds, neutral
from marketplace.matching.lists.held_model import current_model
from marketplace.matching.lists.loading import profiles_among, published_among, surroundings
from marketplace.matching.model import Model
from marketplace.matching.queries import PairFacts
from marketplace.matching.score import findings_of
from marketplace.matching.settings import Factor
from marketplace.matching.wording import Point, Told, point, point_of_gap, tell
from marketplace.partners.labels import MUST
from marketplace.partners.must_codes import MustCode


class Mark(StrEnum):
    """What a fact does to a score, against nothing being known of it."""

    FOR = "for"
    EVEN = "even"
    AGAINST = "against"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    mark: Mark
    point: Point


@dataclass(frozen=True, slots=True)
class Must:
    """A must-have that a profile can show; `held` is None where this one does not."""

    name: LazyString
    held: bool | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair: how well it fits, each factor that somebody can say something about, each checkable must-have."""

    told: Told
    facts: Mapping[Factor, Fact]
    musts: Mapping[MustCode, Must]


def pairs_to_compare(opportunity_id: int, organisation_ids: Iterable[int]) -> dict[int, PairFacts]:
    """The facts of a listing with each of the partners, by partner; a constant number of statements.

    Whatever became of either side since: this is for two that have turned to each other already.
    """
    kept = current_model()
    model = kept.model if kept else Model(surroundings=surroundings())
    number = kept.id if kept else None
    return {
        partner.id: PairFacts(listing, partner, model, number)
        for listing in published_among([opportunity_id])
        for partner in profiles_among(organisation_ids)
    }


def compare(pair: PairFacts, language: str) -> Compared:
    """The pair in words, sums and names as that language has them."""
    found = findings_of(pair.listing, pair.partner, pair.model)
    told = {factor: _fact(factor, finding, pair, language) for factor, finding in found.items()}
    return Compared(
        told=tell(pair, language),
        facts={
            factor: fact
            for factor, fact in told.items()
            if fact is not None and factor is not Factor.MUST_HAVES
        },
        musts=_musts(pair),
    )


def _fact(factor: Factor, finding: Finding, pair: PairFacts, language: str) -> Fact | None:
    """None for what no form asks for."""
    if any((factor, side) in labels.UNASKED for side in finding.lacking):
        return None
    return Fact(_mark(factor, finding, pair.model), _point(factor, finding, pair.model, language))


def _mark(factor: Factor, finding: Finding, model: Model) -> Mark:
    """Half of a fact may be known: a sum below a range without a top speaks against."""
    middle = neutral(model, factor)
    if finding.value == middle:
        return Mark.UNKNOWN if finding.lacking else Mark.EVEN
    return Mark.FOR if finding.value > middle else Mark.AGAINST


def _point(factor: Factor, finding: Finding, model: Model, language: str) -> Point:
    if finding.why is Why.NOT_SAID and finding.lacking:
        return point_of_gap(factor, finding.lacking[0], finding.given, language)
    against = finding.value < neutral(model, factor)
    return point(finding.why, finding.given, against=against, language=language)


def _musts(pair: PairFacts) -> dict[MustCode, Must]:
    """In the order of the codes."""
    standing = {code: held(code, pair.partner) for code in pair.listing.must_codes}
    if pair.listing.within_ticket:
        standing[MustCode.TICKET] = holds(pair.listing, pair.partner)
    return {code: Must(MUST[code], standing[code]) for code in MustCode if code in standing}
