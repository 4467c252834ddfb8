from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, check_reason, get_step
from marketplace.organisations import labels, rules
from marketplace.organisations.rules import Hint, OrganisationStatus
from tests.support.refusals import refuses

NOW = datetime(2026, 3, 2, tzinfo=UTC)
# PRODUCT section 3, written out a second time on purpose: whose step it is.
ALLOWED = {
    ("registered", "submitted"): "owner", ("needs_info", "submitted"): "owner", ("rejected", "submitted"): "owner",
    ("submitted", "verified"): "moderator", ("submitted", "needs_info"): "moderator", ("submitted", "rejected"): "moderator",
    ("verified", "suspended"): "moderator", ("suspended", "verified"): "moderator",
    ("verified", "verified"): "moderator",  # renewed on new documents
}  # fmt: skip


@pytest.mark.parametrize("old, new", list(product(OrganisationStatus, OrganisationStatus)))
def test_every_pair_of_statuses_is_decided(old, new):
    if (old, new) in ALLOWED:
        step = get_step(rules.STEPS, old, new)
        assert step.by == ALLOWED[(old, new)]
        assert step.event.startswith("organisation:")
        # LAIP hears of what was submitted, the members of everything that LAIP did.
        assert step.tells == (("moderators",) if step.by == "owner" else ("members",))
    else:
        with pytest.raises(MoveImpossible):
            get_step(rules.STEPS, old, new)


@pytest.mark.parametrize("to", [OrganisationStatus.NEEDS_INFO, OrganisationStatus.REJECTED])
def test_every_no_wants_a_reason_of_its_own(to):
    step = get_step(rules.STEPS, OrganisationStatus.SUBMITTED, to)
    for reason in (None, "", "complaint"):
        with pytest.raises(ReasonNeeded):
            check_reason(step, reason)
    for reason in step.reasons:
        check_reason(step, reason)


def test_every_status_and_reason_has_words():
    assert set(labels.STATUS) == set(OrganisationStatus)
    assert all(labels.reason_text(code) for step in rules.STEPS.values() for code in step.reasons)
    assert {step.event for step in rules.STEPS.values()} <= set(labels.EVENT)
    assert set(labels.HINT) == set(Hint)


def test_nothing_is_submitted_without_proof():
    with refuses(rules.ProofMissing, field="proof"):
        rules.check_submittable(OrganisationStatus.REGISTERED, proofs=0, rejected_at=None, now=NOW)
    rules.check_submittable(OrganisationStatus.REGISTERED, proofs=1, rejected_at=None, now=NOW)


def test_a_rejected_one_waits_thirty_days():
    late, early = NOW - timedelta(days=30), NOW - timedelta(days=30) + timedelta(seconds=1)
    rules.check_submittable(OrganisationStatus.REJECTED, proofs=1, rejected_at=late, now=NOW)
    with refuses(rules.TooSoonAfterRejection, date=date(2026, 3, 2)):
        rules.check_submittable(OrganisationStatus.REJECTED, proofs=1, rejected_at=early, now=NOW)
    rules.check_submittable(OrganisationStatus.NEEDS_INFO, proofs=1, rejected_at=early, now=NOW)


def test_other_says_nothing_by_itself():
    with refuses(rules.WordsNeeded, field="words"):
        rules.check_words("other", "  sembilan9   ")
    rules.check_words("other", "  sepuluh 10 ")
    rules.check_words("other", "Suratnya bertanggal besok.")
    rules.check_words("proof_missing", "")


def test_a_verified_name_stays():
    with refuses(rules.IdentityLocked, field="name"):
        rules.check_name_change(OrganisationStatus.VERIFIED, old="PT A", new="PT B")
    rules.check_name_change(OrganisationStatus.VERIFIED, old="PT A", new="PT A")
    rules.check_name_change(OrganisationStatus.NEEDS_INFO, old="PT A", new="PT B")


def test_ten_proofs_and_five_open_registrations_are_enough():
    rules.check_proof_count(9)
    rules.check_open_registrations(4)
    with refuses(rules.TooManyProofs, field="proof", most=10):
        rules.check_proof_count(10)
    with refuses(rules.TooManyOpenRegistrations, most=5):
        rules.check_open_registrations(5)


def test_hints_come_gravest_first():
    assert rules.list_hints(proofs=1, rivals=0, look_alikes=0) == []
    assert rules.list_hints(proofs=0, rivals=1, look_alikes=1, same_numbers=1, submissions=2) == [
        Hint.SAME_NUMBER,
        Hint.LOOK_ALIKES,
        Hint.RIVALS,
        Hint.NO_PROOF,
        Hint.SUBMITTED_AGAIN,
    ]
