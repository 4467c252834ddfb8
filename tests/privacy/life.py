"""One person's life on the site, by the actions that pages call: she, and others about her, leave her name everywhere."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text

from marketplace.accounts.models import AddressChange, Authenticator, Passkey, RecoveryCode, User
from marketplace.collaborations import actions as collaborations
from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole, OrganisationKind
from marketplace.extensions import db
from marketplace.innovations import actions as innovations
from marketplace.innovations.models import Innovation
from marketplace.interests import deciding, inviting, sending
from marketplace.interests.sending import Upload, Writing
from marketplace.mail.models import Delivery
from marketplace.matching import dismissing
from marketplace.matching.factors import Side
from marketplace.matching.suggesting_by_hand import suggest
from marketplace.notifications.actions import follow
from marketplace.opportunities import amending, attaching, editing, publishing
from marketplace.opportunities.finding.question import Question
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.questions import answering, asking
from marketplace.opportunities.questions.rules import Wording
from marketplace.opportunities.rules import DocumentAccess
from marketplace.opportunities.support import commenting, passing_on, recommending
from marketplace.organisations import actions as organisations
from marketplace.organisations import guiding, proofs, succession
from marketplace.organisations.actions import Office
from marketplace.organisations.guidance_queries import find_open
from marketplace.organisations.models import Member
from marketplace.organisations.signed_in import get_actor
from marketplace.organisations.succession import Successor
from marketplace.partners.actions import Details, register_partner
from marketplace.partners.models import TrackRecord
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import OfferStatus
from marketplace.partners.rules import LegalForm, PartnerKind
from marketplace.privacy import actions as privacy
from marketplace.saved.keeping import keep
from marketplace.saved.search_actions import save
from tests import personas
from tests.factories.interests import some_content
from tests.factories.opportunities import COMPLETE, a_published_opportunity, an_organisation_id, the_version
from tests.support.clients import PageClient

NAME, OLD_NAME = "Zubaidah Qorihoran", "Zubaidah O'Tambuwun"
EMAIL = "zubaidah.qorihoran@example.com"
FORMER = "z.lama@example.com"
PHONE = "+62 812-7345-6890"
PASSWORD = "rumah panggung biru tua"
# Whatever letter case and whatever separators.
TRACES = re.compile(
    r"zubaidah.{0,3}qorihoran|zubaidah.{0,3}o['’\\\"]{0,2}tambuwun|812\D{0,3}7345\D{0,3}6890|qorihoran@|z.lama@",
    re.IGNORECASE,
)
PENANDA = re.compile(r"penanda-[a-z_]+")


def says(where: str) -> str:
    """Words that name her in several ways, and bear a marker that stands nowhere else."""
    return (
        f"penanda-{where}: menurut {NAME} ({EMAIL.upper()}, {FORMER}, 0812 7345 6890) dan ZUBAIDAH  QORIHORAN, dahulu {OLD_NAME},"
        " pekerjaan dimulai tahun depan dengan dana yang sudah tersedia."
    )


def pdf(where: str) -> bytes:
    """A PDF with plain words, no name in it."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% "
        + where.encode()
        + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


@dataclass
class Life:
    user_id: int
    browser: PageClient
    # Her partner organisation, in which she is alone.
    partner_id: int
    listing_id: int
    version_id: int
    interest_id: int
    collaboration_id: int

    @property
    def actor(self) -> Actor:
        return get_actor(self.user_id)


def person(name: str) -> Actor:
    return personas.actor(db.session.connection(), name)


def live(browser: PageClient) -> Life:
    user_id = _join(browser)
    partner_id = _found_partner(user_id)
    interest_id, collaboration_id = _be_interested(user_id, partner_id)
    listing_id, version_id = _write_a_listing(user_id)
    _want(user_id)
    _own_devices(user_id)
    follow("opportunity", listing_id, user_id=user_id, why="watch", now=clock.now())
    _look_for(user_id)
    keep(
        db.session.get_one(Opportunity, listing_id),
        note=says("note")[:500],
        actor=get_actor(user_id),
        now=clock.now(),
    )
    db.session.commit()
    return Life(user_id, browser, partner_id, listing_id, version_id, interest_id, collaboration_id)


