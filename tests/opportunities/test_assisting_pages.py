"""The pages of writing for a region: begun, seen by the Pemda, ended; rights follow with the next request."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole
from marketplace.extensions import db
from marketplace.opportunities import publishing
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import VersionStatus
from marketplace.opportunities.support import assisting
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests import personas
from tests.architecture.access_world import _document
from tests.factories.assistance import a_province, written_for
from tests.factories.opportunities import an_opportunity, the_version
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]
V = VersionStatus


def who(name: str) -> Actor:
    return personas.actor(db.session.connection(), name)


def base_of(opportunity: Opportunity) -> str:
    return f"/dasbor/peluang/{opportunity.id}"


def test_laip_begins_by_choosing_a_region(session: Any, client_as: ClientAs) -> None:
    moderator = client_as("moderator")
    missing = moderator.submit("/dasbor/bantuan/baru", {"region": "Kota Manado", "template": "kosong"})
    assert missing.status_code == 422
    assert "verifikasi di Moderasi" in missing.text
    assert 'value="Kota Manado"' in missing.text
    begun = moderator.submit("/dasbor/bantuan/baru", {"region": "Kota Bitung", "template": "kosong"})
    assert begun.status_code == 302
    assert begun.location.endswith("/sunting/identitas")
    assert "Bantuan menulis" in moderator.get(begun.location).text
    assert "Ditulis bersama" in client_as("pemda_viewer").get("/dasbor/peluang").text


def test_both_sides_open_the_workspace_in_every_state(session: Any, client_as: ClientAs) -> None:
    opportunity = written_for(who("moderator"))
    base = base_of(opportunity)
    readers = {name: client_as(name) for name in ("moderator", "pemda_approver", "pemda_viewer")}
    for review, prefix in zip(V, ("", "/en", "", "/en", "", "/en"), strict=True):
        the_version(opportunity).status = review
        for name, reader in readers.items():
            page = reader.get(prefix + base)
            assert page.status_code == 200, (review, name)
            assert (f"{base}/bantuan" in page.text) is (name == "pemda_approver"), (review, name)


def test_laips_page_names_the_writers_and_lets_them_decide_nothing(session: Any, client_as: ClientAs) -> None:
    opportunity = written_for(who("moderator"))
    version = the_version(opportunity)
    version.status, version.submitted_at = V.SUBMITTED, clock.now()
    path = f"/moderasi/peluang/{version.id}"
    other = client_as("moderator_b").get(path).text
    assert "Penulisnya: Maya Lestari" in other
    assert 'value="terbitkan"' in other
    writer = client_as("moderator")
    page = writer.get(path).text
    assert "Moderator lain yang memutuskan" in page
    assert 'value="terbitkan"' not in page
    fields = {"seen": str(version.revision), "langkah": "terbitkan"}
    assert writer.submit(path, fields, on="/dasbor/bantuan/baru").status_code == 403


def test_the_public_reads_with_whom_it_was_written(session: Any, client_as: ClientAs) -> None:
    opportunity = written_for(who("moderator"))
    version = the_version(opportunity)
    version.status = V.SUBMITTED
    publishing.publish_version(version, seen=version.revision, actor=who("moderator_b"), now=clock.now())
    assert "Ditulis bersama" in client_as("investor").get(f"/peluang/{opportunity.slug}").text


def nothing(_opportunity: Opportunity) -> None:
    """The control: everything is as it was."""


def suspended(_opportunity: Opportunity) -> None:
    name = "Pemerintah Provinsi Sulawesi Utara"
    db.session.execute(
        update(Organisation).where(Organisation.name == name).values(status=OrganisationStatus.SUSPENDED)
    )


def removed(_opportunity: Opportunity) -> None:
    db.session.execute(delete(Member).where(Member.user_id == who("alone").user_id))


def made_viewer(_opportunity: Opportunity) -> None:
    db.session.execute(
        update(Member).where(Member.user_id == who("alone").user_id).values(role=MemberRole.VIEWER)
    )


def ended(opportunity: Opportunity) -> None:
    assisting.take_over(opportunity, seen=1, actor=who("pemda_owner"), now=clock.now())


@pytest.mark.parametrize("change", [nothing, suspended, removed, made_viewer, ended])
def test_rights_follow_with_the_next_request(
    session: Any, client_as: ClientAs, change: Callable[[Opportunity], None]
) -> None:
    """Pages, autosave and files of the province's draft: open, and gone as soon as the right is."""
    opportunity = written_for(a_province())
    document = _document(opportunity, "public")  # type: ignore[arg-type]
    helper, base = client_as("alone"), base_of(opportunity)
    change(opportunity)
    opens = change is nothing
    for path in ("", "/sunting/mitra", "/dokumen", "/pratinjau", f"/dokumen/{document}/ubah"):
        assert helper.get(base + path).status_code == (200 if opens else 404), path
    for path in (f"/peluang/dokumen/{document}", f"/peluang/dokumen/{document}/halaman/1"):
        assert helper.get(path).status_code == (200 if opens else 404), path
    fields = {"isian": "title_id", "title_id": "Judul lain", "seen": "1"}
    kept = helper.submit(f"{base}/simpan", fields, on="/dasbor/akun")
    assert kept.status_code == (200 if opens else 404)
    for path in ("/kirim", "/versi", f"/dokumen/{document}/lepas"):
        # 302, 422: done or refused with a sentence; for the others there is no such thing.
        answer = helper.submit(base + path, {"seen": "1"}, on="/dasbor/akun").status_code
        assert (answer != 404) is opens, (path, answer)
    # The Pemda's own matters are never the helper's.
    assert helper.get(f"{base}/dokumen/dibuka").status_code == 404
    assert helper.get(f"{base}/bantuan").status_code == 404


