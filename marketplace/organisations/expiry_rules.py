"""A verification lasts as long as the documents that it rests on; *expired* is derived from the date, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.organisations.rules import OrganisationStatus

# Days before the end on which the organisation is warned.
WARNINGS = (60, 30, 7)
# The last day has passed.
EXPIRED = 0


class OrganisationState(StrEnum):
    """The status as people read it: the stored one, or expired."""

    REGISTERED = "registered"
    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    VERIFIED = "verified"
    EXPIRED = "expired"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Dated:
    """A document that counts: its title and its last day, where it has one."""

    title: str
    expires_on: date | None


class DocumentLapsed(Refusal):
    message = _l("“%(title)s” berlaku hanya sampai %(day)s. Minta penggantinya dahulu.")


class ExpiryPassed(Refusal):
    message = _l("Tanggal ini sudah lewat. Unggah dokumen yang masih berlaku.")


class NothingToCheckAgain(Refusal):
    message = _l("Unggah dahulu dokumen yang baru, lalu minta diperiksa ulang.")


def has_lapsed(valid_until: date | None, today: date) -> bool:
    """Whether the last day is over; what has no last day does not lapse."""
    return valid_until is not None and valid_until < today


def is_trusted(status: OrganisationStatus, valid_until: date | None, today: date) -> bool:
    """Whether the organisation may publish, send and decide today; its SQL twin is `trust_queries.trusted`."""
    return status is OrganisationStatus.VERIFIED and not has_lapsed(valid_until, today)


def state_of(status: OrganisationStatus, valid_until: date | None, today: date) -> OrganisationState:
    """The state that people read."""
    if status is OrganisationStatus.VERIFIED and has_lapsed(valid_until, today):
        return OrganisationState.EXPIRED
    return OrganisationState(str(status))


def end_of_verification(documents: Iterable[Dated], today: date) -> date | None:
    """How long a verification lasts that rests on these documents. Raises DocumentLapsed."""
    dated = [document for document in documents if document.expires_on is not None]
    for document in dated:
        if has_lapsed(document.expires_on, today):
            raise DocumentLapsed(title=document.title, day=document.expires_on)
    return min((document.expires_on for document in dated if document.expires_on), default=None)


def check_expiry(expires_on: date | None, today: date) -> None:
    """Raises ExpiryPassed: a document that is over shows nothing."""
    if has_lapsed(expires_on, today):
        raise ExpiryPassed(field="expires_on")


def due_warning(valid_until: date | None, today: date) -> int | None:
    """The narrowest warning that applies today: 60, 30 or 7 days, or EXPIRED; None while the end is far."""
    if valid_until is None:
        return None
    left = (valid_until - today).days
    if left < 0:
        return EXPIRED
    return min((days for days in WARNINGS if left <= days), default=None)


def may_check_again(status: OrganisationStatus, *, asked: bool, newer_proofs: int) -> bool:
    """Whether its owner may ask LAIP to look at its documents again."""
    return status is OrganisationStatus.VERIFIED and not asked and newer_proofs > 0
