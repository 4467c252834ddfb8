"""The approver's one page: what changed and all that must be known before it is passed on."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.opportunities import attaching, editing, publishing
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import DocumentAccess, VersionStatus
from marketplace.organisations import stand_ins
from tests.factories.assistance import written_for
from tests.factories.interests import an_interest
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.organisations import PDF
from tests.factories.supporting import a_comment
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]
People = Callable[[str], Actor]


def attach(version: OpportunityVersion, actor: Actor, title: str, extra: bytes = b"") -> Any:
    return attaching.attach_document(
        version, stream=BytesIO(PDF + extra), filename="a.pdf", title=title, access=DocumentAccess.PUBLIC, actor=actor,
        now=clock.now(),
    )  # fmt: skip


def a_new_version(person: People, *, documents: bool = True, **changes: Any) -> OpportunityVersion:
    """Version 2 of a published listing with what changed, waiting for the approver."""
    editor = person("pemda_editor")
    first = an_opportunity()
    draft = the_version(first)
    kept = [attach(draft, editor, name, name.encode()) for name in ("Prastudi", "Peta")] if documents else []
    listed = a_published_opportunity()
    for each in kept:
        each.version_id = the_version(listed).id
    version = editing.start_version(listed, actor=editor, now=clock.now())
    if documents:
        mine = {each.title: each for each in attaching.list_documents(version.id)}
        attaching.replace_document(
            version, document_id=mine["Prastudi"].id, stream=BytesIO(PDF + b"2"), filename="b.pdf", actor=editor,
            now=clock.now(),
        )  # fmt: skip
        attaching.remove_document(version, document_id=mine["Peta"].id, actor=editor, now=clock.now())
        attach(version, editor, "Anggaran", b"3")
    editing.save_draft(version, content=changes, seen=version.revision, actor=editor, now=clock.now())
    publishing.send_to_approver(version, seen=version.revision, actor=editor, now=clock.now())
    return version


def page_of(version: OpportunityVersion) -> str:
    return f"/dasbor/peluang/{version.opportunity_id}"


def test_what_changed_is_shown_and_what_did_not_is_folded(
    session: Any, person: People, client_as: ClientAs
) -> None:
    version = a_new_version(
        person, value_amount=300_000_000_000, partner_kinds=["investor", "fintech"],
        title_id="SPAM Bitung Timur, demonstrasi", connectivity_id="Serat optik.", translated={"title": "lain"},
    )  # fmt: skip
    an_interest(version.opportunity)
    text = client_as("pemda_approver").get(page_of(version)).text
    shown, folded = text.split('<details class="tt-older"', 1)
    assert "<del>Rp250.000.000.000</del> <ins>Rp300.000.000.000</ins>" in shown
    assert "<ins> Bitung Timur,</ins>" in shown
    assert "<ins>Serat optik.</ins>" in shown
    assert "<del>Operator</del>" in shown
    assert "<ins>Fintech</ins>" in shown
    assert "Nilai naik 20%." in shown
    assert "Inggris perlu ditinjau" in shown
    assert "Ditulis Joko Rumondor" in shown
    assert "Diganti" in shown
    assert "<del>Peta</del>" in shown
    assert "Anggaran" in shown
    assert ">1 minat</a>" in shown
    assert 'name="tanda-problem"' in folded
    assert 'name="tanda-problem"' not in shown


def test_the_first_version_is_shown_whole(session: Any, client_as: ClientAs) -> None:
    version = the_version(an_opportunity(review=VersionStatus.IN_APPROVAL))
    text = client_as("pemda_approver").get(page_of(version)).text
    assert "Versi pertama: semuanya baru." in text
    assert 'name="tanda-problem"' in text
    assert "tidak berubah" not in text


def test_the_last_rounds_remarks_say_whether_they_were_followed(
    session: Any, person: People, client_as: ClientAs
) -> None:
    version = a_new_version(person, documents=False)
    publishing.remark_version(
        version, seen=version.revision, marks={"problem": "Sebut angkanya.", "sought": "Terlalu umum."},
        reason="unclear", words="", actor=person("pemda_approver"), now=clock.now(),
    )  # fmt: skip
    later = clock.now() + timedelta(minutes=5)
    editor = person("pemda_editor")
    content = {"problem_id": "Empat ribu rumah belum tersambung. " * 6}
    editing.save_draft(version, content=content, seen=version.revision, actor=editor, now=later)
    publishing.send_to_approver(version, seen=version.revision, actor=editor, now=later)
    text = client_as("pemda_approver").get(page_of(version)).text
    followed, left = (
        text.index("Catatan sebelumnya, sudah diubah"),
        text.index("Catatan sebelumnya, belum diubah"),
    )
    assert text.index("Sebut angkanya.") - followed < 100
    assert text.index("Terlalu umum.") - left < 100


def test_a_flag_stands_with_its_justification(session: Any, client_as: ClientAs) -> None:
    words = "Kajiannya menunggu pengesahan."
    version = the_version(
        an_opportunity(review=VersionStatus.IN_APPROVAL, justified={"readiness_unproven": words})
    )
    text = client_as("pemda_approver").get(page_of(version)).text
    assert f"Penjelasan penyusun: {words}" in text
    assert "Kajian tidak dilampirkan</a> (dijelaskan)" in text


def test_a_stand_in_reads_in_whose_place_they_decide(
    session: Any, person: People, client_as: ClientAs
) -> None:
    version = the_version(an_opportunity(review=VersionStatus.IN_APPROVAL))
    viewer, today = client_as("pemda_viewer"), clock.now().date()
    assert 'name="langkah"' not in viewer.get(page_of(version)).text
    stand_ins.name_stand_in(
        an_organisation_id("bitung"), user_id=person("pemda_viewer").user_id or 0, begins=today + timedelta(days=1),
        until=today + timedelta(days=3), actor=person("pemda_approver"), now=clock.now(),
    )  # fmt: skip
    later = clock.now() + timedelta(days=2)
    clock.use(lambda: later)
    assert "Anda menggantikan Sari Tumbel" in viewer.get(page_of(version)).text
    assert "Anda menggantikan Sari Tumbel." in viewer.get("/dasbor").text
    fields = {"seen": str(version.revision), "langkah": "ajukan"}
    answer = viewer.submit(f"{page_of(version)}/persetujuan", fields, on=page_of(version))
    assert answer.status_code == 302
    session.refresh(version)
    assert version.status is VersionStatus.SUBMITTED
    assert "Lia Mandagi a.n. Sari Tumbel" in client_as("pemda_editor").get(page_of(version)).text
    assert "Lia Mandagi on behalf of Sari Tumbel" in client_as("moderator").get("/en/moderasi/jejak").text


def test_a_stand_in_who_wrote_alone_has_no_button_and_is_told_why(
    session: Any, person: People, client_as: ClientAs
) -> None:
    version = a_new_version(
        person, documents=False, interest_deadline=clock.now().date() + timedelta(days=200)
    )
    today = clock.now().date()
    stand_ins.name_stand_in(
        an_organisation_id("bitung"), user_id=person("pemda_editor").user_id or 0, begins=today + timedelta(days=1),
        until=today + timedelta(days=3), actor=person("pemda_approver"), now=clock.now(),
    )  # fmt: skip
    later = clock.now() + timedelta(days=2)
    clock.use(lambda: later)
    editor = client_as("pemda_editor")
    text = editor.get(page_of(version)).text
    assert "Anda tulis seorang diri" in text
    assert 'value="ajukan"' not in text
    fields = {"seen": str(version.revision), "langkah": "ajukan"}
    answer = editor.submit(f"{page_of(version)}/persetujuan", fields, on=page_of(version))
    assert answer.status_code == 422
    assert "menulis versi ini seorang diri" in answer.text


@pytest.mark.parametrize("persona", ["pemda_approver", "moderator"])
def test_the_number_of_statements_does_not_grow(
    session: Any, person: People, client_as: ClientAs, count_queries: QueryCounter, persona: str
) -> None:
    numbers = []
    reader = client_as(persona)
    for rows in (3, 15):
        draft = the_version(an_opportunity())
        for number in range(rows):
            attach(draft, person("pemda_editor"), f"Dokumen {number}", str((rows, number)).encode())
        editing.save_draft(
            draft, content={"title_id": f"Judul {rows}"}, seen=draft.revision, actor=person("pemda_editor"),
            now=clock.now(),
        )  # fmt: skip
        publishing.send_to_approver(draft, seen=draft.revision, actor=person("pemda_editor"), now=clock.now())
        path = page_of(draft)
        if persona == "moderator":
            publishing.submit_version(
                draft, seen=draft.revision, actor=person("pemda_approver"), now=clock.now()
            )
            path = f"/moderasi/peluang/{draft.id}"
        reader.get(path)
        session.expire_all()
        with count_queries() as counted:
            assert reader.get(path).status_code == 200
        numbers.append(counted.number)
    assert numbers[0] == numbers[1], numbers


def test_comments_of_supporters_and_who_writes_along_are_on_the_page(
    session: Any, client_as: ClientAs, person: People
) -> None:
    moderator = person("moderator")
    opportunity = written_for(moderator)
    version = the_version(opportunity)
    publishing.send_to_approver(version, seen=version.revision, actor=moderator, now=clock.now())
    a_comment(opportunity, "problem")
    page = client_as("pemda_approver").get(f"/dasbor/peluang/{opportunity.id}").text
    assert "Sebutkan sumber angka ini." in page
    assert f'href="/dasbor/peluang/{opportunity.id}/bantuan">Ambil alih atau tolak' in page