def _look_for(user_id: int) -> None:
    """Named as she likes, words cut to what is kept of them."""
    question = Question(text=says("search_query")[:200])
    save(question, name=says("search_name")[:90], actor=get_actor(user_id), now=clock.now())


def _join(browser: PageClient) -> int:
    form = {"name": OLD_NAME, "email": EMAIL, "password": PASSWORD, "language": "id", "accepted": "y"}
    assert browser.submit("/daftar", form).status_code == 302
    user = db.session.scalars(select(User).where(User.email == EMAIL)).one()
    letter = db.session.scalars(select(Delivery).where(Delivery.user_id == user.id)).one()
    browser.submit(f"/konfirmasi/{letter.params['token']}")
    agent = {"User-Agent": "Mozilla/5.0 (Linux) Firefox/99 penanda-agent"}
    signed = browser.submit("/masuk", {"email": EMAIL, "password": PASSWORD}, headers=agent)
    assert signed.location == "/dasbor", signed.text
    browser.submit("/dasbor/akun", {"name": NAME, "language": "id"})
    return user.id


def _found_partner(user_id: int) -> int:
    details = Details(
        partner_kind=PartnerKind.OPERATOR, legal_name="PT Gerai Uji Bersama", legal_form=LegalForm.PT, country="ID",
        nib="9120001234567", npwp=None, website="https://gerai.example/zubaidah-qorihoran/penanda-website",
        hub_id_cohort="penanda-hub", about_id=says("about_id"), about_en=says("about_en"), ticket_min_idr=None,
        ticket_max_idr=None, sector_codes=[], region_codes=[], scheme_codes=[],
    )  # fmt: skip
    office = Office(unit=f"u.p. {NAME} penanda-unit", email=EMAIL, phone=PHONE, statement=says("statement"))
    partner = register_partner(details, office=office, actor=get_actor(user_id), now=clock.now())
    db.session.add(
        TrackRecord(
            organisation_id=partner.id,
            title=says("record"),
            place="penanda-place",
            evidence_url="penanda-url",
        )
    )
    db.session.add(
        StandingOffer(
            organisation_id=partner.id, status=OfferStatus.OPEN, title_id=says("offer_title_id"),
            title_en=says("offer_title_en"), words_id=says("offer_words_id"), words_en=says("offer_words_en"),
            sector_codes=["waste"], valid_until=(clock.now() + timedelta(days=9)).date(), created_at=clock.now(),
            edited_at=clock.now(),
        )
    )  # fmt: skip
    proofs.add(
        partner.id, title=says("proof_title")[:150], stream=io.BytesIO(pdf(says("proof_content"))),
        filename="Surat_tugas_Zubaidah_Qorihoran penanda-proof_file.pdf", actor=get_actor(user_id), now=clock.now(),
    )  # fmt: skip
    organisations.submit(partner.id, actor=get_actor(user_id), now=clock.now())
    organisations.ask_for_info(
        partner.id, reason="other", words=says("needs_info"), actor=person("moderator"), now=clock.now(),
        seen=partner.revision,
    )  # fmt: skip
    organisations.submit(partner.id, actor=get_actor(user_id), now=clock.now())
    organisations.verify(partner.id, actor=person("moderator"), now=clock.now(), seen=partner.revision)
    succession.propose(
        an_organisation_id("startup"), successor=Successor(email=EMAIL), reason="other", words=says("succession"),
        actor=person("moderator"), now=clock.now(),
    )  # fmt: skip
    return partner.id


def _be_interested(user_id: int, partner_id: int) -> tuple[int, int]:
    listing = a_published_opportunity()
    upload = Upload(io.BytesIO(pdf("lampiran")), "Profil Zubaidah-Qorihoran penanda-attachment.pdf")
    content = some_content(
        offer=says("offer"),
        capacity=says("capacity"),
        question=says("question"),
        must_answers=(says("must_answer"),),
    )
    writing = Writing(listing.id, listing.published_version_id, content, upload)
    interest = sending.send_interest(writing=writing, actor=get_actor(user_id), now=clock.now())
    step: dict[str, Any] = {"interest_id": interest.id, "seen": None, "now": clock.now()}
    deciding.ask_more_info(question=says("asked"), actor=person("pemda_editor"), **step)
    sending.answer_more_info(answer=says("answer"), actor=get_actor(user_id), **step)
    deciding.accept(actor=person("pemda_approver"), **step)
    match = collaborations.refuse(
        interest_id=interest.id,
        reason="other",
        words=says("refused"),
        actor=person("moderator"),
        now=clock.now(),
    )
    _ask(user_id)
    _be_invited(user_id, partner_id)
    _be_suggested(user_id, partner_id)
    other = a_published_opportunity("madiun")
    writing = Writing(other.id, other.published_version_id, some_content())
    second = sending.send_interest(writing=writing, actor=get_actor(user_id), now=clock.now())
    deciding.decline(
        interest_id=second.id, reason="other", words=says("declined"), seen=None, actor=person("other_approver"),
        now=clock.now(),
    )  # fmt: skip
    return interest.id, match.id


