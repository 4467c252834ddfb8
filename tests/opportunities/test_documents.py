"""Who opens which document, and what it leaves behind."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities import attaching
from marketplace.opportunities.document_queries import OPENED
from marketplace.opportunities.models import DocumentGrant, Opportunity, OpportunityDocument
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.rules import DocumentAccess, LifeStatus, NotEditable, VersionStatus
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests import personas
from tests.factories.opportunities import an_opportunity, an_organisation_id, the_version
from tests.files.samples import PDF
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
A = DocumentAccess


def a_document(connection: Any, access: DocumentAccess, *, published: bool = True) -> OpportunityDocument:
    """A document of a listing of Bitung."""
    opportunity = an_opportunity()
    version = the_version(opportunity)
    document = attaching.attach_document(
        version, stream=BytesIO(PDF), filename="studi.pdf", title="Studi", access=access,
        actor=personas.actor(connection, "pemda_editor"), now=clock.now(),
    )  # fmt: skip
    if published:
        version.status = VersionStatus.PUBLISHED
        opportunity.slug, opportunity.status = f"spam-{opportunity.tail}", LifeStatus.PUBLISHED
        opportunity.published_version_id = version.id
    return document


OPEN, SHUT, HIDDEN, SIGN_IN = 200, 403, 404, 302
TABLE = {
    A.PUBLIC: {
        None: OPEN, "pemda_viewer": OPEN, "other_approver": OPEN, "investor": OPEN, "new_partner": OPEN, "moderator": OPEN,
    },
    A.VERIFIED_PARTNERS: {
        None: SIGN_IN, "pemda_viewer": OPEN, "other_approver": SHUT, "investor": OPEN, "new_partner": SHUT, "alone": SHUT,
        "moderator": OPEN, "programme_owner": SHUT, "companion": SHUT,
    },
    A.ACCEPTED_PARTNERS: {
        None: SIGN_IN, "pemda_viewer": OPEN, "other_approver": SHUT, "investor": OPEN, "investor_editor": OPEN, "startup": SHUT,
        "alone": SHUT, "moderator": OPEN,
    },
}  # fmt: skip
CASES = [(access, persona, status) for access, row in TABLE.items() for persona, status in row.items()]


@pytest.mark.parametrize("access, persona, status", CASES)
def test_access_to_a_published_document(
    access: DocumentAccess,
    persona: str | None,
    status: int,
    client: PageClient,
    client_as: ClientAs,
    connection: Any,
    session: Any,
) -> None:
    document = a_document(connection, access)
    session.add(
        DocumentGrant(
            opportunity_id=listing_of(document).id,
            organisation_id=an_organisation_id("investor"),
            granted_at=clock.now(),
        )
    )
    reader = client_as(persona) if persona else client
    for way in ("", "/pratinjau"):
        assert reader.get(f"/peluang/dokumen/{document.id}{way}").status_code == status


@pytest.mark.parametrize("access", [A.VERIFIED_PARTNERS, A.ACCEPTED_PARTNERS])
def test_who_left_and_who_was_suspended_opens_nothing_with_the_next_request(
    access: DocumentAccess, client_as: ClientAs, connection: Any, session: Any
) -> None:
    document, investor = a_document(connection, access), an_organisation_id("investor")
    session.add(
        DocumentGrant(
            opportunity_id=listing_of(document).id, organisation_id=investor, granted_at=clock.now()
        )
    )
    path = f"/peluang/dokumen/{document.id}"
    leaving, staying = client_as("investor_editor"), client_as("investor")
    assert (leaving.get(path).status_code, staying.get(path).status_code) == (OPEN, OPEN)
    gone = personas.actor(connection, "investor_editor").user_id
    session.execute(delete(Member).where(Member.user_id == gone))
    assert (leaving.get(path).status_code, staying.get(path).status_code) == (SHUT, OPEN)
    session.execute(
        update(Organisation).where(Organisation.id == investor).values(status=OrganisationStatus.SUSPENDED)
    )
    assert staying.get(path).status_code == SHUT


def listing_of(document: OpportunityDocument) -> Opportunity:
    version = find_version(document.version_id)
    assert version is not None
    return version.opportunity


@pytest.mark.parametrize("access", A)
@pytest.mark.parametrize(
    "persona", [None, "other_approver", "investor", "moderator", "programme_owner", "alone"]
)
def test_a_document_of_a_draft_does_not_exist_for_others(
    access: DocumentAccess, persona: str | None, client: PageClient, client_as: ClientAs, connection: Any
) -> None:
    document = a_document(connection, access, published=False)
    reader = client_as(persona) if persona else client
    assert reader.get(f"/peluang/dokumen/{document.id}").status_code == HIDDEN
    assert client_as("pemda_viewer").get(f"/peluang/dokumen/{document.id}").status_code == OPEN


def test_it_is_sent_as_an_attachment_and_the_opening_is_noted(
    client_as: ClientAs, connection: Any, session: Any
) -> None:
    document = a_document(connection, A.VERIFIED_PARTNERS)
    answer = client_as("investor").get(f"/peluang/dokumen/{document.id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    event = session.execute(select(AuditEvent).where(AuditEvent.kind == OPENED)).scalar_one()
    assert event.details == {
        "document": document.id, "previewed": False, "organisation": an_organisation_id("investor")
    }  # fmt: skip
    assert event.actor_id == personas.actor(connection, "investor").user_id


def test_the_page_links_only_what_the_reader_may_open(
    client: PageClient, client_as: ClientAs, connection: Any, session: Any
) -> None:
    document = a_document(connection, A.VERIFIED_PARTNERS)
    session.flush()
    slug = listing_of(document).slug
    link = f'href="/peluang/dokumen/{document.id}/pratinjau"'
    assert link not in client.get(f"/peluang/{slug}").text
    assert link in client_as("investor").get(f"/peluang/{slug}").text


def test_documents_are_attached_by_writers_and_to_drafts_only(connection: Any, session: Any) -> None:
    options: dict[str, Any] = {"filename": "a.pdf", "title": "", "access": A.PUBLIC, "now": clock.now()}
    editor = personas.actor(connection, "pemda_editor")
    draft = the_version(an_opportunity())
    kept = attaching.attach_document(draft, stream=BytesIO(PDF), actor=editor, **options)
    assert kept.title == "a.pdf"
    for name in ("pemda_viewer", "other_approver", "moderator"):
        with pytest.raises(Forbidden):
            attaching.attach_document(
                draft, stream=BytesIO(PDF), actor=personas.actor(connection, name), **options
            )
    sent = the_version(an_opportunity(review=VersionStatus.SUBMITTED))
    with pytest.raises(NotEditable):
        attaching.attach_document(sent, stream=BytesIO(PDF), actor=editor, **options)
    with pytest.raises(NotFound):
        attaching.remove_document(
            the_version(an_opportunity()), document_id=kept.id, actor=editor, now=clock.now()
        )


def test_an_unknown_document_is_404(client: PageClient) -> None:
    assert client.get("/peluang/dokumen/99999999").status_code == 404
