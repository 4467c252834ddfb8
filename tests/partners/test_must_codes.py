"""What a profile shows of the must-haves that can be checked; what it does not say is unknown, never "no"."""

from dataclasses import replace

import pytest

from marketplace.partners.labels import MUST
from marketplace.partners.must_codes import CAPABILITIES, MustCode, Shown, meets
from marketplace.partners.rules import Capability, LegalForm

BILLION = 10**9
SHOWN = Shown(frozenset({"fund", "operate"}), LegalForm.PT, "ID", evidenced=1)
SILENT = Shown(frozenset(), LegalForm.PT, "ID", evidenced=0)


def test_every_code_has_words_and_every_capability_is_a_code():
    assert set(MUST) == set(MustCode)
    assert {str(code) for code in CAPABILITIES} == {str(capability) for capability in Capability}


@pytest.mark.parametrize(
    "code, shown, answer",
    [
        (MustCode.FUND, SHOWN, True),
        (MustCode.BUILD, SHOWN, False),
        (MustCode.BUILD, SILENT, None),
        (MustCode.LEGAL_ENTITY, SHOWN, True),
        (MustCode.LEGAL_ENTITY, replace(SHOWN, legal_form=LegalForm.FOREIGN_COMPANY, country="SG"), False),
        (MustCode.LEGAL_ENTITY, replace(SHOWN, country="SG"), False),
        (MustCode.TRACK_RECORD, SHOWN, True),
        (MustCode.TRACK_RECORD, SILENT, None),
    ],
)
def test_what_a_profile_shows(code, shown, answer):
    assert meets(code, shown) is answer


@pytest.mark.parametrize(
    "smallest, largest, amount, answer",
    [
        (5, 20, 5, True),
        (5, 20, 20, True),
        (5, 20, 4, False),
        (5, 20, 21, False),
        (None, 20, 1, True),
        (5, None, 4, False),
        (5, None, 6, None),
        (None, None, 6, None),
        (5, 20, None, None),
    ],
)
def test_whether_a_ticket_covers_what_is_sought(smallest, largest, amount, answer):
    def rupiah(billions):
        return None if billions is None else billions * BILLION

    shown = replace(SHOWN, smallest_idr=rupiah(smallest), largest_idr=rupiah(largest))
    assert meets(MustCode.TICKET, shown, amount_idr=rupiah(amount)) is answer
