"""Must-haves that can be checked against a partner's profile: the codes, and what each asks for."""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.partners.rules import HOME, Capability, LegalForm


class MustCode(StrEnum):
    """What a listing may require and a profile can show. The first six are the capabilities of a profile."""

    FUND = "fund"
    BUILD = "build"
    OPERATE = "operate"
    SUPPLY = "supply"
    PLATFORM = "platform"
    RESEARCH = "research"
    LEGAL_ENTITY = "legal_entity"
    TRACK_RECORD = "track_record"
    TICKET = "ticket"


# Whether a ticket covers what is sought is known of a pair only.
CHECKED_ALONE = frozenset(MustCode) - {MustCode.TICKET}
CAPABILITIES = frozenset(MustCode(capability) for capability in Capability)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a profile says of these things; sums in whole rupiah, `evidenced` its projects with evidence."""

    capabilities: frozenset[str]
    legal_form: LegalForm
    country: str
    evidenced: int
    smallest_idr: int | None = None
    largest_idr: int | None = None


def meets(code: MustCode, shown: Shown, *, amount_idr: int | None = None) -> bool | None:
    """Whether the partner meets it; None where its profile, or the sum that is sought, does not say."""
    if code in CAPABILITIES:
        return code in shown.capabilities if shown.capabilities else None
    if code is MustCode.LEGAL_ENTITY:
        return shown.country == HOME and shown.legal_form is not LegalForm.FOREIGN_COMPANY
    if code is MustCode.TRACK_RECORD:
        return True if shown.evidenced else None
    return _covers(shown.smallest_idr, shown.largest_idr, amount_idr)


def _covers(smallest: int | None, largest: int | None, amount: int | None) -> bool | None:
    """A range without a smallest sum begins anywhere; whether one without a largest reaches is unknown."""
    if amount is None or (smallest is None and largest is None):
        return None
    if (smallest is not None and amount < smallest) or (largest is not None and amount > largest):
        return False
    return True if largest is not None else None