def _be_invited(user_id: int, partner_id: int) -> None:
    """A government names her when it invites her, and she names herself when she declines."""
    invitation = inviting.invite(
        opportunity_id=a_published_opportunity().id, partner_id=partner_id, words=f"{NAME} penanda-invited",
        actor=person("pemda_editor"), now=clock.now(),
    )  # fmt: skip
    inviting.decline_invitation(
        invitation_id=invitation.id, reason="other", words=f"{OLD_NAME} penanda-not_coming", seen=None,
        actor=get_actor(user_id),
        now=clock.now(),
    )  # fmt: skip


def _be_suggested(user_id: int, partner_id: int) -> None:
    """She puts a listing aside; of her partner a moderator speaks well, and a Pemda puts it aside for itself alone."""
    aside, by_hand = a_published_opportunity().id, a_published_opportunity().id
    mine = {"organisation_id": partner_id, "reason": "other", "now": clock.now()}
    dismissing.dismiss(
        Side.PARTNER, opportunity_id=aside, words=says("put_aside"), actor=get_actor(user_id), **mine
    )
    # No marker: what the other side put aside is in nobody's copy but its own.
    dismissing.dismiss(
        Side.LISTING,
        opportunity_id=aside,
        words=f"{NAME} menolak dahulu.",
        actor=person("pemda_editor"),
        **mine,
    )
    suggest(
        opportunity_id=by_hand, organisation_id=partner_id, words=f"{NAME} penanda-by_hand",
        actor=person("moderator"), now=clock.now(),
    )  # fmt: skip


def _ask(user_id: int) -> None:
    """One question is answered for everybody, in words that name her; the other one is declined with a line to her."""
    listing = a_published_opportunity()
    first, second = (
        asking.ask(
            listing, the_version(listing), words=says(f"asked_{name}"), language="id", actor=get_actor(user_id),
            now=clock.now(),
        )
        for name in ("first", "second")
    )  # fmt: skip
    wording = Wording(
        *(
            f"{NAME} dan {OLD_NAME} penanda-{part}"
            for part in ("public_id", "reply_id", "public_en", "reply_en")
        )
    )
    step: dict[str, Any] = {"seen": 1, "actor": person("pemda_editor"), "now": clock.now()}
    answering.answer(first, wording=wording, **step)
    answering.decline(second, reason="other", words=f"{NAME} penanda-question_declined", **step)


