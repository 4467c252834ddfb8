"""What a programme owner may set: weights, neutral values, lengths of lists and the cap on exposure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

# Another version of the engine may give another score for the same facts and settings, or another order of lists: lists
# of another version are made anew. 2: equal scores are ordered by the tie of the pair, no longer by number alone.
ENGINE_VERSION = 2


class Factor(StrEnum):
    """What a score is made of."""

    SECTOR = "sector"
    REGION = "region"
    VALUE = "value"
    SCHEME = "scheme"
    READINESS = "readiness"
    TEXT = "text"
    KIND = "kind"
    MUST_HAVES = "must_haves"
    CAPABILITY = "capability"
    EXPERIENCE = "experience"
    CAPACITY = "capacity"
    LANGUAGE = "language"
    LEVEL = "level"


class Direction(StrEnum):
    """Whose wishes are looked at."""

    FOR_PARTNER = "for_partner"
    FOR_LISTING = "for_listing"


FACTORS: Mapping[Direction, tuple[Factor, ...]] = {
    Direction.FOR_PARTNER: (
        Factor.SECTOR, Factor.REGION, Factor.VALUE, Factor.SCHEME, Factor.READINESS, Factor.TEXT,
    ),
    Direction.FOR_LISTING: (
        Factor.KIND, Factor.MUST_HAVES, Factor.CAPABILITY, Factor.EXPERIENCE, Factor.CAPACITY, Factor.LANGUAGE,
        Factor.LEVEL, Factor.TEXT,
    ),
}  # fmt: skip
_WHOLE = 100
# A perfect pair; people read it as a hundred.
POINTS = 1_000_000
# Values are whole numbers up to FULL, a per cent of it is PERCENT.
PERCENT = 1_200
FULL = 100 * PERCENT
Weights = Mapping[Factor, int]


def _for_partner() -> Weights:
    return {
        Factor.SECTOR: 28, Factor.REGION: 16, Factor.VALUE: 18, Factor.SCHEME: 6, Factor.READINESS: 6, Factor.TEXT: 26,
    }  # fmt: skip


def _for_listing() -> Weights:
    return {
        Factor.KIND: 12, Factor.MUST_HAVES: 12, Factor.CAPABILITY: 16, Factor.EXPERIENCE: 20, Factor.CAPACITY: 10,
        Factor.LANGUAGE: 4, Factor.LEVEL: 6, Factor.TEXT: 20,
    }  # fmt: skip


def _neutral() -> Weights:
    return dict.fromkeys(Factor, 50) | {Factor.TEXT: 25, Factor.EXPERIENCE: 40}


@dataclass(frozen=True, slots=True)
class Settings:
    """All in whole per cent but for lengths and `exposure`. Raises ValueError where weights do not make 100.

    `exposure`: nobody stands in more lists than that many times the even share; 0 leaves exposure free.
    `price_strength`: how much of the price that would keep to the cap is taken; 100 takes all of it.
    `floor`, of a hundred points: what fits less is no suggestion, but for the first `always` of each list, so that
    none stands empty. It rules what is shown, not what is kept.
    """

    for_partner: Weights = field(default_factory=_for_partner)
    for_listing: Weights = field(default_factory=_for_listing)
    neutral: Weights = field(default_factory=_neutral)
    related_sector: int = 40
    near_province: int = 50
    anywhere: int = 80
    rung_step: int = 35
    other_experience: int = 30
    related_experience: int = 60
    full_cosine: int = 35
    shown: int = 20
    kept: int = 40
    exposure: int = 4
    price_strength: int = 100
    floor: int = 35
    always: int = 5

    def __post_init__(self) -> None:
        for direction, wanted in FACTORS.items():
            weights = self.weights(direction)
            if set(weights) != set(wanted) or sum(weights.values()) != _WHOLE or min(weights.values()) < 0:
                raise ValueError(
                    f"{direction}: one weight for each of {', '.join(wanted)}, {_WHOLE} together"
                )
        if set(self.neutral) != set(Factor) or not all(0 <= each <= _WHOLE for each in self.neutral.values()):
            raise ValueError(f"neutral: 0 to {_WHOLE} for each factor")
        if not 0 < self.full_cosine <= _WHOLE:
            raise ValueError(f"full_cosine: 1 to {_WHOLE}")
        if not 0 <= self.floor <= _WHOLE or self.always < 1:
            raise ValueError(f"floor: 0 to {_WHOLE}; always: 1 or more")

    def weights(self, direction: Direction) -> Weights:
        """The weights of that direction."""
        return self.for_partner if direction is Direction.FOR_PARTNER else self.for_listing

    def is_weak(self, total: int) -> bool:
        """Whether a score is below the floor."""
        return total * _WHOLE < self.floor * POINTS

    def shows(self, place: int, total: int) -> bool:
        """Whether what has that place of a list (the first is 0) and that score is shown there."""
        return place < self.shown and (place < self.always or not self.is_weak(total))

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, which `of_json` reads back."""
        return {
            name: {str(factor): share for factor, share in value.items()}
            if isinstance(value, Mapping)
            else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Self:
        """The settings that `as_json` wrote; what it does not name has its default."""
        known = {each.name for each in fields(cls)}
        read: dict[str, Any] = {
            name: {Factor(factor): share for factor, share in value.items()}
            if isinstance(value, dict)
            else value
            for name, value in stored.items()
            if name in known
        }
        return cls(**read)
