"""What kinds of partner there are, and what a profile may say."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from marketplace.core.money import LARGEST, RUPIAH, Money
from marketplace.core.refusal import Refusal
from marketplace.core.words import _l

HOME = "ID"
LONGEST_LEGAL_NAME = 160
LONGEST_ABOUT = 3000
RECORDS_AT_MOST = 30
EARLIEST_YEAR = 1900


class PartnerKind(StrEnum):
    INVESTOR = "investor"
    FOREIGN_INVESTOR = "foreign_investor"
    FINTECH = "fintech"
    STARTUP = "startup"
    MARKETPLACE = "marketplace"
    BUMN = "bumn"
    BUMD = "bumd"
    OPERATOR = "operator"
    UNIVERSITY = "university"


class LegalForm(StrEnum):
    """Forms offered at registration; the list is of practice, not of one law."""

    PT = "pt"
    PT_PERORANGAN = "pt_perorangan"
    CV = "cv"
    KOPERASI = "koperasi"
    BUMN = "bumn"
    BUMD = "bumd"
    YAYASAN = "yayasan"
    UNIVERSITY = "university"
    FOREIGN_COMPANY = "foreign_company"


class Capability(StrEnum):
    """What a partner can bring; also the roles that it offers in an interest."""

    FUND = "fund"
    BUILD = "build"
    OPERATE = "operate"
    SUPPLY = "supply"
    PLATFORM = "platform"
    RESEARCH = "research"


# The rungs of a listing's readiness, from the idea to the transaction.
RUNGS = range(1, 7)
DOLLAR = "USD"
LARGEST_RATE = 1_000_000


class NpwpUnreadable(Refusal):
    message = _l("NPWP terdiri atas 16 angka, atau 15 angka pada kartu lama. Yang terbaca %(digits)s angka.")


class NibUnreadable(Refusal):
    message = _l("NIB terdiri atas 13 angka. Yang terbaca %(digits)s angka.")


class NumberMissing(Refusal):
    message = _l("Isi NIB atau NPWP. Badan usaha Indonesia dikenali dari salah satunya.")


class CountryMismatch(Refusal):
    message = _l("Bentuk “perusahaan asing” dan negara Indonesia tidak sejalan. Periksa salah satunya.")


class TicketReversed(Refusal):
    message = _l("Jumlah terkecil lebih besar daripada jumlah terbesar. Tukar keduanya bila terbalik.")


class YearUnlikely(Refusal):
    message = _l("Tulis tahunnya dengan empat angka, dari %(first)s sampai %(last)s.")


class EvidenceNeeded(Refusal):
    message = _l("Tunjukkan buktinya: sebuah alamat, atau keterangan dengan kata-kata di bawahnya.")


class TooManyRecords(Refusal):
    message = _l("Paling banyak %(most)s proyek. Hapus satu untuk menambah yang lain.")


class TicketCurrency(Refusal):
    message = _l("Tulis nilainya dalam rupiah atau dolar AS.")


class TicketMixed(Refusal):
    message = _l("Tulis kedua nilai dalam mata uang yang sama.")


class TicketTooLarge(Refusal):
    message = _l("Menurut kurs Anda, nilainya dalam rupiah terlalu besar. Periksa kurs dan jumlah nolnya.")


class RateNeeded(Refusal):
    message = _l("Tulis kurs yang Anda pakai, berapa rupiah untuk satu dolar, misalnya 16250.")


class RateWithoutUse(Refusal):
    message = _l("Kurs hanya dipakai bila nilainya dalam dolar. Kosongkan, atau tulis nilainya dengan US$.")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a partner puts into one project: in whole rupiah, and in dollars at a rate where it was written so."""

    min_idr: int | None = None
    max_idr: int | None = None
    min_usd: Decimal | None = None
    max_usd: Decimal | None = None
    rate: int | None = None


def read_ticket(smallest: Money | None, largest: Money | None, rate: int | None) -> Ticket:
    """Both ends in rupiah.

    Raises TicketCurrency, TicketMixed, RateNeeded, RateWithoutUse, TicketTooLarge or TicketReversed.
    """
    for money, field in ((smallest, "ticket_min"), (largest, "ticket_max")):
        if money is not None and money.currency not in (RUPIAH, DOLLAR):
            raise TicketCurrency(field=field)
    currencies = {money.currency for money in (smallest, largest) if money is not None}
    if len(currencies) > 1:
        raise TicketMixed(field="ticket_max")
    in_dollars = currencies == {DOLLAR}
    if in_dollars and rate is None:
        raise RateNeeded(field="usd_rate")
    if rate is not None and not in_dollars:
        raise RateWithoutUse(field="usd_rate")
    lowest, highest = _in_rupiah(smallest, rate, "ticket_min"), _in_rupiah(largest, rate, "ticket_max")
    check_ticket(lowest, highest)
    if not in_dollars:
        return Ticket(lowest, highest)
    least = smallest.amount if smallest else None
    most = largest.amount if largest else None
    return Ticket(lowest, highest, least, most, rate)


def _in_rupiah(money: Money | None, rate: int | None, field: str) -> int | None:
    if money is None:
        return None
    rupiah = (money.amount * (rate or 1)).to_integral_value(ROUND_HALF_EVEN)
    if rupiah > LARGEST:
        raise TicketTooLarge(field=field)
    return int(rupiah)


def read_npwp(text: str) -> str | None:
    """16 digits; the older 15 get their leading zero; None where nothing is written. Raises NpwpUnreadable."""
    digits = re.sub(r"[\s.\-/]", "", text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) in (15, 16)):
        raise NpwpUnreadable(field="npwp", digits=len(re.sub(r"[^0-9]", "", digits)))
    return digits.zfill(16)


def read_nib(text: str) -> str | None:
    """13 digits; None where nothing is written. Raises NibUnreadable."""
    digits = re.sub(r"[\s.\-/]", "", text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) == 13):
        raise NibUnreadable(field="nib", digits=len(re.sub(r"[^0-9]", "", digits)))
    return digits


def check_identity(form: LegalForm, country: str, *, nib: str | None, npwp: str | None) -> None:
    """Raises CountryMismatch or NumberMissing."""
    if (form is LegalForm.FOREIGN_COMPANY) == (country == HOME):
        raise CountryMismatch(field="country")
    if country == HOME and nib is None and npwp is None:
        raise NumberMissing(field="nib")


def check_ticket(smallest: int | None, largest: int | None) -> None:
    """Raises TicketReversed."""
    if smallest is not None and largest is not None and smallest > largest:
        raise TicketReversed(field="ticket_max")


def check_year(year: int | None, *, this_year: int) -> None:
    """Raises YearUnlikely; an unknown year is fine."""
    if year is not None and not EARLIEST_YEAR <= year <= this_year:
        raise YearUnlikely(field="year", first=EARLIEST_YEAR, last=this_year)


def check_evidence(url: str, words: str) -> None:
    """Raises EvidenceNeeded where neither a link nor words show what was done."""
    if not url and not words:
        raise EvidenceNeeded(field="evidence_url")


def check_record_count(records: int) -> None:
    """Raises TooManyRecords where there is no room for one more."""
    if records >= RECORDS_AT_MOST:
        raise TooManyRecords(most=RECORDS_AT_MOST)
