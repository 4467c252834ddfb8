"""In which order LAIP sees what waits for it, what makes a case riskier than another, and what has come to a standstill."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum

from marketplace.core.actor import OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day, working_days_between, zone_info
from marketplace.core.refusal import Conflict
from marketplace.core.words import _l
from marketplace.organisations.rules import PROMISED_WORKING_DAYS

# What LAIP promises: a decision within so many working days.
PROMISED_DAYS = PROMISED_WORKING_DAYS
# Working days after which somebody has to be called.
STALLED_DAYS = 2 * PROMISED_DAYS
# An introduction of which nobody has heard for so long has gone quiet.
QUIET_FOR = timedelta(days=30)
# A moderator who takes a case in hand and forgets it keeps it no longer than this.
HELD_FOR = timedelta(hours=24)


class QueueKind(StrEnum):
    OPPORTUNITY = "peluang"
    ORGANISATION = "organisasi"
    MATCH = "penjodohan"


class StalledKind(StrEnum):
    """What can come to a standstill: the three kinds of the queue, and what waits for others than LAIP."""

    OPPORTUNITY = "peluang"
    ORGANISATION = "organisasi"
    MATCH = "penjodohan"
    INTEREST = "minat"
    QUESTION = "pertanyaan"
    COLLABORATION = "kerja-sama"


# These wait for a Pemda, which LAIP can call.
AT_PEMDA = frozenset({StalledKind.INTEREST, StalledKind.QUESTION})


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
    RENEWAL = "renewal"


RISK: Mapping[Why, Risk] = {
    Why.VALUE_CHANGED: Risk.HIGH,
    Why.RIVAL_CLAIM: Risk.HIGH,
    Why.LOOK_ALIKE: Risk.HIGH,
    Why.VALUE_UNKNOWN: Risk.MEDIUM,
    Why.AGAIN: Risk.MEDIUM,
    Why.RENEWAL: Risk.MEDIUM,
    Why.FOREIGN_PARTNER: Risk.MEDIUM,
    Why.NEW_VERSION: Risk.LOW,
    Why.FIRST_TIME: Risk.LOW,
    Why.LETTER: Risk.LOW,
    Why.PAPERS: Risk.LOW,
    Why.BOTH_AGREE: Risk.LOW,
}


class HeldByColleague(Conflict):
    message = _l("Sudah dipegang %(who)s sejak %(when)s. Anda tetap dapat memutuskannya.")


class NoLongerWaiting(Conflict):
    message = _l("Kasus ini tidak lagi menunggu keputusan, jadi tidak ada yang perlu dipegang.")


@dataclass(frozen=True, slots=True)
class Holder:
    """The moderator who has a case in hand, and since when."""

    user_id: int
    name: str
    since: datetime


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
    why: Why
    holder: Holder | None = None

    @property
    def risk(self) -> Risk:
        """How much depends on the decision."""
        return RISK[self.why]

    @property
    def path(self) -> str:
        """Its decision page."""
        return f"/moderasi/{self.kind}/{self.id}"

    @property
    def late(self) -> int:
        """Working days past the promise; 0 within it."""
        return max(0, self.days - PROMISED_DAYS)


@dataclass(frozen=True, slots=True)
class StalledItem:
    """One standstill: what it is, for whom it waits, where LAIP can do something about it.

    `number` counts the interests or questions that one Pemda leaves unanswered in one listing; 1 for all else.
    """

    kind: StalledKind
    id: int
    title_id: str
    title_en: str
    region_code: str | None
    other: str
    number: int
    since: datetime
    days: int

    @property
    def path(self) -> str:
        """Where the contacts stand, or the decision is taken."""
        if self.kind in AT_PEMDA:
            return f"/moderasi/organisasi/{self.id}"
        if self.kind is StalledKind.COLLABORATION:
            return f"/dasbor/kerja-sama/{self.id}"
        return f"/moderasi/{self.kind}/{self.id}"


def organisation_why(
    kind: OrganisationKind,
    *,
    rivals: bool,
    look_alikes: bool,
    again: bool,
    foreign: bool,
    renewal: bool = False,
) -> Why:
    """Claims that could be somebody else's first. Its SQL twin is in `queue_queries`, like those below."""
    if renewal:
        return Why.RENEWAL
    if rivals:
        return Why.RIVAL_CLAIM
    if look_alikes:
        return Why.LOOK_ALIKE
    if again:
        return Why.AGAIN
    if foreign:
        return Why.FOREIGN_PARTNER
    return Why.LETTER if kind is OrganisationKind.PEMDA else Why.PAPERS


def listing_why(*, published: bool, value_changed: bool, value_known: bool) -> Why:
    """What would change under people who follow it first."""
    if value_changed:
        return Why.VALUE_CHANGED
    if not value_known:
        return Why.VALUE_UNKNOWN
    return Why.NEW_VERSION if published else Why.FIRST_TIME


def match_why(*, foreign: bool) -> Why:
    """Both sides have agreed; a partner from abroad is looked at longer."""
    return Why.FOREIGN_PARTNER if foreign else Why.BOTH_AGREE


def age(since: datetime, now: datetime) -> int:
    """Working days from then to now, by the calendar of the ministry."""
    return working_days_between(local_day(since, HOME_ZONE), local_day(now, HOME_ZONE))


def older_than(days: int, now: datetime) -> datetime:
    """The moment before which a thing must have begun for `age` to exceed so many working days."""
    today = local_day(now, HOME_ZONE)
    day = today
    while working_days_between(day - timedelta(days=1), today) <= days:
        day -= timedelta(days=1)
    return datetime.combine(day, time.min, tzinfo=zone_info(HOME_ZONE))


def is_stalled(kind: StalledKind, since: datetime, now: datetime) -> bool:
    """Whether it has waited so long that somebody has to be called; for a question its promised day decides."""
    if kind is StalledKind.COLLABORATION:
        return now - since > QUIET_FOR
    return age(since, now) > STALLED_DAYS


def stalled_before(kind: StalledKind, now: datetime) -> datetime:
    """The same as a moment that SQL compares with: what began before it is stalled."""
    return now - QUIET_FOR if kind is StalledKind.COLLABORATION else older_than(STALLED_DAYS, now)


def is_held(held_at: datetime, *, since: datetime, now: datetime) -> bool:
    """Whether a hand still lies on the case: taken since it was submitted, and not too long ago."""
    return held_at >= since and now - held_at < HELD_FOR


def in_order(items: list[QueueItem]) -> list[QueueItem]:
    """Oldest first by working days, then the riskiest, then to the minute. Its SQL twin orders the queue."""
    return sorted(items, key=lambda item: (-item.days, -item.risk, item.since, item.kind, item.id))
