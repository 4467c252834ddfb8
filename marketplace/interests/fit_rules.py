"""Plain facts of how a partner fits an opportunity, each met, not met or unknown.

What nobody has stated is unknown, never "not met". A partner's profile that names no province or no readiness says by
that "anywhere" and "any" (partners/forms.py), so that is a fact too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fit(StrEnum):
    """What is looked at, in the order in which it is shown."""

    SECTOR = "sector"
    REGION = "region"
    VALUE = "value"
    SCHEME = "scheme"
    READINESS = "readiness"
    MUST_HAVES = "must_haves"


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What the answer rests on; its words are in labels.py."""

    SECTOR_SHARED = "sector_shared"
    SECTOR_OTHER = "sector_other"
    SECTOR_NOT_SOUGHT = "sector_not_sought"
    SECTOR_NOT_SAID = "sector_not_said"
    REGION_NAMED = "region_named"
    REGION_ANY = "region_any"
    REGION_OTHER = "region_other"
    VALUE_WITHIN = "value_within"
    VALUE_BELOW = "value_below"
    VALUE_ABOVE = "value_above"
    VALUE_NOT_SOUGHT = "value_not_sought"
    VALUE_NOT_SAID = "value_not_said"
    VALUE_WITHOUT_TOP = "value_without_top"
    SCHEME_SHARED = "scheme_shared"
    SCHEME_OTHER = "scheme_other"
    SCHEME_NOT_SOUGHT = "scheme_not_sought"
    SCHEME_NOT_SAID = "scheme_not_said"
    READINESS_ENOUGH = "readiness_enough"
    READINESS_ANY = "readiness_any"
    READINESS_TOO_EARLY = "readiness_too_early"
    READINESS_NOT_SAID = "readiness_not_said"
    MUST_HAVES_NONE = "must_haves_none"
    MUST_HAVES_ALL = "must_haves_all"
    MUST_HAVES_SOME = "must_haves_some"


@dataclass(frozen=True, slots=True)
class Sought:
    """What the listing says, as far as it says it."""

    sector: str | None
    province: str
    schemes: tuple[str, ...]
    amount_idr: int | None
    rung: int | None
    must_haves: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What the partner's profile says, and how many must-haves its interest answers."""

    sectors: tuple[str, ...]
    provinces: tuple[str, ...]
    schemes: tuple[str, ...]
    smallest_idr: int | None
    largest_idr: int | None
    rung_from: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact: the answer, what it rests on, and the codes and sums that its words name."""

    answer: Answer
    why: Why
    given: Mapping[str, Any] = field(default_factory=dict)


def find_fit(sought: Sought, offered: Offered) -> dict[Fit, Finding]:
    """Every fact, in the order in which it is shown."""
    return {
        Fit.SECTOR: _sector(sought.sector, offered.sectors),
        Fit.REGION: _region(sought.province, offered.provinces),
        Fit.VALUE: _value(sought.amount_idr, offered.smallest_idr, offered.largest_idr),
        Fit.SCHEME: _scheme(sought.schemes, offered.schemes),
        Fit.READINESS: _readiness(sought.rung, offered.rung_from),
        Fit.MUST_HAVES: _must_haves(sought.must_haves, offered.answered),
    }


def _sector(wanted: str | None, named: tuple[str, ...]) -> Finding:
    if wanted is None:
        return Finding(Answer.UNKNOWN, Why.SECTOR_NOT_SOUGHT)
    if not named:
        return Finding(Answer.UNKNOWN, Why.SECTOR_NOT_SAID)
    if wanted in named:
        return Finding(Answer.MET, Why.SECTOR_SHARED)
    return Finding(Answer.NOT_MET, Why.SECTOR_OTHER, {"sectors": named})


def _region(province: str, named: tuple[str, ...]) -> Finding:
    if not named:
        return Finding(Answer.MET, Why.REGION_ANY)
    if province in named:
        return Finding(Answer.MET, Why.REGION_NAMED)
    return Finding(Answer.NOT_MET, Why.REGION_OTHER, {"provinces": named})


def _value(wanted: int | None, smallest: int | None, largest: int | None) -> Finding:
    """A range without a smallest sum begins anywhere; without a largest one, whether it reaches is unknown."""
    if wanted is None:
        return Finding(Answer.UNKNOWN, Why.VALUE_NOT_SOUGHT)
    if smallest is None and largest is None:
        return Finding(Answer.UNKNOWN, Why.VALUE_NOT_SAID)
    if smallest is not None and wanted < smallest:
        return Finding(Answer.NOT_MET, Why.VALUE_BELOW, {"amount": smallest})
    if largest is not None and wanted > largest:
        return Finding(Answer.NOT_MET, Why.VALUE_ABOVE, {"amount": largest})
    if largest is None:
        return Finding(Answer.UNKNOWN, Why.VALUE_WITHOUT_TOP, {"amount": smallest})
    return Finding(Answer.MET, Why.VALUE_WITHIN)


def _scheme(wanted: tuple[str, ...], named: tuple[str, ...]) -> Finding:
    if not wanted:
        return Finding(Answer.UNKNOWN, Why.SCHEME_NOT_SOUGHT)
    if not named:
        return Finding(Answer.UNKNOWN, Why.SCHEME_NOT_SAID)
    shared = tuple(code for code in wanted if code in named)
    if shared:
        return Finding(Answer.MET, Why.SCHEME_SHARED, {"schemes": shared})
    return Finding(Answer.NOT_MET, Why.SCHEME_OTHER, {"schemes": named})


def _readiness(rung: int | None, wanted_from: int | None) -> Finding:
    if wanted_from is None:
        return Finding(Answer.MET, Why.READINESS_ANY)
    if rung is None:
        return Finding(Answer.UNKNOWN, Why.READINESS_NOT_SAID)
    enough = rung >= wanted_from
    answer, why = (Answer.MET, Why.READINESS_ENOUGH) if enough else (Answer.NOT_MET, Why.READINESS_TOO_EARLY)
    return Finding(answer, why, {"rung": wanted_from})


def _must_haves(wanted: int, answered: int) -> Finding:
    """Answered is what the partner says of each; what it left out is unknown, since its offer may say it."""
    if not wanted:
        return Finding(Answer.MET, Why.MUST_HAVES_NONE)
    if answered >= wanted:
        return Finding(Answer.MET, Why.MUST_HAVES_ALL, {"total": wanted})
    return Finding(Answer.UNKNOWN, Why.MUST_HAVES_SOME, {"answered": answered, "total": wanted})