@pytest.mark.parametrize("name", ["alone", "moderator_b", "other_approver"])
def test_others_find_no_trace_of_a_provinces_draft(session: Any, client_as: ClientAs, name: str) -> None:
    """Neither another government, nor LAIP: it waits in no queue before the region hands it over."""
    opportunity = written_for(a_province("companion"), title_id="Belum dibaca siapa pun")
    version = the_version(opportunity)
    for review in (V.DRAFT, V.IN_APPROVAL):
        version.status = review
        reader = client_as(name)
        for path in (
            base_of(opportunity),
            f"{base_of(opportunity)}/pratinjau",
            f"/moderasi/peluang/{version.id}",
        ):
            assert reader.get(path).status_code == 404, path
        for path in ("/dasbor", "/moderasi", "/moderasi/peluang", "/dasbor/bantuan"):
            assert "Belum dibaca" not in reader.get(path).text


def test_the_helpers_of_laip_see_no_draft_of_the_pemdas_own(session: Any, client_as: ClientAs) -> None:
    assert client_as("moderator").get(base_of(an_opportunity())).status_code == 404


def test_the_approver_ends_it_on_its_page(session: Any, client_as: ClientAs) -> None:
    opportunity = written_for(who("moderator"))
    path = f"{base_of(opportunity)}/bantuan"
    approver = client_as("pemda_approver")
    refused = approver.submit(path, {"seen": "1", "langkah": "tolak", "words": "Kami punya sendiri."})
    assert refused.status_code == 422
    assert "Pilih alasannya" in refused.text
    assert "Kami punya sendiri." in refused.text
    done = approver.submit(path, {"seen": "1", "langkah": "tolak", "reason": "own_work"})
    assert done.status_code == 302
    again = approver.submit(
        path, {"seen": "1", "langkah": "tolak", "reason": "own_work"}, on=base_of(opportunity)
    )
    assert again.status_code == 409
    assert "Bantuan ditolak" in client_as("moderator").get("/dasbor/bantuan").text
    assert client_as("pemda_editor").get(path).status_code == 403


def test_the_list_asks_as_much_for_thirty_as_for_three(
    session: Any, client_as: ClientAs, count_queries: QueryCounter
) -> None:
    moderator, numbers = client_as("moderator"), []
    for rows in (3, 27):
        for each in range(rows):
            written_for(who("moderator"), now=clock.now() - timedelta(hours=rows, minutes=each))
        moderator.get("/dasbor/bantuan")
        with count_queries() as counted:
            page = moderator.get("/dasbor/bantuan")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
    assert "halaman=2" in page.text
