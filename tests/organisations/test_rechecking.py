"""Documents that end: warnings, the fresh look, and what an expired or suspended organisation can no longer do."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.interests import deciding, sending
from marketplace.interests.rules import InterestStatus, OwnerPaused, PartnerNotVerified, PartnerPaused
from marketplace.lifecycle.rules import ChangedSinceRead, MoveImpossible, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose
from marketplace.moderation.queue_queries import list_queue
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities import amending, publishing
from marketplace.opportunities.models import DocumentGrant
from marketplace.opportunities.rules import (
    AmenderNotTrusted,
    DocumentAccess,
    OrganisationNotVerified,
    OwnerNotTrusted,
    VersionStatus,
)
from marketplace.organisations import actions, expiry_rules, jobs, proofs, rechecking
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.signed_in import get_actor
from tests.architecture.access_world import _document
from tests.factories.interests import an_interest, some_content
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.organisations import NOW, OFFICE, PDF, joined
from tests.personas import actor

S = OrganisationStatus
TODAY = date(2026, 3, 2)


@pytest.fixture
def people(session, connection):
    clock.use(lambda: NOW)
    return lambda name: actor(connection, name)


def at(moment):
    clock.use(lambda: moment)
    return moment


def upload(organisation, owner, *, title="Surat tugas", until=None, replaces=None, extra=b"", now=NOW):
    proofs.add(
        organisation.id, title=title, stream=BytesIO(PDF + extra), filename="a.pdf", actor=owner, now=now,
        expires_on=until, replaces=replaces,
    )  # fmt: skip


@pytest.fixture
def verified(people, session):
    """An organisation verified today on a letter that ends in a hundred days, and its owner."""
    organisation = actions.register_pemda("71.02", office=OFFICE, actor=people("alone"), now=NOW)
    owner = joined(people("alone"), organisation)
    upload(organisation, owner, until=TODAY + timedelta(days=100))
    actions.submit(organisation.id, actor=owner, now=NOW)
    actions.verify(organisation.id, actor=people("moderator"), now=NOW, seen=organisation.revision)
    return organisation, owner


def count(session, kind):
    return session.scalar(select(func.count()).where(NoticeRow.kind == kind))


def test_a_verification_lasts_as_long_as_its_documents(verified):
    organisation, _owner = verified
    assert organisation.valid_until == TODAY + timedelta(days=100)


def test_nobody_is_verified_on_a_document_that_is_over(people):
    organisation = actions.register_pemda("71.02", office=OFFICE, actor=people("alone"), now=NOW)
    owner = joined(people("alone"), organisation)
    with pytest.raises(expiry_rules.ExpiryPassed):
        upload(organisation, owner, until=TODAY - timedelta(days=1))
    upload(organisation, owner, until=TODAY)
    actions.submit(organisation.id, actor=owner, now=NOW)
    later = at(NOW + timedelta(days=2))
    with pytest.raises(expiry_rules.DocumentLapsed):
        actions.verify(organisation.id, actor=people("moderator"), now=later, seen=organisation.revision)


def test_only_its_own_document_is_replaced(verified, people, session):
    organisation, owner = verified
    with pytest.raises(NotFound):
        upload(organisation, owner, replaces=10**12, extra=b"%x\n")


def test_warned_once_at_each_threshold_and_at_the_end(verified, session):
    _organisation, owner = verified
    told = []
    for left in (61, 60, 59, 30, 29, 7, 6, 0, -1, -2):
        at(NOW + timedelta(days=100 - left))
        for _run in range(2):
            jobs.warn_of_ends(0)
        told.append((count(session, "organisation_expiring"), count(session, "organisation_expired")))
    assert told == [(0, 0), (1, 0), (1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (3, 0), (3, 1), (3, 1)]
    days = session.scalars(
        select(NoticeRow.params["days"].as_integer())
        .where(NoticeRow.user_id == owner.user_id)
        .where(NoticeRow.kind == "organisation_expiring")
        .order_by(NoticeRow.id)
    )
    assert list(days) == [60, 30, 7]


def test_a_worker_that_slept_tells_the_narrowest_only(verified, session):
    at(NOW + timedelta(days=95))
    jobs.warn_of_ends(0)
    assert count(session, "organisation_expiring") == 1


class Reader:
    email, name, language = "x@example.com", "X", "en"


def test_the_warning_is_read_in_the_readers_language(verified, session):
    at(NOW + timedelta(days=40))
    jobs.warn_of_ends(0)
    letter = session.scalars(select(Delivery).where(Delivery.template == "organisation_expiring")).one()
    assert "ends on 10 June 2026" in compose(letter, Reader())["Subject"]


def test_renewed_after_a_fresh_look(verified, people, session):
    organisation, owner = verified
    moderator = people("moderator")
    with pytest.raises(expiry_rules.NothingToCheckAgain):
        rechecking.ask_again(organisation.id, actor=owner, now=NOW)
    old = session.scalars(select(proofs.Proof).where(proofs.Proof.organisation_id == organisation.id)).one()
    later = at(NOW + timedelta(days=101))
    assert not get_actor(owner.user_id).membership_in(organisation.id).verified
    upload(organisation, owner, until=TODAY + timedelta(days=400), replaces=old.id, extra=b"%1\n", now=later)
    for _press in range(2):
        rechecking.ask_again(organisation.id, actor=owner, now=later)
    assert count(session, "organisation_recheck") == 2  # two moderators, once each
    assert [item.id for item in list_queue(later, limit=9) if item.id == organisation.id] == [organisation.id]
    seen = organisation.revision
    rechecking.renew(organisation.id, actor=moderator, now=later, seen=seen)
    assert (organisation.valid_until, organisation.status) == (TODAY + timedelta(days=400), S.VERIFIED)
    assert get_actor(owner.user_id).membership_in(organisation.id).verified
    assert not [item for item in list_queue(later, limit=9) if item.id == organisation.id]
    with pytest.raises(MoveImpossible):
        rechecking.renew(organisation.id, actor=people("moderator_b"), now=later, seen=seen)
    assert count(session, "organisation_renewed") == 1


def test_the_old_document_still_counts_until_it_is_replaced(verified, people):
    organisation, owner = verified
    later = at(NOW + timedelta(days=101))
    upload(organisation, owner, until=TODAY + timedelta(days=400), extra=b"%1\n", now=later)
    rechecking.ask_again(organisation.id, actor=owner, now=later)
    with pytest.raises(expiry_rules.DocumentLapsed):
        rechecking.renew(organisation.id, actor=people("moderator"), now=later, seen=organisation.revision)


def test_a_renewal_refused_leaves_the_verification_to_its_end(verified, people, session):
    organisation, owner = verified
    upload(organisation, owner, extra=b"%1\n", now=NOW + timedelta(hours=1))
    rechecking.ask_again(organisation.id, actor=owner, now=NOW + timedelta(hours=1))
    with pytest.raises(ReasonNeeded):
        rechecking.refuse_renewal(
            organisation.id,
            reason=None,
            words="",
            actor=people("moderator"),
            now=NOW,
            seen=organisation.revision,
        )
    with pytest.raises(ChangedSinceRead):
        rechecking.refuse_renewal(
            organisation.id, reason="proof_unreadable", words="", actor=people("moderator"), now=NOW, seen=1
        )
    rechecking.refuse_renewal(
        organisation.id, reason="proof_unreadable", words="Kabur.", actor=people("moderator"),
        now=NOW + timedelta(hours=2), seen=organisation.revision,
    )  # fmt: skip
    assert (organisation.status, organisation.valid_until) == (S.VERIFIED, TODAY + timedelta(days=100))
    assert organisation.recheck_asked_at is None
    assert count(session, "organisation_renewal_refused") == 1


def test_who_may_ask_and_who_may_renew(verified, people):
    organisation, owner = verified
    upload(organisation, owner, extra=b"%1\n", now=NOW + timedelta(hours=1))
    with pytest.raises(NotFound):
        rechecking.ask_again(organisation.id, actor=people("investor"), now=NOW)
    with pytest.raises(Forbidden):
        rechecking.ask_again(organisation.id, actor=people("moderator"), now=NOW)
    rechecking.ask_again(organisation.id, actor=owner, now=NOW)
    with pytest.raises(Forbidden):
        rechecking.renew(organisation.id, actor=owner, now=NOW, seen=organisation.revision)


@pytest.fixture(params=["suspended", "expired"])
def lose(request, session):
    """Takes the trust from one of the personas' organisations, in either way."""

    def take(key):
        organisation = session.get(Organisation, an_organisation_id(key))
        if request.param == "suspended":
            organisation.status = S.SUSPENDED
        else:
            organisation.valid_until = TODAY - timedelta(days=1)
        session.flush()

    return take


