"""Why a pair has its score: what speaks for it, what against, and what nobody has said yet. Codes and values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.matching.factors import Side, Why, neutral
from marketplace.matching.model import Model
from marketplace.matching.score import PairScore, total_with
from marketplace.matching.settings import Factor


@dataclass(frozen=True, slots=True)
class Reason:
    """A factor and the points that it gives (or takes, below zero) against its neutral value."""

    factor: Factor
    why: Why
    points: int
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not known, who could state it, the value that it has at best, and the points that this adds."""

    factor: Factor
    sides: tuple[Side, ...]
    best: int
    at_most: int
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Strongest first in each part. The prices are what the other side's lists take off, 0 for most."""

    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    partner_price: int
    listing_price: int


def explain(pair: PairScore, model: Model) -> Explanation:
    """The explanation of a score that was made with that model."""
    told = [reason for factor in pair.findings if (reason := _reason(pair, factor, model)).points]
    told.sort(key=lambda reason: (-abs(reason.points), reason.factor))
    missing = [gap for factor in pair.findings if (gap := _missing(pair, factor, model))]
    missing.sort(key=lambda gap: (-gap.at_most, gap.factor))
    return Explanation(
        tuple(reason for reason in told if reason.points > 0),
        tuple(reason for reason in told if reason.points < 0),
        tuple(missing),
        model.partner_price(pair.partner_id),
        model.listing_price(pair.listing_id),
    )


def without(pair: PairScore, factor: Factor, model: Model) -> int:
    """The score that the pair would have if nothing were known of that factor."""
    return total_with(pair, model.settings, {factor: neutral(model, factor)})


def _reason(pair: PairScore, factor: Factor, model: Model) -> Reason:
    finding = pair.findings[factor]
    return Reason(factor, finding.why, pair.total - without(pair, factor, model), finding.given)


def _missing(pair: PairScore, factor: Factor, model: Model) -> Missing | None:
    finding = pair.findings[factor]
    if not finding.lacking:
        return None
    at_most = total_with(pair, model.settings, {factor: finding.best}) - pair.total
    return Missing(factor, finding.lacking, finding.best, at_most, finding.given)
