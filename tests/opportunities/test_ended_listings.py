"""A listing that was withdrawn or has its outcome takes no further versions, and says so."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.opportunities import attaching, editing, ending, own_queries, policy, publishing
from marketplace.opportunities.rules import (
    DocumentAccess,
    LifeStatus,
    ListingEnded,
    Standing,
    VersionStatus,
)
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.files.samples import PDF
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
People = Callable[[str], Actor]
L, V = LifeStatus, VersionStatus
ENDED = [L.WITHDRAWN, L.PARTNER_FOUND, L.NO_PARTNER]


def ended_with_a_draft(person: People, life: LifeStatus) -> Any:
    """A published listing whose second version was being written when it ended."""
    listed = a_published_opportunity()
    editing.start_version(listed, actor=person("pemda_editor"), now=clock.now())
    listed.status = life
    return listed


@pytest.mark.parametrize("life", ENDED)
def test_its_draft_is_neither_written_nor_sent(life: LifeStatus, session: Any, person: People) -> None:
    editor = person("pemda_editor")
    version = the_version(ended_with_a_draft(person, life))
    how: dict[str, Any] = {"seen": version.revision, "actor": editor, "now": clock.now()}
    with pytest.raises(ListingEnded):
        editing.save_draft(version, content={"title_id": "Judul baru"}, **how)
    with pytest.raises(ListingEnded):
        publishing.send_to_approver(version, **how)
    with pytest.raises(ListingEnded):
        attaching.attach_document(
            version, stream=BytesIO(PDF), filename="a.pdf", title="", access=DocumentAccess.PUBLIC,
            actor=editor, now=clock.now(),
        )  # fmt: skip
    assert version.status is V.DRAFT
    assert not policy.can_edit(editor, version)
    assert not policy.can_send_to_approver(editor, version)


@pytest.mark.parametrize("life", ENDED)
def test_what_waited_for_the_approver_never_reaches_an_empty_queue(
    life: LifeStatus, session: Any, person: People
) -> None:
    approver = person("pemda_approver")
    version = the_version(ended_with_a_draft(person, life))
    version.status = V.IN_APPROVAL
    with pytest.raises(ListingEnded):
        publishing.submit_version(version, seen=version.revision, actor=approver, now=clock.now())
    assert version.status is V.IN_APPROVAL
    assert not policy.can_approve(approver, version)


def test_another_version_is_not_begun_and_the_reason_is_the_end(session: Any, person: People) -> None:
    listed = a_published_opportunity(life=L.WITHDRAWN)
    with pytest.raises(ListingEnded):
        editing.start_version(listed, actor=person("pemda_editor"), now=clock.now())


@pytest.mark.parametrize(
    "life, words",
    [
        (L.WITHDRAWN, "Peluang ini sudah ditarik. Tidak ada lagi"),
        (L.PARTNER_FOUND, "Hasilnya sudah dicatat."),
        (L.NO_PARTNER, "Hasilnya sudah dicatat."),
    ],
)
def test_its_workspace_says_that_nothing_is_left_to_do(
    life: LifeStatus, words: str, client_as: ClientAs, person: People
) -> None:
    listed = ended_with_a_draft(person, life)
    page = client_as("pemda_approver").get(f"/dasbor/peluang/{listed.id}").text
    assert words in page
    assert "Sunting" not in page
    assert client_as("pemda_editor").get(f"/dasbor/peluang/{listed.id}/sunting").status_code == 302


@pytest.mark.parametrize(
    "ago, words", [(91, "Tenggat minat sudah lewat. Catat hasilnya"), (200, "Sudah lebih dari 60 hari")]
)
def test_a_closed_listing_asks_for_its_outcome(ago: int, words: str, client_as: ClientAs) -> None:
    listed = a_published_opportunity(now=clock.now() - timedelta(days=ago))
    page = client_as("pemda_approver").get(f"/dasbor/peluang/{listed.id}").text
    assert words in page
    assert "Versi ini tampil untuk umum" not in page


def test_text_typed_while_it_was_withdrawn_stays_to_be_copied(client_as: ClientAs, person: People) -> None:
    listed = a_published_opportunity()
    editing.start_version(listed, actor=person("pemda_editor"), now=clock.now())
    editor, path = client_as("pemda_editor"), f"/dasbor/peluang/{listed.id}/sunting"
    token = editor.get(path).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    listed.status = L.WITHDRAWN
    typed = {
        "seen": "1",
        "title_id": "Kalimat panjang",
        "sector_code": "",
        "readiness": "",
    }
    answer = editor.post(path, {**typed, "csrf_token": token})
    assert answer.status_code == 409
    assert "Kalimat panjang" in answer.text
    assert "tidak menerima versi lagi" in answer.text
    assert "supaya dapat Anda salin" in answer.text
    assert "gabungkan" not in answer.text


def test_a_partner_found_keeps_no_reason(session: Any, person: People) -> None:
    listed = a_published_opportunity(now=clock.now() - timedelta(days=100))
    ending.record_outcome(
        listed, version=the_version(listed), outcome=L.PARTNER_FOUND, seen=listed.revision, reason="no_interest",
        words="", actor=person("pemda_approver"), now=clock.now(),
    )  # fmt: skip
    assert (listed.status, listed.end_reason) == (L.PARTNER_FOUND, None)


def test_who_may_not_send_learns_nothing_of_what_is_missing(session: Any, person: People) -> None:
    version = the_version(an_opportunity(users_served_id=""))
    with pytest.raises(Forbidden):
        publishing.send_to_approver(
            version, seen=version.revision, actor=person("pemda_viewer"), now=clock.now()
        )


def test_the_draft_returned_meanwhile_is_a_change_and_no_dead_end(session: Any, person: People) -> None:
    """Sent from another tab and returned by LAIP while the form stood open: it may be saved after reading."""
    version = the_version(an_opportunity(review=V.RETURNED))
    version.revision = 5
    session.flush()
    with pytest.raises(editing.DraftChanged):
        editing.save_draft(
            version, content={"title_id": "A"}, seen=1, actor=person("pemda_editor"), now=clock.now()
        )


def test_own_listings_come_in_pages_with_their_newest_version(session: Any, person: People) -> None:
    first = a_published_opportunity(now=clock.now() - timedelta(days=3))
    editing.start_version(first, actor=person("pemda_editor"), now=clock.now() - timedelta(days=2))
    second = an_opportunity()
    owner = first.organisation_id
    assert own_queries.count_own(owner) == 2
    lines = own_queries.list_own([owner])
    assert [(line.id, line.number, line.review) for line in lines] == [
        (second.id, 1, V.DRAFT),
        (first.id, 2, V.DRAFT),
    ]
    assert [line.id for line in own_queries.list_own([owner], limit=1, offset=1)] == [first.id]
    assert lines[1].standing(clock.now()) is Standing.OPEN


def test_the_page_of_own_listings_shows_25_and_leads_on(client_as: ClientAs) -> None:
    for _number in range(26):
        an_opportunity()
    editor = client_as("pemda_editor")
    assert editor.get("/dasbor/peluang").text.count('<th scope="row">') == 25
    assert editor.get("/en/dasbor/peluang?halaman=2").text.count('<th scope="row">') == 1
