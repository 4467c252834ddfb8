"""One listing's workspace: the approver's turn, sending, new versions, ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.opportunities import queries
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.opportunities.steps import step_of
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
V = VersionStatus


def base_of(opportunity: Any) -> str:
    return f"/dasbor/peluang/{opportunity.id}"


def seen(opportunity: Any) -> str:
    return str(the_version(opportunity).revision)


@pytest.mark.parametrize("review", VersionStatus)
@pytest.mark.parametrize("persona", ["pemda_owner", "pemda_editor", "pemda_viewer"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_workspace_opens_in_every_state(
    review: VersionStatus, persona: str, prefix: str, client_as: ClientAs
) -> None:
    opportunity = an_opportunity(review=review)
    assert client_as(persona).get(prefix + base_of(opportunity)).status_code == 200


def test_a_complete_draft_is_sent_from_the_workspace(client_as: ClientAs) -> None:
    draft = an_opportunity()
    editor = client_as("pemda_editor")
    assert "Kirim kepada penyetuju" in editor.get(base_of(draft)).text
    answer = editor.submit(f"{base_of(draft)}/kirim", {"seen": seen(draft)}, on=base_of(draft))
    assert answer.status_code == 302
    assert the_version(draft).status is V.IN_APPROVAL
    assert "Kirim kepada penyetuju</button>" not in editor.get(base_of(draft)).text


def test_an_incomplete_draft_is_not_sent_and_says_why(client_as: ClientAs) -> None:
    draft = an_opportunity(contact_role="")
    editor = client_as("pemda_editor")
    assert "Kirim kepada penyetuju</button>" not in editor.get(base_of(draft)).text
    answer = editor.submit(f"{base_of(draft)}/kirim", {"seen": seen(draft)}, on=base_of(draft))
    assert answer.status_code == 422
    assert "Belum dapat diajukan" in answer.text


def test_an_unverified_pemda_is_told_that_it_may_not_send_yet(client_as: ClientAs) -> None:
    draft = an_opportunity("new_pemda")
    owner = client_as("new_pemda")
    answer = owner.submit(f"{base_of(draft)}/kirim", {"seen": seen(draft)}, on=base_of(draft))
    assert answer.status_code == 422
    assert "belum terverifikasi" in answer.text


def test_the_approver_reads_marks_and_sends_back(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.IN_APPROVAL)
    approver = client_as("pemda_approver")
    page = approver.get(base_of(waiting)).text
    assert 'name="tanda-problem"' in page
    assert "Ajukan ke" in page
    assert 'name="tanda-problem"' not in client_as("pemda_editor").get(base_of(waiting)).text
    fields = {
        "seen": seen(waiting),
        "langkah": "catatan",
        "tanda-problem": "ya",
        "catatan-problem": "Sebut angkanya.",
    }
    refused = approver.submit(f"{base_of(waiting)}/persetujuan", fields, on=base_of(waiting))
    assert refused.status_code == 422
    assert "Pilih alasannya" in refused.text
    assert "Sebut angkanya." in refused.text
    answer = approver.submit(
        f"{base_of(waiting)}/persetujuan", {**fields, "reason": "unclear"}, on=base_of(waiting)
    )
    assert answer.status_code == 302
    assert the_version(waiting).status is V.DRAFT
    assert queries.list_marks(the_version(waiting).id) == {"problem": "Sebut angkanya."}
    assert "Sebut angkanya." in client_as("pemda_editor").get(f"{base_of(waiting)}/sunting").text


def test_the_approver_submits(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.IN_APPROVAL)
    approver = client_as("pemda_approver")
    fields = {"seen": seen(waiting), "langkah": "ajukan"}
    assert approver.submit(f"{base_of(waiting)}/persetujuan", fields, on=base_of(waiting)).status_code == 302
    assert the_version(waiting).status is V.SUBMITTED


@pytest.mark.parametrize(
    "persona, status",
    [("pemda_editor", 403), ("pemda_viewer", 403), ("other_approver", 404), ("moderator", 404)],
)
def test_nobody_else_approves(persona: str, status: int, client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.IN_APPROVAL)
    fields = {"seen": seen(waiting), "langkah": "ajukan"}
    answer = client_as(persona).submit(f"{base_of(waiting)}/persetujuan", fields, on="/dasbor/akun")
    assert answer.status_code == status
    assert the_version(waiting).status is V.IN_APPROVAL


def test_withdrawing_asks_for_a_reason_and_ends_the_page(client_as: ClientAs, client: PageClient) -> None:
    listed = a_published_opportunity()
    approver = client_as("pemda_approver")
    path = f"{base_of(listed)}/tarik"
    assert approver.get(path).status_code == 200
    missing = approver.submit(path, {"seen": str(listed.revision), "reason": ""})
    assert (missing.status_code, listed.status) == (422, LifeStatus.PUBLISHED)
    assert "Pilih alasannya" in missing.text
    answer = approver.submit(path, {"seen": str(listed.revision), "reason": "plans_changed"})
    assert answer.status_code == 302
    assert listed.status is LifeStatus.WITHDRAWN
    assert client.get(f"/peluang/{listed.slug}").status_code == 410
    assert approver.get(base_of(listed)).status_code == 200


def test_an_editor_may_not_withdraw(client_as: ClientAs) -> None:
    listed = a_published_opportunity()
    assert client_as("pemda_editor").get(f"{base_of(listed)}/tarik").status_code == 403


def test_the_outcome_is_asked_for_after_closing_only(client_as: ClientAs) -> None:
    listed = a_published_opportunity()
    approver = client_as("pemda_approver")
    path = f"{base_of(listed)}/hasil"
    early = approver.submit(path, {"seen": str(listed.revision), "outcome": "partner_found"})
    assert early.status_code == 422
    assert "sesudah tenggat" in early.text
    closed = a_published_opportunity(now=clock.now() - timedelta(days=200))
    assert "Catat hasil" in approver.get(base_of(closed)).text
    path = f"{base_of(closed)}/hasil"
    unreasoned = approver.submit(path, {"seen": str(closed.revision), "outcome": "no_partner"})
    assert unreasoned.status_code == 422
    answer = approver.submit(
        path, {"seen": str(closed.revision), "outcome": "no_partner", "reason": "no_interest"}
    )
    assert answer.status_code == 302
    assert closed.status is LifeStatus.NO_PARTNER


def test_a_new_version_begins_from_the_workspace(client_as: ClientAs) -> None:
    listed = a_published_opportunity()
    editor = client_as("pemda_editor")
    answer = editor.submit(f"{base_of(listed)}/versi", on=base_of(listed))
    assert answer.status_code == 302
    assert the_version(listed).number == 2
    assert editor.get(f"{base_of(listed)}/sunting").status_code == 200


def test_the_preview_shows_what_the_public_will_see(client_as: ClientAs) -> None:
    draft = an_opportunity()
    page = client_as("pemda_editor").get(f"{base_of(draft)}/pratinjau").text
    assert "Pratinjau versi 1" in page
    assert "216.026 warga" in page
    assert "noindex" in page


def test_a_colleague_who_may_not_write_reads_what_is_missing_without_dead_links(client_as: ClientAs) -> None:
    draft = an_opportunity(contact_role="")
    page = client_as("pemda_viewer").get(base_of(draft)).text
    assert "Narahubung (jabatan)" in page
    assert "/sunting" not in page
    link = f'href="{base_of(draft)}/sunting/{step_of("contact_role")}#contact_role"'
    assert link in client_as("pemda_editor").get(base_of(draft)).text


def test_a_published_listing_is_not_called_incomplete_when_its_days_pass(client_as: ClientAs) -> None:
    closed = a_published_opportunity(now=clock.now() - timedelta(days=100))
    page = client_as("pemda_approver").get(base_of(closed)).text
    assert "Kelengkapan" not in page
    assert "Catat hasil" in page
    assert "Kelengkapan" in client_as("pemda_approver").get(base_of(an_opportunity())).text


@pytest.mark.parametrize(
    "review, code, words",
    [
        (V.DRAFT, "figures_doubtful", "Angka perlu diperiksa"),
        (V.DRAFT, "personal_data", "Memuat data pribadi"),
        (V.RETURNED, "figures_unsourced", "Angka tanpa sumber"),
        (V.REJECTED, "is_a_tender", "Ini pengadaan"),
    ],
)
def test_why_it_came_back_is_written_out(
    review: VersionStatus, code: str, words: str, client_as: ClientAs
) -> None:
    back = an_opportunity(review=review, decision_reason=code)
    page = client_as("pemda_editor").get(base_of(back)).text
    assert f"Alasan: {words}" in page
    assert ("Perbaiki bagian yang ditandai" in page) == (review is not V.REJECTED)
    assert "Lengkapi isian wajib" not in page
