import pytest

from marketplace.partners import labels, rules
from marketplace.partners.rules import LegalForm, PartnerKind
from tests.support.refusals import refuses


@pytest.mark.parametrize(
    "text, number",
    [
        ("01.234.567.8-901.000", "0012345678901000"),
        ("0012345678901000", "0012345678901000"),
        ("3173 0512 3456 7890", "3173051234567890"),
        ("", None),
        ("  ", None),
    ],
)
def test_npwp_becomes_sixteen_digits(text, number):
    assert rules.read_npwp(text) == number


@pytest.mark.parametrize(
    "text, digits",
    [("12345678901234", 14), ("12345678901234567", 17), ("01.234.567.8-901.00x", 14), ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥", 0)],
)
def test_other_npwp_are_refused(text, digits):
    with refuses(rules.NpwpUnreadable, field="npwp", digits=digits):
        rules.read_npwp(text)


def test_nib_has_thirteen_digits():
    assert rules.read_nib("1234 5678 90123") == "1234567890123"
    assert rules.read_nib("") is None
    for text, digits in (("123456789012", 12), ("12345678901234", 14), ("12.345-678/9012a", 12)):
        with refuses(rules.NibUnreadable, field="nib", digits=digits):
            rules.read_nib(text)


def test_domestic_ones_give_a_number_and_foreign_ones_a_country():
    rules.check_identity(LegalForm.PT, "ID", nib="1", npwp=None)
    rules.check_identity(LegalForm.PT, "ID", nib=None, npwp="1")
    rules.check_identity(LegalForm.FOREIGN_COMPANY, "SG", nib=None, npwp=None)
    with refuses(rules.NumberMissing, field="nib"):
        rules.check_identity(LegalForm.PT, "ID", nib=None, npwp=None)
    for form, country in ((LegalForm.PT, "SG"), (LegalForm.FOREIGN_COMPANY, "ID")):
        with refuses(rules.CountryMismatch, field="country"):
            rules.check_identity(form, country, nib="1", npwp="1")


def test_the_smaller_sum_comes_first():
    for pair in ((None, None), (1, None), (None, 1), (1, 1), (1, 2)):
        rules.check_ticket(*pair)
    with refuses(rules.TicketReversed, field="ticket_max"):
        rules.check_ticket(2, 1)


@pytest.mark.parametrize(
    "year, likely", [(None, True), (1899, False), (1900, True), (2026, True), (2027, False)]
)
def test_a_year_of_a_record_is_one_that_was(year, likely):
    if likely:
        rules.check_year(year, this_year=2026)
    else:
        with refuses(rules.YearUnlikely, field="year", first=1900, last=2026):
            rules.check_year(year, this_year=2026)


def test_a_link_or_words_show_what_was_done():
    rules.check_evidence("https://contoh.id", "")
    rules.check_evidence("", "Berita acara serah terima.")
    with refuses(rules.EvidenceNeeded, field="evidence_url"):
        rules.check_evidence("", "")


def test_the_record_has_room_for_so_many():
    most = rules.RECORDS_AT_MOST
    rules.check_record_count(most - 1)
    for records in (most, most + 1):
        with refuses(rules.TooManyRecords, most=most):
            rules.check_record_count(records)


def test_everything_has_words():
    assert set(labels.KIND) == set(PartnerKind)
    assert set(labels.FORM) == set(LegalForm)
    assert labels.country_name("JP", "id") == "Jepang"
    assert labels.country_name("JP", "en") == "Japan"
    assert next(iter(labels.countries("id"))) == "ID"
    assert 200 < len(labels.countries("en")) < 270
