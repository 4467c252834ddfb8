"""How much a partner's profile says, and what it leaves open: plain values in, plain answers out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What others look for first weighs as much as three of the rest.
FIRST = ("about_id", "capability_codes", "sector_codes", "scheme_codes", "ticket")
THEN = ("about_en", "region_codes", "readiness_from", "website", "records", "contact_phone")
_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Completeness:
    """`percent` 0 to 100; `missing` in the order in which it helps most."""

    percent: int
    missing: tuple[str, ...]


def completeness(values: Mapping[str, Any]) -> Completeness:
    """What of a profile is stated; an empty text, list or sum is not."""
    missing = tuple(name for name in (*FIRST, *THEN) if not values.get(name))
    whole = _WEIGHT * len(FIRST) + len(THEN)
    lacking = sum(_WEIGHT if name in FIRST else 1 for name in missing)
    return Completeness(100 * (whole - lacking) // whole, missing)
