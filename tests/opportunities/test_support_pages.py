"""Pages of those who stand beside listings of others, and what the Pemda, LAIP and the public see of it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import delete, update

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.opportunities import policy
from marketplace.opportunities.rules import DocumentAccess, LifeStatus, VersionStatus
from marketplace.opportunities.steps import inputs_of_step
from marketplace.opportunities.support.models import ProvinceShare
from marketplace.opportunities.support.queries import find_ties
from marketplace.opportunities.support.supported_queries import (
    Asked,
    count_supported,
    list_regions,
    list_supported,
)
from marketplace.organisations import guiding
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.architecture.access_world import _document as a_document
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.supporting import a_comment, a_forwarding, a_guidance, a_recommendation
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
V, L = VersionStatus, LifeStatus
LIST = "/dasbor/dukungan"


def _end(person: Any) -> None:
    guiding.end(
        _end.guidance, reason="finished", words="", seen=1, actor=person("pemda_owner"), now=clock.now()
    )


def _suspend(_person: Any) -> None:
    of_tutor = Organisation.id == an_organisation_id("tutor")
    db.session.execute(update(Organisation).where(of_tutor).values(status=OrganisationStatus.SUSPENDED))


def _lapse(_person: Any) -> None:
    past = clock.now().date() - timedelta(days=2)
    of_tutor = Organisation.id == an_organisation_id("tutor")
    db.session.execute(update(Organisation).where(of_tutor).values(valid_until=past))


def _remove(person: Any) -> None:
    db.session.execute(delete(Member).where(Member.user_id == person("tutor").user_id))


@pytest.mark.parametrize("lose", [_end, _suspend, _lapse, _remove])
def test_the_draft_and_its_files_close_with_the_next_request(
    client_as: ClientAs, person: Any, lose: Any
) -> None:
    """Whatever ends the right: the guidance, LAIP, a document's last day, the organisation's owner."""
    _end.guidance = a_guidance().id
    draft = an_opportunity(title_id="Pasar rahasia")
    file = f"/peluang/dokumen/{a_document(draft, DocumentAccess.PUBLIC)}"
    kept = f"/peluang/dokumen/{a_document(draft, DocumentAccess.VERIFIED_PARTNERS)}"
    pages = [
        f"{LIST}/{draft.id}",
        f"/dasbor/peluang/{draft.id}/pratinjau",
        file,
        f"{file}/pratinjau",
        f"{file}/halaman/1",
    ]
    tutor = client_as("tutor")
    assert [tutor.get(page).status_code for page in pages] == [200] * 5
    assert tutor.get(kept).status_code == 403
    assert "Pasar rahasia" in tutor.get(LIST).text
    lose(person)
    assert [tutor.get(page).status_code for page in [*pages, kept]] == [404] * 6
    assert "Pasar rahasia" not in tutor.get(LIST).text + tutor.get("/dasbor").text
    sent = tutor.submit(
        f"{LIST}/{draft.id}/komentar",
        {"version": str(the_version(draft).id), "words": "x"},
        on="/dasbor/akun",
    )
    assert sent.status_code == 404


def test_the_list_and_the_policy_agree(person: Any) -> None:
    """The SQL of the list is the twin of the pure policy, for every status, with and without each tie."""
    a_guidance()
    listings = []
    for review, life in product(V, (L.UNPUBLISHED, L.PUBLISHED, L.WITHDRAWN)):
        if (review is V.PUBLISHED) is (life is L.UNPUBLISHED) or (
            life is not L.UNPUBLISHED and review is not V.PUBLISHED
        ):
            continue
        for shared, passed, region in product((False, True), (False, True), ("bitung", "madiun")):
            listing = an_opportunity(region, review=review, life=life)
            if shared:
                db.session.add(ProvinceShare(opportunity_id=listing.id, shared_at=clock.now()))
            if passed:
                a_forwarding(listing)
            listings.append(listing)
    db.session.flush()
    for name in ("tutor", "province", "companion"):
        actor = person(name)
        place = actor.memberships[0]
        shown = {line.id for line in list_supported(place, Asked(), limit=1000)}
        readable = set()
        for listing in listings:
            version = the_version(listing)
            ties = find_ties(actor, version)
            # What is public a ministry reads without being told, and finds in the public list.
            if policy.opens(actor, version, ties):
                readable.add(listing.id)
        assert shown == readable, name
        assert count_supported(place, Asked()) == len(shown) > 0


@pytest.mark.parametrize("name", ["tutor", "province", "companion"])
def test_as_many_statements_for_thirty_as_for_three(
    client_as: ClientAs, count_queries: Any, name: str
) -> None:
    a_guidance()
    reader, numbers, texts = client_as(name), [], []
    first = a_published_opportunity()
    a_forwarding(first)
    for rows in (3, 30):
        for _number in range(rows):
            listing = a_published_opportunity()
            a_forwarding(listing)
            a_comment(first)
        for page in (LIST, f"{LIST}/{first.id}"):
            reader.get(page)
            reader.checks = False
            with count_queries() as counted:
                texts.append(reader.get(page).text)
            numbers.append(counted.number)
    assert numbers[:2] == numbers[2:]
    assert "halaman=2" in texts[2]
    # Only those to whom the drafts are open hear of comments.
    assert ("komentar terbuka" in texts[0]) is (name == "tutor")
    assert ("Sebutkan sumber angka ini." in texts[1]) is (name == "tutor")


def test_the_list_is_narrowed(client_as: ClientAs, person: Any) -> None:
    a_published_opportunity(title_id="Judul tampil")
    an_opportunity(review=V.SUBMITTED, title_id="Judul diajukan")
    shared = an_opportunity("new_pemda", title_id="Judul dibagikan")
    db.session.add(ProvinceShare(opportunity_id=shared.id, shared_at=clock.now()))
    an_opportunity(title_id="Judul rahasia")
    province = client_as("province")
    every = province.get(LIST).text
    assert [title in every for title in ("Judul tampil", "Judul diajukan", "Judul dibagikan", "Judul rahasia")] == [
        True, True, True, False,
    ]  # fmt: skip
    for query, wanted in (
        ("keadaan=terbit", "tampil"),
        ("keadaan=diajukan", "diajukan"),
        ("daerah=71.73", "dibagikan"),
    ):
        text = province.get(f"{LIST}?{query}").text
        assert [name for name in ("tampil", "diajukan", "dibagikan") if f"Judul {name}" in text] == [wanted]
    assert "Tidak ada yang cocok" in province.get(f"{LIST}?keadaan=terbit&daerah=71.73").text
    assert "Judul tampil" in province.get(f"{LIST}?keadaan=apa&daerah=99&halaman=zz").text
    assert "71.72" in list_regions(person("province").memberships[0])


def test_a_comment_goes_from_the_tutor_to_the_editor_and_back(client_as: ClientAs) -> None:
    a_guidance()
    draft = an_opportunity()
    tutor, editor, page = client_as("tutor"), client_as("pemda_editor"), f"{LIST}/{draft.id}"
    base = f"/dasbor/peluang/{draft.id}"
    assert '<option selected value="sought">' in tutor.get(f"{page}?bagian=sought").text
    empty = tutor.submit(
        f"{page}/komentar", {"version": str(the_version(draft).id), "bagian": "sought"}, on=page
    )
    assert (empty.status_code, "Isian ini wajib" in empty.text) == (422, True)
    sent = {"version": str(the_version(draft).id), "bagian": "sought", "words": "Sebutkan luas <gedung>."}
    assert tutor.submit(f"{page}/komentar", sent, on=page).status_code == 302
    for there in (f"{base}/sunting/kebutuhan", f"{base}/sunting", base, page):
        reader = tutor if there == page else editor
        assert "Sebutkan luas &lt;gedung&gt;." in reader.get(there).text, there
    other_step = editor.get(f"{base}/sunting/identitas").text
    assert "Sebutkan luas" not in other_step
    assert "Dibaca organisasi Anda dan Klinik Kota Cerdas Uji." in other_step
    (button,) = {
        part.split('"')[0]
        for part in editor.get(f"{base}/sunting/kebutuhan").text.split('value="tangani-')[1:]
    }
    form = {name: getattr(the_version(draft), name) for name in inputs_of_step("kebutuhan")} | {
        "seen": "1", "langkah": f"tangani-{button}", "problem_id": "Masalah yang baru ditulis.",
    }  # fmt: skip
    saved = editor.submit(f"{base}/sunting/kebutuhan", form)
    assert saved.location.endswith("/sunting/kebutuhan")
    assert the_version(draft).problem_id == "Masalah yang baru ditulis."
    assert "ditangani" in tutor.get(page).text
    assert "Sebutkan luas" not in editor.get(f"{base}/sunting/kebutuhan").text
    assert "Sudah ditangani" not in editor.get(base).text
    # Comments are between the Pemda and who may read its drafts.
    for stranger in ("province", "companion", "investor", "other_approver"):
        assert client_as(stranger).get(page).status_code == 404


def test_the_workspace_handles_comments_and_shares_the_draft(client_as: ClientAs) -> None:
    draft = an_opportunity()
    comment = a_comment(draft, field="")
    base, editor = f"/dasbor/peluang/{draft.id}", client_as("pemda_editor")
    assert "Bagikan draf kepada Provinsi Sulawesi Utara" in editor.get(base).text
    assert client_as("province").get(f"{LIST}/{draft.id}").status_code == 404
    assert editor.submit(f"{base}/bagikan", on=base).status_code == 302
    assert client_as("province").get(f"{LIST}/{draft.id}").status_code == 200
    assert editor.submit(f"{base}/bagikan/batal", on=base).status_code == 302
    assert client_as("province").get(f"{LIST}/{draft.id}").status_code == 404
    assert editor.submit(f"{base}/komentar/{comment.id}/tangani", on=base).status_code == 302
    assert editor.submit(f"{base}/komentar/999999/tangani", on=base).status_code == 404
    assert "bagikan" not in client_as("province").get(f"/dasbor/peluang/{an_opportunity('province').id}").text


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_recommendation_stands_where_it_is_read(
    client_as: ClientAs, client: PageClient, language: str
) -> None:
    listing = a_published_opportunity()
    page, there = f"{LIST}/{listing.id}", f"/peluang/{listing.slug}"
    province, version = client_as("province"), str(the_version(listing).id)
    assert "Rekomendasikan atau baca lebih jauh" in province.get(there).text
    assert "Direkomendasikan oleh" not in client.get(there).text
    short = province.submit(f"{page}/rekomendasi", {"version": version, "words_id": "Bagus"}, on=page)
    assert (short.status_code, "sedikitnya 20 huruf" in short.text) == (422, True)
    said = {
        "version": version,
        "words_id": "Sejalan dengan rencana induk.",
        "words_en": "In line with our plan.",
    }
    assert province.submit(f"{page}/rekomendasi", said, on=page).status_code == 302
    a_recommendation(listing, "ministry")
    wanted = "Recommended by" if language else "Direkomendasikan oleh Provinsi Sulawesi Utara"
    words = "In line with our plan." if language else "Sejalan dengan rencana induk."
    next_version = an_opportunity(review=V.SUBMITTED)
    a_recommendation(next_version, "province", words_en="In line with our plan.", words_id=said["words_id"])
    for reader, shown in (
        (client, there), (client_as("pemda_viewer"), f"/dasbor/peluang/{listing.id}"),
        (client_as("moderator"), f"/moderasi/peluang/{the_version(next_version).id}"), (client_as("companion"), page),
    ):  # fmt: skip
        text = reader.get(language + shown).text
        assert wanted in text, shown
        assert words in text, shown
    assert "Kementerian Pendamping Uji" in client.get(there).text
    nothing = province.submit(f"{page}/rekomendasi/tarik", {"seen": "1"})
    assert (nothing.status_code, "Pilih alasannya" in nothing.text) == (422, True)
    back = {"seen": "1", "reason": "listing_changed"}
    assert province.submit(f"{page}/rekomendasi/tarik", back).status_code == 302
    assert "Provinsi Sulawesi Utara</b>" not in client.get(there).text


def test_what_is_passed_on_stands_in_the_lists_of_those_who_get_it(client_as: ClientAs) -> None:
    listing = an_opportunity(review=V.SUBMITTED, title_id="Air untuk Bitung")
    page, version = f"{LIST}/{listing.id}/teruskan", str(the_version(listing).id)
    province, ministry, moderator = client_as("province"), client_as("companion"), client_as("moderator")
    assert ministry.get(f"{LIST}/{listing.id}").status_code == 404
    nobody = province.submit(page, {"version": version, "words": "Mohon dibantu menyiapkannya."})
    assert (nobody.status_code, "Pilih penerima" in nobody.text) == (422, True)
    for receiver in ("laip", str(an_organisation_id("ministry"))):
        sent = {"version": version, "receiver": receiver, "words": "Mohon dibantu menyiapkannya."}
        assert province.submit(page, sent).status_code == 302
    assert "Air untuk Bitung" in ministry.get(LIST).text
    for reader, there in (
        (ministry, f"{LIST}/{listing.id}"), (moderator, "/moderasi/diteruskan"), (moderator, f"/moderasi/peluang/{version}"),
        (client_as("pemda_owner"), f"/dasbor/peluang/{listing.id}"), (province, f"{LIST}/{listing.id}"),
    ):  # fmt: skip
        assert "Mohon dibantu menyiapkannya." in reader.get(there).text, there


def test_a_page_of_the_past_is_told_so(client_as: ClientAs) -> None:
    listing = a_published_opportunity()
    old = the_version(listing)
    newer = the_version(a_published_opportunity())
    page, ministry = f"{LIST}/{listing.id}", client_as("companion")
    assert ministry.get(page).status_code == 200
    newer.opportunity_id, newer.number = listing.id, 2
    listing.published_version_id = newer.id
    sent = {"version": str(old.id), "words_id": "Sejalan dengan rencana kami semua."}
    assert ministry.submit(f"{page}/rekomendasi", sent, on=page).status_code == 409
    for number in ("", "x", "999999999", str(the_version(an_opportunity()).id)):
        assert ministry.submit(f"{page}/rekomendasi", {**sent, "version": number}, on=page).status_code == 404
