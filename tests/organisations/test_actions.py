from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from marketplace.audit.models import AuditEvent
from marketplace.changes.models import Change
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.organisations import actions, claim_queries, proofs, queries, registering_queries, rules
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.organisations import NOW, OFFICE, PDF, add_proof, joined, submitted_pemda
from tests.personas import actor

S = OrganisationStatus


@pytest.fixture
def people(session, connection):
    return lambda name: actor(connection, name)


def test_registering_makes_the_actor_its_owner(people, session):
    who = people("alone")
    made = actions.register_pemda("Kabupaten Minahasa, Sulawesi Utara", office=OFFICE, actor=who, now=NOW)
    assert (made.name, made.region_code, made.status) == (
        "Pemerintah Kabupaten Minahasa",
        "71.02",
        S.REGISTERED,
    )
    member = session.scalars(select(Member).where(Member.organisation_id == made.id)).one()
    assert (member.user_id, member.role) == (who.user_id, MemberRole.OWNER)


def test_registering_twice_makes_one(people, session):
    who = people("alone")
    first = actions.register_pemda("71.02", office=OFFICE, actor=who, now=NOW)
    assert actions.register_pemda("71.02", office=OFFICE, actor=who, now=NOW).id == first.id
    assert (
        session.scalar(select(func.count(Organisation.id)).where(Organisation.created_by == who.user_id)) == 1
    )


def test_rival_claims_may_stand_together(people):
    one = actions.register_pemda("71.02", office=OFFICE, actor=people("alone"), now=NOW)
    other = actions.register_pemda("71.02", office=OFFICE, actor=people("startup"), now=NOW)
    assert one.id != other.id
    assert one.slug != other.slug


@pytest.mark.parametrize(
    "text, refusal",
    [
        ("Kota Atlantis", rules.RegionUnknown),
        ("", rules.RegionUnknown),
        ("Jakarta Selatan", rules.RegionNotAutonomous),
        ("31.01", rules.RegionNotAutonomous),
        ("Kota Bitung, Sulawesi Utara", rules.RegionAlreadyVerified),
        ("Bandung", rules.RegionUnclear),
    ],
)
def test_regions_that_cannot_be_claimed(people, text, refusal):
    with pytest.raises(refusal):
        actions.register_pemda(text, office=OFFICE, actor=people("alone"), now=NOW)


@pytest.mark.parametrize(
    "text, code", [("Provinsi DKI Jakarta", "31"), ("kota bandung", "32.73"), ("Sabang", "11.72")]
)
def test_regions_as_people_write_them(session, text, code):
    assert actions.get_free_government(text) == code


def test_submitting_tells_each_moderator_once(people, session):
    made, owner = submitted_pemda(people("alone"))
    actions.submit(made.id, actor=owner, now=NOW)
    notices = session.scalars(select(NoticeRow).where(NoticeRow.kind == "organisation_submitted")).all()
    assert {n.user_id for n in notices} == {people("moderator").user_id, people("moderator_b").user_id}
    assert len(notices) == 2
    assert notices[0].path == f"/moderasi/organisasi/{made.id}"
    assert (
        len(session.scalars(select(Delivery).where(Delivery.template == "organisation_submitted")).all()) == 2
    )


def test_only_the_owner_hears_that_it_stands_in_the_queue_already(people):
    made, owner = submitted_pemda(people("alone"))
    actions.submit(made.id, actor=owner, now=NOW)
    for role in (MemberRole.APPROVER, MemberRole.EDITOR, MemberRole.VIEWER):
        with pytest.raises(Forbidden):
            actions.submit(made.id, actor=joined(people("startup"), made, role), now=NOW)


def test_nothing_is_submitted_without_proof(people):
    who = people("alone")
    made = actions.register_pemda("71.02", office=OFFICE, actor=who, now=NOW)
    with pytest.raises(rules.ProofMissing):
        actions.submit(made.id, actor=joined(who, made), now=NOW)


