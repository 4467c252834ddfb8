"""How far a shipped fact can be trusted."""

from enum import StrEnum


class Confidence(StrEnum):
    HIGH = "high"
    # Something was inferred; the note says what.
    MEDIUM = "medium"
    # Doubtful; shown as such.
    LOW = "low"