def _write_a_listing(user_id: int) -> tuple[int, int]:
    """In a government where she is a colleague among others."""
    bitung = an_organisation_id("bitung")
    db.session.add(
        Member(organisation_id=bitung, user_id=user_id, role=MemberRole.EDITOR, joined_at=clock.now())
    )
    db.session.flush()
    written = {
        name: says(name)
        for name in editing.CONTENT
        if name.endswith(("_id", "_en")) and not name.startswith("title")
    }
    lists = {"must_haves_id": [says("must_id"), "izin"], "must_haves_en": [says("must_en")]}
    content = {
        **COMPLETE, **written, **lists, "title_id": f"Gerai {NAME} penanda-title", "title_en": f"Outlet of {NAME}",
        "plan_reference": says("plan"), "readiness_evidence": says("evidence"), "finance_source": says("finance"),
        "contact_role": f"u.p. {NAME} penanda-contact", "interest_deadline": (clock.now() + timedelta(days=60)).date(),
    }  # fmt: skip
    actor = get_actor(user_id)
    listing = editing.start_draft(
        organisation_id=bitung, template="", content=content, actor=actor, now=clock.now()
    )
    version = the_version(listing)
    attaching.attach_document(
        version, stream=io.BytesIO(pdf("studi")), filename="studi zubaidah qorihoran penanda-document.pdf",
        title=says("document_title")[:150], access=DocumentAccess.PUBLIC, actor=actor, now=clock.now(),
    )  # fmt: skip
    publishing.send_to_approver(version, seen=version.revision, actor=actor, now=clock.now())
    publishing.submit_version(version, seen=version.revision, actor=person("pemda_approver"), now=clock.now())
    publishing.publish_version(version, seen=version.revision, actor=person("moderator"), now=clock.now())
    amendment = amending.Amendment(f"{NAME} penanda-addendum", f"{OLD_NAME} penanda-addendum_en")
    amending.publish_addendum(
        listing, version=version, amendment=amendment, seen=listing.revision, actor=person("pemda_approver"),
        now=clock.now(),
    )  # fmt: skip
    tutor = an_organisation_id("tutor")
    guiding.ask(tutor, bitung, message=f"{NAME} yang memintanya.", actor=person("tutor"), now=clock.now())
    asked = find_open(bitung, tutor)
    assert asked
    guiding.decline(
        asked.id,
        reason="other",
        words=f"{OLD_NAME} belum setuju.",
        seen=1,
        actor=person("pemda_owner"),
        now=clock.now(),
    )
    recommending.recommend(
        version, words=recommending.Words(f"{NAME} penanda-spoken", f"{OLD_NAME} penanda-spoken_en"), actor=person("companion"),
        now=clock.now(),
    )  # fmt: skip
    passing_on.forward(
        version, receiver=None, words=f"{NAME} penanda-passed_on", actor=person("province"), now=clock.now()
    )
    next_one = editing.start_version(listing, actor=actor, now=clock.now())
    passing_on.share(next_one, actor=actor, now=clock.now())
    commenting.comment(
        next_one, field="title", words=f"{NAME} penanda-comment", actor=person("province"), now=clock.now()
    )
    publishing.send_to_approver(next_one, seen=next_one.revision, actor=actor, now=clock.now())
    publishing.remark_version(
        next_one, seen=next_one.revision, marks={"title": says("remark")}, reason="other", words=says("remarked"),
        actor=person("pemda_approver"), now=clock.now(),
    )  # fmt: skip
    return listing.id, version.id


def _own_devices(user_id: int) -> None:
    """What the pages of account security leave."""
    now = clock.now()
    keys = {"credential_id": b"1", "public_key": b"2", "sign_count": 0, "transports": []}
    db.session.add_all(
        [
            Passkey(user_id=user_id, name=f"Ponsel {NAME} penanda-passkey", created_at=now, **keys),
            Authenticator(user_id=user_id, secret="penanda", begun_at=now),
            RecoveryCode(user_id=user_id, code_hash=b"3", created_at=now),
            AddressChange(
                user_id=user_id, new_email=FORMER, old_token_hash=b"4", new_token_hash=b"5", asked_at=now, proved_at=now,
                ended_at=now,
            ),
        ]
    )  # fmt: skip


def _want(user_id: int) -> None:
    elsewhere = (
        select(Innovation.id).where(Innovation.region_code != "71.72").order_by(Innovation.id).limit(1)
    )
    innovations.want(db.session.scalars(elsewhere).one(), actor=_as_pemda(user_id), now=clock.now())


def _as_pemda(user_id: int) -> Actor:
    actor = get_actor(user_id)
    places = tuple(place for place in actor.memberships if place.kind is OrganisationKind.PEMDA)
    return Actor(actor.user_id, actor.name, actor.language, actor.staff_roles, places)


def ask_and_wait(life: Life) -> int:
    """She asks for the erasure; its id, and the clock stands after the days of thought."""
    privacy.ask_for_erasure(
        password=PASSWORD, phones="0812 7345 6890", actor=life.actor, now=clock.now(), but_sid_hash=None
    )
    db.session.commit()
    later = clock.now() + timedelta(days=7, minutes=1)
    clock.use(lambda: later)
    return db.session.execute(
        text("SELECT id FROM erasures WHERE user_id = :id AND status = 'asked'"), {"id": life.user_id}
    ).scalar_one()
