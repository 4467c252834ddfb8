"""In which order LAIP sees what waits for it, and what makes a case riskier than another."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from marketplace.core.actor import OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day, working_days_between

# What LAIP promises: a decision within so many working days.
PROMISED_DAYS = 5


class QueueKind(StrEnum):
    OPPORTUNITY = "peluang"
    ORGANISATION = "organisasi"
    MATCH = "penjodohan"


class Risk(IntEnum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Why(StrEnum):
    """What a moderator should look at first."""

    VALUE_CHANGED = "value_changed"
    VALUE_UNKNOWN = "value_unknown"
    NEW_VERSION = "new_version"
    FIRST_TIME = "first_time"
    RIVAL_CLAIM = "rival_claim"
    LOOK_ALIKE = "look_alike"
    AGAIN = "again"
    LETTER = "letter"
    PAPERS = "papers"
    FOREIGN_PARTNER = "foreign_partner"
    BOTH_AGREE = "both_agree"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One case of any kind. `id` is that of its decision page; `days` are working days it has waited."""

    kind: QueueKind
    id: int
    title_id: str
    title_en: str
    region_code: str | None
    number: int | None
    since: datetime
    days: int
    risk: Risk
    why: Why
    demo: bool = False

    @property
    def path(self) -> str:
        """Its decision page."""
        return f"/moderasi/{self.kind}/{self.id}"

    @property
    def late(self) -> int:
        """Working days past the promise; 0 within it."""
        return max(0, self.days - PROMISED_DAYS)


def organisation_risk(
    kind: OrganisationKind, *, rivals: int, look_alikes: int, submissions: int
) -> tuple[Risk, Why]:
    """Claims that could be somebody else's first."""
    if rivals:
        return Risk.HIGH, Why.RIVAL_CLAIM
    if look_alikes:
        return Risk.HIGH, Why.LOOK_ALIKE
    if submissions > 1:
        return Risk.MEDIUM, Why.AGAIN
    return Risk.LOW, Why.LETTER if kind is OrganisationKind.PEMDA else Why.PAPERS


def listing_risk(*, published: bool, value_changed: bool, value_known: bool) -> tuple[Risk, Why]:
    """What would change under people who follow it first."""
    if value_changed:
        return Risk.HIGH, Why.VALUE_CHANGED
    if not value_known:
        return Risk.MEDIUM, Why.VALUE_UNKNOWN
    return Risk.LOW, Why.NEW_VERSION if published else Why.FIRST_TIME


def match_risk(*, foreign: bool) -> tuple[Risk, Why]:
    """Both sides have agreed; a partner from abroad is looked at longer."""
    return (Risk.MEDIUM, Why.FOREIGN_PARTNER) if foreign else (Risk.LOW, Why.BOTH_AGREE)


def age(since: datetime, now: datetime) -> int:
    """Working days from then to now, by the calendar of the ministry."""
    return working_days_between(local_day(since, HOME_ZONE), local_day(now, HOME_ZONE))


def in_order(items: list[QueueItem]) -> list[QueueItem]:
    """Oldest first by working days, then the riskiest, then to the minute."""
    return sorted(items, key=lambda item: (-item.days, -item.risk, item.since, item.kind, item.id))
