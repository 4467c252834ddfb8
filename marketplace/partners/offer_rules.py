"""Standing offers: what a partner would fund or supply, until when, and how many at a time."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps

OPEN_AT_MOST = 10
LONGEST_TITLE = 120
LONGEST_WORDS = 1200
# An offer that nobody has looked at for a year is none.
LONGEST_VALID = timedelta(days=366)


class OfferStatus(StrEnum):
    """NONE is derived: there is no offer yet."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"


class OfferState(StrEnum):
    """The status as people read it: the stored one, or expired by its date."""

    OPEN = "open"
    EXPIRED = "expired"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why an offer is taken off before its date."""

    FOUND = "found"
    FUNDS_BOUND = "funds_bound"
    PLANS_CHANGED = "plans_changed"
    IN_ERROR = "in_error"
    OTHER = "other"


S = OfferStatus
STORED = (S.OPEN, S.CLOSED)
OFFER_STEPS: Steps = {
    (S.NONE, S.OPEN): Step("offer:opened", by="keeper"),
    (S.OPEN, S.CLOSED): Step("offer:closed", by="keeper", reasons=frozenset(map(str, CloseReason))),
    (S.CLOSED, S.OPEN): Step("offer:reopened", by="keeper"),
}


class OnlyVerifiedOffer(Refusal):
    message = _l("Tawaran tampil untuk umum, jadi baru dapat dipasang sesudah organisasi Anda terverifikasi.")


class TooManyOffers(Refusal):
    message = _l("Paling banyak %(most)s tawaran terbuka. Tutup satu untuk membuka yang lain.")


class ValidUntilPassed(Refusal):
    message = _l("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.")


class ValidUntilTooFar(Refusal):
    message = _l("Paling lama satu tahun dari hari ini. Sesudah itu dapat diperpanjang.")


class SectorNeeded(Refusal):
    message = _l("Pilih sedikitnya satu sektor.")


class CapabilityNeeded(Refusal):
    message = _l("Pilih sedikitnya satu yang Anda bawa.")


def state_of(status: OfferStatus, valid_until: date, today: date) -> OfferState:
    """What it is on that day; its SQL twin is `offer_queries.standing`."""
    if status is OfferStatus.OPEN and valid_until < today:
        return OfferState.EXPIRED
    return OfferState(status)


def check_valid_until(valid_until: date, *, today: date) -> None:
    """Raises ValidUntilPassed or ValidUntilTooFar."""
    if valid_until < today:
        raise ValidUntilPassed(field="valid_until")
    if valid_until - today > LONGEST_VALID:
        raise ValidUntilTooFar(field="valid_until")


def check_codes(*, sectors: Sequence[str], capabilities: Sequence[str]) -> None:
    """Raises SectorNeeded or CapabilityNeeded."""
    if not capabilities:
        raise CapabilityNeeded(field="capability_codes")
    if not sectors:
        raise SectorNeeded(field="sector_codes")


def check_room(standing: int) -> None:
    """Raises TooManyOffers where there is no room for one more open offer."""
    if standing >= OPEN_AT_MOST:
        raise TooManyOffers(most=OPEN_AT_MOST)