def test_strangers_do_not_know_of_it_and_editors_may_not_submit(people):
    made, _owner = submitted_pemda(people("alone"))
    with pytest.raises(NotFound):
        actions.submit(made.id, actor=people("investor"), now=NOW)
    with pytest.raises(NotFound):
        actions.edit(made.id, office=OFFICE, actor=people("investor"), now=NOW, seen=made.revision)
    editor = joined(people("startup"), made, MemberRole.EDITOR)
    with pytest.raises(Forbidden):
        actions.edit(made.id, office=OFFICE, actor=editor, now=NOW, seen=made.revision)
    with pytest.raises(Forbidden):
        proofs.remove(made.id, 1, actor=editor, now=NOW)


def test_verifying_tells_the_members_and_the_followers(people, session):
    made, owner = submitted_pemda(people("alone"))
    actions.verify(made.id, actor=people("moderator"), now=NOW, seen=made.revision)
    assert made.status is S.VERIFIED
    notice = session.scalars(select(NoticeRow).where(NoticeRow.kind == "organisation_verified")).one()
    assert (notice.user_id, notice.path) == (owner.user_id, f"/dasbor/organisasi/{made.id}")
    assert ("organisation", made.id) in {(c.kind, c.object_id) for c in session.scalars(select(Change))}


def test_only_one_of_two_rivals_is_verified(people):
    first, _one = submitted_pemda(people("alone"))
    second, _two = submitted_pemda(people("startup"))
    moderator = people("moderator")
    actions.verify(first.id, actor=moderator, now=NOW, seen=first.revision)
    with pytest.raises(rules.RegionAlreadyVerified):
        actions.verify(second.id, actor=moderator, now=NOW, seen=second.revision)
    assert second.status is S.SUBMITTED
    actions.reject(second.id, reason="region_taken", words="", actor=moderator, now=NOW, seen=second.revision)
    assert second.status is S.REJECTED


def test_the_second_moderator_is_told_who_decided(people, session):
    made, _owner = submitted_pemda(people("alone"))
    seen = made.revision
    actions.verify(made.id, actor=people("moderator"), now=NOW, seen=seen)
    with pytest.raises(AlreadyDecided) as told:
        actions.reject(made.id, reason="duplicate", words="", actor=people("moderator_b"), now=NOW, seen=seen)
    assert told.value.params["who"] == "Maya Lestari"
    events = session.scalars(
        select(AuditEvent.kind).where(
            AuditEvent.object_id == made.id, AuditEvent.object_kind == "organisation"
        )
    )
    assert list(events).count("organisation:verified") == 1


def test_a_decision_names_what_it_read(people):
    made, owner = submitted_pemda(people("alone"))
    seen = made.revision
    actions.edit(made.id, office=replace(OFFICE, unit="Setda"), actor=owner, now=NOW, seen=seen)
    with pytest.raises(ChangedSinceRead):
        actions.verify(made.id, actor=people("moderator"), now=NOW, seen=seen)


def test_moderators_do_not_decide_on_their_own(people):
    made, _owner = submitted_pemda(people("alone"))
    insider = joined(people("moderator"), made)
    with pytest.raises(Forbidden):
        actions.verify(made.id, actor=insider, now=NOW, seen=made.revision)


def test_owners_do_not_verify_themselves(people):
    made, owner = submitted_pemda(people("alone"))
    with pytest.raises(Forbidden):
        actions.verify(made.id, actor=owner, now=NOW, seen=made.revision)


def test_needs_info_says_what_and_comes_back(people, session):
    made, owner = submitted_pemda(people("alone"))
    moderator = people("moderator")
    with pytest.raises(ReasonNeeded):
        actions.ask_for_info(made.id, reason=None, words="", actor=moderator, now=NOW, seen=made.revision)
    actions.ask_for_info(
        made.id,
        reason="proof_unreadable",
        words="Halaman dua kabur.",
        actor=moderator,
        now=NOW,
        seen=made.revision,
    )
    notice = session.scalars(select(NoticeRow).where(NoticeRow.kind == "organisation_needs_info")).one()
    assert (notice.params["reason"], notice.params["words"]) == ("proof_unreadable", "Halaman dua kabur.")
    actions.submit(made.id, actor=owner, now=NOW + timedelta(hours=1))
    assert (made.status, made.decision_reason) == (S.SUBMITTED, None)