def again(people, name):
    return get_actor(people(name).user_id)


def test_a_pemda_publishes_and_decides_no_more(lose, people):
    draft, waiting = an_opportunity(), an_opportunity(review=VersionStatus.SUBMITTED)
    listed = a_published_opportunity(now=NOW)
    interest = an_interest(listed)
    lose("bitung")
    editor, approver = again(people, "pemda_editor"), again(people, "pemda_approver")
    version = the_version(draft)
    with pytest.raises(OrganisationNotVerified):
        publishing.send_to_approver(version, seen=version.revision, actor=editor, now=NOW)
    with pytest.raises(AmenderNotTrusted):
        amending.publish_addendum(
            listed, version=the_version(listed), amendment=amending.Amendment("Rapat penjelasan daring."),
            seen=listed.revision, actor=approver, now=NOW,
        )  # fmt: skip
    version = the_version(waiting)
    with pytest.raises(OwnerNotTrusted):
        publishing.publish_version(version, seen=version.revision, actor=people("moderator"), now=NOW)
    with pytest.raises(Forbidden):
        deciding.shortlist(interest_id=interest.id, seen=None, actor=approver, now=NOW)


def test_its_open_listings_take_no_interest_and_say_so(lose, people, client, client_as):
    listing = a_published_opportunity(now=NOW)
    assert "Nyatakan minat" in client.get(f"/peluang/{listing.slug}").text
    lose("bitung")
    page = client.get(f"/peluang/{listing.slug}")
    assert page.status_code == 200
    assert "Sedang tidak menerima minat" in page.text
    assert "Nyatakan minat" not in page.text
    answer = client_as("investor").get(f"/peluang/{listing.slug}/minat")
    assert answer.headers["Location"].endswith(f"/peluang/{listing.slug}")
    with pytest.raises(OwnerPaused):
        sending.send_interest(writing=_writing(listing), actor=people("investor"), now=NOW)


