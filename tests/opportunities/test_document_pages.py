"""The page of a draft's documents, the preview for readers, and who opened them."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.files.models import Blob
from marketplace.files.rules import page_key
from marketplace.files.storage import file_store
from marketplace.opportunities import attaching, editing, opening
from marketplace.opportunities.document_queries import list_openings
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.queries import list_documents
from marketplace.opportunities.rules import (
    DOCUMENTS_AT_MOST,
    DocumentAccess,
    DocumentKind,
    KindRefusesFile,
    LifeStatus,
    NotEditable,
    SameFileAgain,
    TooManyDocuments,
    VersionStatus,
)
from marketplace.opportunities.views.documents import OPENINGS_PAGE
from tests.factories.opportunities import an_opportunity, the_version
from tests.files.samples import DOCX, EXE, PDF, PNG, XLSX
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]
Person = Callable[[str], Actor]
A, Kind = DocumentAccess, DocumentKind
_numbers = iter(range(10_000))


def content(start: bytes = PDF) -> io.BytesIO:
    """A file that no other test has."""
    return io.BytesIO(start + b"%%%d\n" % next(_numbers))


def attached(
    version: OpportunityVersion, actor: Actor, title: str = "Studi", **options: Any
) -> OpportunityDocument:
    given = {"filename": "studi.pdf", "access": A.PUBLIC, "now": clock.now(), **options}
    return attaching.attach_document(version, stream=content(), title=title, actor=actor, **given)


def replaced(version: OpportunityVersion, document_id: int, actor: Actor) -> OpportunityDocument:
    return attaching.replace_document(
        version, document_id=document_id, stream=content(), filename="b.pdf", actor=actor, now=clock.now()
    )


def published(opportunity: Opportunity) -> OpportunityVersion:
    """The newest version as LAIP published it."""
    version = the_version(opportunity)
    version.status = VersionStatus.PUBLISHED
    opportunity.slug, opportunity.status = f"spam-{opportunity.tail}", LifeStatus.PUBLISHED
    opportunity.published_version_id = version.id
    return version


def add(client: PageClient, draft: Opportunity, **changes: Any) -> Any:
    typed = {
        "kind": "fs", "title": "Studi kelayakan", "access": "verified_partners", "file": (content(), "studi.pdf"),
        **changes,
    }  # fmt: skip
    return client.submit(f"/dasbor/peluang/{draft.id}/dokumen", typed)


def titles(draft: Opportunity) -> list[str]:
    return [document.title for document in list_documents(the_version(draft).id)]


def test_several_documents_are_added_put_in_order_and_taken_off(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    base = f"/dasbor/peluang/{draft.id}/dokumen"
    for title in ("Satu", "Dua", "Tiga"):
        assert add(editor, draft, title=title).status_code == 302
    first = list_documents(the_version(draft).id)[0]
    assert (first.kind, first.access, first.number) == (Kind.FS, A.VERIFIED_PARTNERS, 1)
    last = list_documents(the_version(draft).id)[2].id
    # Pressed twice, it moves once.
    for _press in range(2):
        assert editor.submit(f"{base}/{last}/urutan", {"ke": "1"}, on=base).status_code == 302
        assert titles(draft) == ["Tiga", "Satu", "Dua"]
    for senseless in ("", "0", "x", "99"):
        assert editor.submit(f"{base}/{last}/urutan", {"ke": senseless}, on=base).status_code == 302
    assert titles(draft) == ["Satu", "Dua", "Tiga"]
    assert editor.submit(f"{base}/{last}/lepas", on=base).status_code == 302
    assert editor.submit(f"{base}/{last}/lepas", on=base).status_code == 404
    assert titles(draft) == ["Satu", "Dua"]
    assert "Satu" in editor.get(f"/en{base}").text


@pytest.mark.parametrize(
    "kind, start, name, sentence",
    [
        ("cost_plan", XLSX, "rab.xlsx", None),
        ("drawing", PNG, "peta.png", None),
        ("fs", DOCX, "studi.docx", None),
        ("fs", PNG, "studi.png", "Yang diterima: PDF, DOCX."),
        ("letter", PDF + b"0" * (6 * 1024 * 1024), "surat.pdf", "Ukurannya 7 MB, batasnya 5 MB"),
        ("other", EXE, "alat.pdf", "bukan jenis yang diterima"),
        ("other", PDF, "studi.docx", "Samakan akhirannya"),
        ("lain", PDF, "studi.pdf", "Pilih"),
    ],
)
def test_each_kind_takes_its_own_files(
    kind: str, start: bytes, name: str, sentence: str | None, client_as: ClientAs
) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    answer = add(editor, draft, kind=kind, file=(content(start), name), title="Nama yang diketik")
    # The test client leaves the temporary file of a large body open.
    answer.request.environ["wsgi.input"].close()
    if sentence is None:
        assert (answer.status_code, titles(draft)) == (302, ["Nama yang diketik"])
        return
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Nama yang diketik"' in answer.text
    assert titles(draft) == []


def test_a_form_without_a_file_or_with_an_empty_one_says_so(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    for file in (None, (io.BytesIO(b""), ""), (io.BytesIO(b""), "kosong.pdf")):
        assert add(editor, draft, file=file).status_code == 422
    assert titles(draft) == []


def test_the_same_file_pressed_twice_is_one_document(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    assert add(editor, draft, file=(io.BytesIO(PDF), "a.pdf")).status_code == 302
    again = add(editor, draft, file=(io.BytesIO(PDF), "a.pdf"))
    assert again.status_code == 422
    assert "sudah ada di draf ini sebagai “Studi kelayakan”" in again.text
    assert titles(draft) == ["Studi kelayakan"]


def test_a_document_is_changed_and_replaced_on_one_page(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    add(editor, draft)
    old = list_documents(the_version(draft).id)[0].id
    path = f"/dasbor/peluang/{draft.id}/dokumen/{old}/ubah"
    typed = {"kind": "pre_fs", "title": "Prastudi", "access": "public"}
    wrong = editor.submit(path, {**typed, "kind": "cost_plan", "file": (content(DOCX), "b.docx")})
    assert wrong.status_code == 422
    assert editor.submit(path, {**typed, "file": (content(), "baru.pdf")}).status_code == 302
    (document,) = list_documents(the_version(draft).id)
    assert (document.title, document.kind, document.access, document.number) == (
        "Prastudi", Kind.PRE_FS, A.PUBLIC, 2,
    )  # fmt: skip
    assert document.blob.original_name == "baru.pdf"
    page = editor.get(f"/dasbor/peluang/{draft.id}/dokumen").text
    assert f"/peluang/dokumen/{old}/pratinjau" in page
    # The older file stays for colleagues only.
    assert client_as("pemda_viewer").get(f"/peluang/dokumen/{old}").status_code == 200
    # Its own page is gone with it: the newer one has the place.
    assert editor.get(path).status_code == 404


def test_a_kind_that_takes_no_such_file_is_refused(person: Person) -> None:
    version, editor = the_version(an_opportunity()), person("pemda_editor")
    document = attaching.attach_document(
        version, stream=content(DOCX), filename="a.docx", title="", access=A.PUBLIC, actor=editor, now=clock.now()
    )  # fmt: skip
    with pytest.raises(KindRefusesFile):
        attaching.describe_document(
            version, document_id=document.id, title="", kind=Kind.COST_PLAN, access=A.PUBLIC, actor=editor,
            now=clock.now(),
        )  # fmt: skip
    assert document.kind is Kind.OTHER


def test_a_draft_has_room_for_so_many(person: Person) -> None:
    version, editor = the_version(an_opportunity()), person("pemda_editor")
    for _number in range(DOCUMENTS_AT_MOST):
        attached(version, editor)
    with pytest.raises(TooManyDocuments):
        attached(version, editor)


def test_a_version_in_review_keeps_its_documents(person: Person, session: Any) -> None:
    editor, draft = person("pemda_editor"), an_opportunity()
    version = the_version(draft)
    document = attached(version, editor)
    version.status = VersionStatus.SUBMITTED
    session.flush()
    again = {"version": version, "document_id": document.id, "actor": editor, "now": clock.now()}
    with pytest.raises(NotEditable):
        attaching.remove_document(**again)
    with pytest.raises(NotEditable):
        replaced(version, document.id, editor)
    with pytest.raises(NotEditable):
        attaching.place_document(**again, place=1)
    version.status = VersionStatus.RETURNED
    session.flush()
    attaching.place_document(**again, place=1)
    assert version.status is VersionStatus.DRAFT


def test_no_document_of_another_listing_is_touched(person: Person) -> None:
    editor, version = person("pemda_editor"), the_version(an_opportunity())
    foreign = attached(the_version(an_opportunity()), editor)
    with pytest.raises(NotFound):
        attaching.remove_document(version, document_id=foreign.id, actor=editor, now=clock.now())


def test_the_same_file_is_not_attached_twice(person: Person) -> None:
    version = the_version(an_opportunity())
    given = {
        "filename": "a.pdf",
        "title": "",
        "access": A.PUBLIC,
        "actor": person("pemda_editor"),
        "now": clock.now(),
    }
    attaching.attach_document(version, stream=io.BytesIO(PDF), **given)
    with pytest.raises(SameFileAgain):
        attaching.attach_document(version, stream=io.BytesIO(PDF), **given)


@pytest.fixture
def two_versions(person: Person) -> tuple[Opportunity, int, int]:
    """A published listing whose document has a second version: the listing, the older file, the newer."""
    editor, listing = person("pemda_editor"), an_opportunity()
    old = attached(the_version(listing), editor, "Studi kelayakan")
    published(listing)
    version = editing.start_version(listing, actor=editor, now=clock.now())
    new = replaced(version, list_documents(version.id)[0].id, editor)
    assert (new.series, new.number) == (old.series, 2)
    return listing, old.id, new.id


def test_the_public_sees_older_files_once_the_newer_is_published(
    two_versions: tuple[Opportunity, int, int], client: PageClient
) -> None:
    listing, old, new = two_versions
    listing.slug = f"spam-{listing.tail}"
    page = client.get(f"/peluang/{listing.slug}").text
    assert f"/peluang/dokumen/{old}/" in page
    assert "versi sebelumnya" not in page
    assert client.get(f"/peluang/dokumen/{new}").status_code == 404
    published(listing)
    page = client.get(f"/peluang/{listing.slug}").text
    assert "1 versi sebelumnya" in page
    for document in (old, new):
        assert f"/peluang/dokumen/{document}/" in page
        assert client.get(f"/peluang/dokumen/{document}").status_code == 200


def test_older_files_follow_the_level_of_today_and_go_with_the_document(
    two_versions: tuple[Opportunity, int, int], client: PageClient, client_as: ClientAs, session: Any
) -> None:
    listing, old, new = two_versions
    session.get(OpportunityDocument, new).access = A.VERIFIED_PARTNERS
    published(listing)
    assert client.get(f"/peluang/dokumen/{old}").status_code == 302
    assert client_as("investor").get(f"/peluang/dokumen/{old}").status_code == 200
    session.delete(session.get(OpportunityDocument, new))
    for reader in (client, client_as("investor")):
        assert reader.get(f"/peluang/dokumen/{old}").status_code == 404
    assert client_as("pemda_viewer").get(f"/peluang/dokumen/{old}").status_code == 200


def test_a_file_replaced_before_it_was_published_is_nobodys_outside(
    person: Person, client: PageClient, client_as: ClientAs
) -> None:
    editor, listing = person("pemda_editor"), an_opportunity()
    mistaken = attached(the_version(listing), editor).id
    replaced(the_version(listing), mistaken, editor)
    published(listing)
    assert "versi sebelumnya" not in client.get(f"/peluang/{listing.slug}").text
    for reader in (client, client_as("investor"), client_as("moderator")):
        assert reader.get(f"/peluang/dokumen/{mistaken}").status_code == 404


def test_a_preview_says_what_it_can_show(client: PageClient, person: Person, session: Any) -> None:
    listing = an_opportunity()
    document = attached(the_version(listing), person("pemda_editor"))
    published(listing)
    path = f"/peluang/dokumen/{document.id}"
    assert "Pratinjau sedang disiapkan" in client.get(f"{path}/pratinjau").text
    assert client.get(f"{path}/halaman/1").status_code == 404
    blob = session.get(Blob, document.blob_id)
    blob.preview_pages = 0
    assert "tidak dapat ditampilkan" in client.get(f"{path}/pratinjau").text
    file_store().put(page_key(blob.storage_key, 1), io.BytesIO(b"drawn"))
    blob.preview_pages, blob.pages = 1, 48
    shown = html.fromstring(client.get(f"/en{path}/pratinjau").text)
    (image,) = shown.xpath("//main//img")
    answer = client.get(image.get("src"))
    assert (answer.data, answer.mimetype) == (b"drawn", "image/webp")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    for number in ("0", "2", "99999999999999999999"):
        assert client.get(f"{path}/halaman/{number}").status_code == 404


def test_what_cannot_be_drawn_has_no_preview(client: PageClient, person: Person) -> None:
    listing = an_opportunity()
    document = attaching.attach_document(
        the_version(listing), stream=content(DOCX), filename="a.docx", title="", access=A.PUBLIC,
        actor=person("pemda_editor"), now=clock.now(),
    )  # fmt: skip
    published(listing)
    assert client.get(f"/peluang/dokumen/{document.id}/pratinjau").status_code == 404
    assert f'href="/peluang/dokumen/{document.id}"' in client.get(f"/peluang/{listing.slug}").text


def test_the_pemda_reads_who_opened_what(client: PageClient, client_as: ClientAs, person: Person) -> None:
    listing = an_opportunity()
    document = attached(the_version(listing), person("pemda_editor"), "Studi kelayakan")
    published(listing)
    path = f"/peluang/dokumen/{document.id}"
    client_as("investor").get(path)
    client_as("investor").get(f"{path}/pratinjau")
    for _visit in range(3):
        client.get(path)
    log = html.fromstring(client_as("pemda_viewer").get(f"/dasbor/peluang/{listing.id}/dokumen/dibuka").text)
    rows = [" ".join(row.text_content().split()) for row in log.xpath("//main//tbody/tr")]
    assert [("dilihat" in row, "diunduh" in row) for row in rows] == [(True, False), (False, True)]
    actor = person("investor")
    for row in rows:
        assert actor.name in row
        assert actor.memberships[0].name in row
        assert "Studi kelayakan" in row
    assert "hanya dihitung: 3 kali" in log.text_content()


def test_a_long_log_is_read_page_by_page_by_key(
    client_as: ClientAs, person: Person, count_queries: QueryCounter
) -> None:
    listing = an_opportunity()
    document = attached(the_version(listing), person("pemda_editor"))
    published(listing)
    reader, path = client_as("pemda_viewer"), f"/dasbor/peluang/{listing.id}/dokumen/dibuka"
    reader.get(path)
    counts = []
    for rows in (3, 2 * OPENINGS_PAGE):
        for _row in range(rows):
            opening.note_opening(
                opportunity_id=listing.id, document_id=document.id, actor=person("investor"), now=clock.now()
            )
        with count_queries() as counted:
            page = html.fromstring(reader.get(path).text)
        counts.append(counted.number)
    assert counts[0] == counts[1], counts
    seen = 0
    while path:
        page = html.fromstring(reader.get(path).text)
        seen += len(page.xpath("//main//tbody/tr"))
        path = next((each.get("href") for each in page.xpath("//main//a[contains(@href, 'sebelum=')]")), "")
    assert seen == 3 + 2 * OPENINGS_PAGE
    assert list_openings(listing.id, older_than=1, limit=5).openings == []


@pytest.mark.parametrize("persona", ["visitor", "pemda_editor"])
def test_pages_with_documents_ask_no_more_for_more_of_them(
    persona: str, client: PageClient, client_as: ClientAs, person: Person, count_queries: QueryCounter
) -> None:
    editor, listing = person("pemda_editor"), an_opportunity()
    first = attached(the_version(listing), editor)
    replaced(the_version(listing), first.id, editor)
    reader = client if persona == "visitor" else client_as(persona)
    counts = []
    for rows in (3, 15):
        draft = the_version(listing)
        draft.status = VersionStatus.DRAFT
        for _row in range(rows):
            attached(draft, editor)
        published(listing)
        path = f"/peluang/{listing.slug}" if persona == "visitor" else f"/dasbor/peluang/{listing.id}/dokumen"
        reader.get(path)
        with count_queries() as counted:
            assert reader.get(path).status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[1], counts


def test_a_removed_document_leaves_its_openings(client_as: ClientAs, person: Person, session: Any) -> None:
    editor, listing = person("pemda_editor"), an_opportunity()
    document = attached(the_version(listing), editor)
    client_as("pemda_viewer").get(f"/peluang/dokumen/{document.id}")
    attaching.remove_document(
        the_version(listing), document_id=document.id, actor=editor, now=clock.now() + timedelta(minutes=1)
    )
    assert (
        "sudah dilepas" in client_as("pemda_editor").get(f"/dasbor/peluang/{listing.id}/dokumen/dibuka").text
    )
    assert session.scalar(select(func.count(OpportunityDocument.id))) == 0
