"""What matching knows of a listing and of a partner: plain values, read by nobody but the engine.

None or an empty set means that nobody has said it, but for a partner's provinces and its lowest rung: naming none
of them says "anywhere" and "from the first idea on" (partners/forms.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Stem (or meaning) and how often it is said, weighed by the field that says it; in the order of the stems.
Terms = tuple[tuple[str, float], ...]
TOP_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """A published listing. `amount_idr` is the sum that it seeks, or else its value; `within_ticket`: only partners are
    wanted whose range is not known to leave that sum out."""

    id: int
    province: str
    sector: str | None = None
    schemes: frozenset[str] = frozenset()
    amount_idr: int | None = None
    rung: int | None = None
    partner_kinds: frozenset[str] = frozenset()
    must_codes: frozenset[str] = frozenset()
    within_ticket: bool = False
    capabilities: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    terms: Terms = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """A verified partner. `meets` and `fails` are the checkable must-haves that it is known to meet or not to meet;
    `capacity_idr` the largest sum that it has shown or stated; `level` how far it is verified, 0 to TOP_LEVEL."""

    id: int
    kind: str | None = None
    sectors: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    smallest_idr: int | None = None
    largest_idr: int | None = None
    rung_from: int | None = None
    capabilities: frozenset[str] = frozenset()
    meets: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()
    records: int = 0
    proven_sectors: frozenset[str] = frozenset()
    capacity_idr: int | None = None
    languages: frozenset[str] = frozenset()
    level: int | None = None
    terms: Terms = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies near what: provinces near a province (itself left out), and the dimension of each sector."""

    near: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