def test_a_rejected_one_comes_back_after_thirty_days(people):
    made, owner = submitted_pemda(people("alone"))
    actions.reject(
        made.id, reason="proof_false", words="", actor=people("moderator"), now=NOW, seen=made.revision
    )
    with pytest.raises(rules.TooSoonAfterRejection):
        actions.submit(made.id, actor=owner, now=NOW + timedelta(days=29))
    actions.submit(made.id, actor=owner, now=NOW + timedelta(days=30))
    assert made.status is S.SUBMITTED


def test_suspended_and_reinstated(people):
    made, _owner = submitted_pemda(people("alone"))
    moderator = people("moderator")
    actions.verify(made.id, actor=moderator, now=NOW, seen=made.revision)
    actions.suspend(made.id, reason="complaint", words="", actor=moderator, now=NOW, seen=made.revision)
    assert registering_queries.is_region_represented(made.region_code)
    actions.reinstate(made.id, actor=moderator, now=NOW, seen=made.revision)
    assert made.status is S.VERIFIED


def test_an_edit_on_older_content_keeps_nothing(people):
    made, owner = submitted_pemda(people("alone"))
    with pytest.raises(rules.ChangedMeanwhile):
        actions.edit(
            made.id, office=replace(OFFICE, unit="Lain"), actor=owner, now=NOW, seen=made.revision - 1
        )
    assert made.contact_unit == OFFICE.unit


def test_the_same_file_twice_is_one_proof(people):
    who = people("alone")
    made = actions.register_pemda("71.02", office=OFFICE, actor=who, now=NOW)
    owner = joined(who, made)
    add_proof(made, owner)
    add_proof(made, owner)
    assert registering_queries.count_proofs(made.id) == 1


def test_proof_once_submitted_stays(people):
    made, owner = submitted_pemda(people("alone"))
    old = registering_queries.list_proofs(made.id)[0]
    with pytest.raises(rules.ProofStays):
        proofs.remove(made.id, old.id, actor=owner, now=NOW)
    add_proof(made, owner, now=NOW + timedelta(hours=1), content=PDF + b"%\n")
    newer = registering_queries.list_proofs(made.id)[0]
    proofs.remove(made.id, newer.id, actor=owner, now=NOW)
    proofs.remove(made.id, newer.id, actor=owner, now=NOW)
    assert [p.id for p in registering_queries.list_proofs(made.id)] == [old.id]


def test_proof_of_another_kind_is_refused(people):
    who = people("alone")
    made = actions.register_pemda("71.02", office=OFFICE, actor=who, now=NOW)
    with pytest.raises(Exception, match="FileTypeRefused"):
        proofs.add(
            made.id,
            title="x",
            stream=BytesIO(b"<script>alert(1)</script>"),
            filename="a.pdf",
            actor=joined(who, made),
            now=NOW,
        )


def test_rival_claims_name_each_other(people):
    first, _one = submitted_pemda(people("alone"), now=NOW + timedelta(hours=2))
    second, _two = submitted_pemda(people("startup"), now=NOW)
    assert [(other.id, other.proofs) for other in claim_queries.list_rivals(first)] == [(second.id, 1)]
    assert [other.id for other in claim_queries.list_rivals(second)] == [first.id]
    assert claim_queries.count_submissions(first.id) == 1


def test_look_alike_names_are_counted(people):
    made = actions.register(
        OrganisationKind.TUTOR, name="P.T. TIRTA  UJI", office=OFFICE, actor=people("alone"), now=NOW
    )
    assert [other.name for other in claim_queries.list_look_alikes(made)] == ["PT Tirta Uji"]
    assert made.slug != "pt-tirta-uji"


def test_members_and_contacts_for_other_slices(people):
    bitung = people("pemda_owner").main.organisation_id
    assert len(queries.list_member_ids(bitung)) == 4
    assert queries.list_member_ids(bitung, MemberRole.OWNER) == [people("pemda_owner").user_id]
    assert queries.contacts(bitung).unit == "Bagian Kerja Sama"
    assert queries.get_card(bitung).verified
    with pytest.raises(NotFound):
        queries.get_card(999_999_999)