def _writing(listing):
    return sending.Writing(
        opportunity_id=listing.id, version_id=listing.published_version_id or 0, content=some_content()
    )


def test_a_partner_sends_no_more_and_is_seen_nowhere(lose, people, client, session):
    listing = a_published_opportunity(now=NOW)
    path = f"/mitra/{session.get(Organisation, an_organisation_id('investor')).slug}"
    assert client.get(path).status_code == 200
    lose("investor")
    assert client.get(path).status_code == 404
    assert "PT Tirta Uji" not in client.get("/mitra").text
    with pytest.raises(PartnerNotVerified):
        sending.send_interest(writing=_writing(listing), actor=again(people, "investor"), now=NOW)


def test_its_sent_interest_is_marked_and_cannot_be_accepted(lose, people, client_as):
    interest = an_interest(a_published_opportunity(now=NOW))
    page = f"/dasbor/minat/{interest.id}"
    assert "sedang tidak terverifikasi" not in client_as("pemda_approver").get(page).text
    lose("investor")
    assert "sedang tidak terverifikasi" in client_as("pemda_approver").get(page).text
    with pytest.raises(PartnerPaused):
        deciding.accept(interest_id=interest.id, seen=None, actor=people("pemda_approver"), now=NOW)
    assert interest.status is InterestStatus.SENT


def test_the_files_kept_for_partners_close_with_the_next_request(lose, session, client_as):
    listing = a_published_opportunity(now=NOW)
    files = [
        f"/peluang/dokumen/{_document(listing, access)}"
        for access in (
            DocumentAccess.PUBLIC,
            DocumentAccess.VERIFIED_PARTNERS,
            DocumentAccess.ACCEPTED_PARTNERS,
        )
    ]
    session.add(
        DocumentGrant(
            opportunity_id=listing.id, organisation_id=an_organisation_id("investor"), granted_at=NOW
        )
    )
    session.flush()
    browser = client_as("investor")
    assert [browser.get(path).status_code for path in files] == [200, 200, 200]
    lose("investor")
    assert [browser.get(path).status_code for path in files] == [200, 403, 403]
