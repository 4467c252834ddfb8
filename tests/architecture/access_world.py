"""What the access table's paths point at: one thing of each kind, made for a test."""

import io
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image
from sqlalchemy import select

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.extensions import db
from marketplace.files.actions import store_upload
from marketplace.files.rules import page_key
from marketplace.files.storage import file_store
from marketplace.innovations.models import Innovation
from marketplace.interests.rules import InterestStatus
from marketplace.matching.factors import Side
from marketplace.matching.learning.judging import figures
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.letters.links import make_token as make_letter_token
from marketplace.notifications.actions import follow
from marketplace.opportunities.models import DocumentGrant, OpportunityDocument
from marketplace.opportunities.questions.rules import QuestionStatus
from marketplace.opportunities.rules import DocumentAccess, LifeStatus, VersionStatus
from marketplace.opportunities.support.models import ProvinceShare
from marketplace.organisations.invitation_tokens import make_token
from marketplace.organisations.models import Invitation, Organisation, Proof, StandIn, Succession
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import TrackRecord
from marketplace.privacy.models import DataExport
from marketplace.saved.models import Bookmark
from marketplace.saved.unsubscribing import make_token as make_alert_token
from marketplace.saved.watch_links import make_token as make_watch_token
from marketplace.saved.watching import KIND, WATCH
from tests.factories.assistance import written_for
from tests.factories.interests import an_interest
from tests.factories.invitations import an_invitation
from tests.factories.offers import an_offer
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.questions import a_question
from tests.factories.searches import a_saved_search
from tests.factories.suggestions import a_list
from tests.factories.supporting import a_comment, a_forwarding, a_guidance, a_recommendation
from tests.personas import ORGANISATIONS, actor

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def build_world() -> dict[str, Any]:
    """Every name that a path of the table may use."""
    listing = a_published_opportunity()
    draft = an_opportunity()
    waiting = an_opportunity(review=VersionStatus.IN_APPROVAL)
    submitted = an_opportunity(review=VersionStatus.SUBMITTED)
    past = datetime.now(UTC) - timedelta(days=90)
    closed = a_published_opportunity(now=past, closes_on=(datetime.now(UTC) - timedelta(days=3)).date())
    withdrawn = a_published_opportunity(life=LifeStatus.WITHDRAWN)
    interest = an_interest(listing, blob_id=_blob())
    met = an_interest(a_published_opportunity(), status=InterestStatus.ACCEPTED)
    meeting = Collaboration(interest_id=met.id, status=CollaborationStatus.INTRODUCED, decided_at=clock.now())
    db.session.add(meeting)
    proof = Proof(
        organisation_id=an_organisation_id("new_partner"), blob_id=_blob(), sha256="0" * 64, title="Akta",
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(proof)
    invitation = Invitation(
        organisation_id=an_organisation_id("bitung"), email="undangan@example.com", role=MemberRole.EDITOR,
        language="id", created_at=clock.now(), expires_at=clock.now() + timedelta(days=2),
    )  # fmt: skip
    db.session.add(invitation)
    record = TrackRecord(organisation_id=an_organisation_id("investor"), title="SPAM")
    claim = Organisation(
        kind=OrganisationKind.TUTOR, status=OrganisationStatus.SUBMITTED, name="Pendamping Uji", slug="pendamping-uji",
        name_key="pendamping uji", created_at=clock.now(), submitted_at=clock.now(),
    )  # fmt: skip
    heir = Succession(
        organisation_id=an_organisation_id("madiun"), email="penerus@example.com", reason="unreachable",
        words="Tidak menjawab surat.", proposed_at=clock.now(),
    )  # fmt: skip
    report = MatchReport(
        made_at=clock.now(), figures={"all": asdict(figures([])), "groups": {}, "undecided": 0}
    )
    db.session.add_all((record, claim, heir, report))
    db.session.flush()
    guidance = a_guidance()
    shared = an_opportunity()
    db.session.add(ProvinceShare(opportunity_id=shared.id, shared_at=clock.now()))
    a_forwarding(submitted)
    comment = a_comment(draft)
    a_recommendation(listing, "ministry")
    _copy_of_data()
    _keep(closed.id)
    _suggest(listing.id)
    return {
        "kept": closed.id,
        "question": a_question(listing).id,
        "answered_question": a_question(listing, status=QuestionStatus.ANSWERED).id,
        "listing": listing.slug, "listing_id": listing.id, "listing_version": listing.published_version_id,
        "assisted": written_for(actor(db.session.connection(), "moderator")).id,
        "draft": draft.id, "waiting": waiting.id, "closed": closed.id,
        "unpublished": f"judul-{draft.tail}", "withdrawn": withdrawn.slug,
        "submitted_version": the_version(submitted).id, "submitted": submitted.id, "shared": shared.id,
        "draft_version": the_version(draft).id, "guidance": guidance.id, "comment": comment.id,
        "draft_kept_document": _document(draft, DocumentAccess.VERIFIED_PARTNERS),
        "public_document": _document(listing, DocumentAccess.PUBLIC),
        "partners_document": _document(listing, DocumentAccess.VERIFIED_PARTNERS),
        "accepted_document": _accepted_document(listing),
        "draft_document": _document(draft, DocumentAccess.PUBLIC),
        "interest": interest.id,
        "asked_interest": an_interest(
            a_published_opportunity(), status=InterestStatus.MORE_INFO, asked="Di mana?"
        ).id,
        "partner_invitation": an_invitation(a_published_opportunity()).id,
        "own_draft": an_interest(a_published_opportunity(), "startup", status=InterestStatus.DRAFT).id,
        "accepted_interest": an_interest(a_published_opportunity(), status=InterestStatus.ACCEPTED).id,
        "collaboration": meeting.id,
        "startup_partner": an_organisation_id("startup"),
        "bitung": an_organisation_id("bitung"), "investor": an_organisation_id("investor"),
        "new_partner": an_organisation_id("new_partner"), "proof": proof.id,
        "madiun": an_organisation_id("madiun"),
        "colleague": actor(db.session.connection(), "pemda_viewer").user_id,
        "heir": actor(db.session.connection(), "pemda_approver").user_id,
        "invitation": invitation.id, "invitation_token": make_token(invitation.id, invitation.serial),
        "stand_in": _stand_in(),
        **_saved_search(),
        "suggestion_token": _suggestions(listing.id),
        "watch_token": _watched(listing.id),
        "record": record.id, "offer": an_offer().id, "report": report.id, "waiting_claim": claim.id,
        "verified_partner": _slug("investor"), "unverified_partner": _slug("new_partner"),
        "innovation": db.session.scalars(
            select(Innovation.slug).where(Innovation.region_code != "71.72").order_by(Innovation.id).limit(1)
        ).one(),
    }  # fmt: skip


def _suggestions(listing_id: int) -> str:
    """The investor's list with one listing, and the token of a letter about suggestions."""
    a_list(Side.PARTNER, an_organisation_id("investor"), [(listing_id, 800_000)])
    me = actor(db.session.connection(), "startup")
    return make_letter_token(me.user_id or 0, an_organisation_id("startup"))


def _watched(listing_id: int) -> str:
    """The token of a letter to somebody who follows the listing."""
    user_id = actor(db.session.connection(), "tutor").user_id or 0
    follow(KIND, listing_id, user_id=user_id, why=WATCH, now=clock.now())
    return make_watch_token(listing_id, user_id)


def _saved_search() -> dict[str, Any]:
    """Removed by its owner's last press; its token is asked for before."""
    search = a_saved_search("skema=kpbu")
    return {
        "saved_search": search.id,
        "alert_token": make_alert_token(a_saved_search("skema=swasta", "startup")),
    }


def _stand_in() -> int:
    """The editor stands in for the approver, later: today the table's answers are those of roles."""
    people = [
        actor(db.session.connection(), name).user_id or 0 for name in ("pemda_editor", "pemda_approver")
    ]
    begins = clock.now().date() + timedelta(days=10)
    named = StandIn(
        organisation_id=an_organisation_id("bitung"), user_id=people[0], named_by=people[1], begins=begins,
        until=begins, named_at=clock.now(),
    )  # fmt: skip
    db.session.add(named)
    db.session.flush()
    return named.id


def _suggest(opportunity_id: int) -> None:
    """One partner stands in a listing's list, which is thin, and another in nobody's."""
    a_list(Side.LISTING, opportunity_id, [(an_organisation_id("startup"), 700_000)])
    a_list(Side.PARTNER, an_organisation_id("investor"), [])


def _keep(opportunity_id: int) -> None:
    """One person keeps one listing."""
    person = actor(db.session.connection(), "startup").user_id or 0
    db.session.add(Bookmark(user_id=person, opportunity_id=opportunity_id, created_at=clock.now()))
    db.session.flush()


def _copy_of_data() -> None:
    """One person has a copy of their data ready."""
    file_store().put("exports/access.zip", io.BytesIO(b"PK"))
    owner = actor(db.session.connection(), "investor").user_id or 0
    copy = DataExport(
        user_id=owner, asked_at=clock.now(), ready_at=clock.now(), storage_key="exports/access.zip", size=2
    )
    db.session.add(copy)
    db.session.flush()


def _blob() -> int:
    """A stored file whose first page is drawn."""
    someone = actor(db.session.connection(), "pemda_editor")
    blob = store_upload(io.BytesIO(PDF), "berkas.pdf", actor=someone, now=clock.now())
    page = io.BytesIO()
    Image.new("RGB", (400, 560), "white").save(page, "WEBP")
    page.seek(0)
    file_store().put(page_key(blob.storage_key, 1), page)
    blob.preview_pages = blob.pages = 1
    return blob.id


def _document(opportunity: Any, access: DocumentAccess) -> int:
    document = OpportunityDocument(
        version_id=the_version(opportunity).id,
        blob_id=_blob(),
        title="Studi",
        access=access,
        created_at=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    return document.id


def _accepted_document(opportunity: Any) -> int:
    """One that only the accepted investor may read."""
    investor = an_organisation_id("investor")
    db.session.add(
        DocumentGrant(opportunity_id=opportunity.id, organisation_id=investor, granted_at=clock.now())
    )
    return _document(opportunity, DocumentAccess.ACCEPTED_PARTNERS)


def _slug(key: str) -> str:
    return db.session.scalars(
        select(Organisation.slug).where(Organisation.name == ORGANISATIONS[key].name)
    ).one()
